"""The annotated messages that the models learn from: facts/examples/*.yml, one file per writer.

A file is a list of messages, a message a list of pieces (a sentence, or a few) with the facts that a piece says in the
light of the pieces before it. `unsure` names facts that the message says, nobody noted in which piece.
"""

from __future__ import annotations

import dataclasses
import pathlib
from typing import FrozenSet, List, Tuple

import yaml

DIRECTORY = pathlib.Path(__file__).with_name("examples")


@dataclasses.dataclass(frozen=True)
class Piece:
    """`said` holds a (fact, value) for everything the piece says, values as text."""

    text: str
    said: FrozenSet[Tuple[str, str]]
    unsure: FrozenSet[str]


def load_messages() -> List[List[Piece]]:
    return [
        [_piece(piece) for piece in message]
        for path in sorted(DIRECTORY.glob("*.yml"))
        for message in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def _piece(source: dict) -> Piece:
    said = frozenset(
        (name, str(single))
        for name, value in source["facts"].items()
        for single in (value if isinstance(value, list) else [value])
    )
    return Piece(source["text"], said, frozenset(source.get("unsure", ())))
