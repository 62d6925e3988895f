"""The labelled messages the component learns from, beside the intents of the training data."""

from __future__ import annotations

import pathlib
from typing import List, Sequence, Tuple

import yaml

from naast.understanding.facts.examples import Piece

DIRECTORY = pathlib.Path(__file__).with_name("examples")
"""One file a language, each with the same labels."""
NONE = "none"
"""The label of a message without blame; the other labels are the kinds."""

BLAMES = "blames_child"
BLAMING_INTENT = "express_blame"
PER_INTENT = 400
"""Messages of a blameless intent. With 60 of them, blame was seen in 9 % of the ordinary messages of a writer left out;
with 400 in 2 %, at the same F1."""
EVERY = 2
"""One piece in so many of those that facts learn from: what a child did, told without blame."""
LEAST_WORDS = 3

# Left out as doubtful: ask_punishment (whether or how) and ask_sexting_normal (often a reproach in disguise).
BLAMELESS_INTENTS = frozenset(
    {
        "greet", "goodbye", "thank", "affirm", "deny", "bot_challenge", "ask_capabilities", "human_handover",
        "restart", "ask_rephrase", "out_of_scope", "report_sextortion", "suspect_something", "report_image_spread",
        "report_child_forwarded", "ask_what_is_sextortion", "ask_financial_vs_sexual", "ask_how_offenders_work",
        "ask_how_images_obtained", "ask_fake_images", "ask_how_common", "ask_impact_on_child", "ask_next_steps",
        "ask_should_we_pay", "ask_evidence", "ask_break_contact", "ask_helpwanted", "ask_police", "ask_image_removal",
        "ask_will_images_spread", "ask_how_to_react", "ask_start_conversation", "ask_avoid_blame", "ask_aftercare",
        "ask_parent_support", "ask_prevention", "express_panic", "express_anger_offender", "express_own_guilt",
        "report_suicidal_risk", "report_immediate_danger", "child_speaking", "ask_chat_privacy", "delete_my_data",
    }
)  # fmt: skip


def load_examples() -> Tuple[List[str], List[str]]:
    """Texts and their labels: a kind, or NONE."""
    by_label = [
        item
        for path in sorted(DIRECTORY.glob("*.yml"))
        for item in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    ]
    pairs = [(text, label) for label, texts in by_label for text in texts]
    return [text for text, _ in pairs], [label for _, label in pairs]


def from_pieces(pieces: Sequence[Piece]) -> Tuple[List[int], List[bool]]:
    """Which pieces of told cases to learn from, by position, and whether there is blame in them."""
    positions = [
        index
        for index, piece in enumerate(pieces)
        if BLAMES not in piece.unsure and len(piece.text.split()) >= LEAST_WORDS
    ][::EVERY]
    return positions, [(BLAMES, "True") in pieces[index].said for index in positions]


def weak_examples(intents: Sequence[str]) -> Tuple[List[int], List[bool]]:
    """Which training messages say something by their intent alone, and what.

    Args:
        intents: the intent of each message of the training data, in its order.

    Returns:
        Positions and, for each, whether there is blame. An intent that carries both is left out.
    """
    positions: List[int] = []
    for intent in sorted(BLAMELESS_INTENTS):
        found = [index for index, name in enumerate(intents) if name == intent]
        positions += found[:: max(1, len(found) // PER_INTENT)][:PER_INTENT]
    blaming = [index for index, name in enumerate(intents) if name == BLAMING_INTENT]
    return positions + blaming, [False] * len(positions) + [True] * len(blaming)
