"""Which conversations were erased, so that a backup made before does not bring them back.

A line for each in a file beside the database, mode 600: the moment, in seconds, and a hash of the keyed hash under
which the conversation was kept. That tells whether a conversation of a backup is one of them, and nothing else. A line
goes when no backup can be older: backups are kept KEPT_DAYS (scripts/backup.py).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Dict, FrozenSet, Iterator, Mapping, Text, Tuple

KEPT_DAYS = 14
_KEPT_SECONDS = (KEPT_DAYS + 1) * 24 * 3600


def _digest(sender_id: Text) -> Text:
    return hashlib.sha256(sender_id.encode()).hexdigest()


def beside(database: Path) -> Path:
    """The file that belongs to a database."""
    return database.with_name(f"{database.name}.erased")


def _lines(file: Path) -> Iterator[Tuple[int, Text]]:
    try:
        content = file.read_text(encoding="ascii")
    except FileNotFoundError:
        return
    for line in content.splitlines():
        moment, _, digest = line.partition(" ")
        if moment.isdecimal() and len(digest) == hashlib.sha256().digest_size * 2:  # a power cut may leave half a line
            yield int(moment), digest


def note(file: Path, sender_id: Text, now: float) -> None:
    """Add a conversation, on the disk when this returns.

    Raises:
        OSError: it could not be written; the erasing itself need not fail for that.
    """
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as opened:
        opened.write(f"{int(now)} {_digest(sender_id)}\n")
        opened.flush()
        os.fsync(opened.fileno())


def prune(file: Path, now: float) -> None:
    """Drop the lines that no backup needs any more.

    Raises:
        OSError: it could not be written; all lines are there still.
    """
    lines = list(_lines(file))
    kept = [(moment, digest) for moment, digest in lines if moment > now - _KEPT_SECONDS]
    if len(kept) < len(lines):
        draft = file.with_name(f"{file.name}.draft")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
            opened.write("".join(f"{moment} {digest}\n" for moment, digest in kept))
        draft.replace(file)


def among(file: Path, begun: Mapping[Text, float]) -> FrozenSet[Text]:
    """Those of the conversations, each with the second of its first event, that were erased after they began. One that
    was begun anew after an erasure, by the same person, is not among them."""
    erased: Dict[Text, int] = {}
    for moment, digest in _lines(file):
        erased[digest] = max(moment, erased.get(digest, 0))
    return frozenset(each for each, first in begun.items() if erased.get(_digest(each), -1.0) >= int(first))
