"""The annotated messages that the models learn from: facts/examples/<language>/*.yml, one file per writer.

A file is a list of messages, a message a list of pieces (a sentence, or a few) with the facts that a piece says in the
light of the pieces before it. `unsure` names facts that the message says, nobody noted in which piece.
"""

from __future__ import annotations

import dataclasses
import functools
import pathlib
from typing import Dict, FrozenSet, List, Sequence, Tuple

import yaml
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from naast.understanding.facts.extract import extract
from naast.understanding.facts.lexicon import FIRST

DIRECTORY = pathlib.Path(__file__).with_name("examples")


ASKS = "ask_"
"""How the intents begin whose messages ask: "hoe bewaren we bewijs?" says nothing about what was done."""
PER_INTENT = 60


@dataclasses.dataclass(frozen=True)
class Piece:
    """`said` holds a (fact, value) for everything the piece says, values as text."""

    text: str
    said: FrozenSet[Tuple[str, str]]
    unsure: FrozenSet[str]
    language: str = FIRST


@functools.lru_cache(maxsize=1)
def load_messages() -> List[List[Piece]]:
    """Read once, for three components learn from it; nobody changes the lists."""
    return [
        [_piece(piece, path.parent.name) for piece in message]
        for path in sorted(DIRECTORY.glob("*/*.yml"))
        for message in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def load_pieces() -> List[Piece]:
    return [piece for message in load_messages() for piece in message]


def _piece(source: dict, language: str) -> Piece:
    said = frozenset(
        (name, str(single))
        for name, value in source["facts"].items()
        for single in (value if isinstance(value, list) else [value])
    )
    return Piece(source["text"], said, frozenset(source.get("unsure", ())), language)


def silent_messages(messages: Sequence[Message]) -> List[Message]:
    """Training messages that ask, and in which the patterns read nothing: what is asked is no fact."""
    by_intent: Dict[str, List[Message]] = {}
    for message in messages:
        if (message.get(INTENT) or "").startswith(ASKS):
            by_intent.setdefault(message.get(INTENT), []).append(message)
    return [
        message
        for asking in by_intent.values()
        for message in asking[:: max(1, len(asking) // PER_INTENT)]
        if not extract(message.get(TEXT))
    ]
