"""What Naast's training messages say, for the tasks that the encoder learns together.

Each text once, with what is known of it: intent, danger, blame and its kind, and the facts of told cases. A text says
nothing about a task that nobody labelled it for.
"""

from __future__ import annotations

from typing import Dict, Sequence, Tuple

import numpy as np

from naast.understanding.blame import examples as of_blame
from naast.understanding.facts import examples as of_facts
from naast.understanding.facts.model import ANY_OF, ONE_OF, SILENT
from naast.understanding.safety import examples as of_safety
from naast.understanding.safety.verdict import KIND_OF
from scripts import cross_validate as of_intents
from scripts import cross_validate_safety as of_safety_check

Labels = Dict[str, str]
"""By the name of a task."""
INTENT, DANGER, BLAME, KIND = "intent", "danger", "blame", "kind"


LEFT_OUT = frozenset({*of_intents.LEFT_OUT, *of_safety_check.LEFT_OUT})
"""Voices that `make cross-validate` and `make cross-validate-safety` judge on: the encoder may not have read them."""


def by_text() -> Dict[str, Labels]:
    """The labels of every text, but for what cross-validation leaves out."""
    found: Dict[str, Labels] = {}

    def say(text: str, task: str, label: str) -> None:
        found.setdefault(text, {}).setdefault(task, label)

    texts, intents, voices = of_intents.training_messages()
    kept = ~np.isin(voices, list(LEFT_OUT))
    texts, intents = texts[kept], intents[kept]
    positions, blames = of_blame.weak_examples(list(intents))
    for text, intent in zip(texts, intents):
        say(text, INTENT, intent)
        say(text, DANGER, str(intent in KIND_OF))
    for text, kind in zip(*of_blame.load_examples()):
        say(text, BLAME, str(kind != of_blame.NONE))
        if kind not in (of_blame.NONE, "blame"):
            say(text, KIND, kind)
    for position, blame in zip(positions, blames):
        say(texts[position], BLAME, str(blame))
    for text in of_safety.calm_texts(without=of_safety_check.CALM_LEFT_OUT):
        say(text, DANGER, str(False))
    pieces = of_facts.load_pieces()
    values = sorted({said for piece in pieces for said in piece.said if said[0] in ANY_OF})
    for piece in pieces:
        for task, label in _facts(piece, values).items():
            say(piece.text, task, label)
    return found


def _facts(piece: of_facts.Piece, values: Sequence[Tuple[str, str]]) -> Labels:
    """One task a fact, and one a value of a fact that has several at a time."""
    sure = {name for name in (*ONE_OF, *ANY_OF) if name not in piece.unsure}
    one_of = {
        name: max((value for fact, value in piece.said if fact == name), default=SILENT) for name in sure & set(ONE_OF)
    }
    each = {f"{name} {value}": str((name, value) in piece.said) for name, value in values if name in sure}
    return {**one_of, **each}
