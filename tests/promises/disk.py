"""What stands on the disk, byte by byte."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, List


def files(folder: Path) -> List[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def holding(piece: str, paths: Iterable[Path]) -> List[str]:
    """The names of the files in which a piece of text stands."""
    return [path.name for path in paths if piece.encode() in path.read_bytes()]
