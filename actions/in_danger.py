"""The conversation once 112 was named: what is asked is answered with the number in front, and good news ends it."""

from __future__ import annotations

from actions import topics
from actions.turn import OUT_OF_DANGER, SURE, Turn
from actions.verdict import DANGER, calm_verdict
from naast.guidance.conversation import Companion

MOST_COMMANDS = 2
"""So often 112 is commanded because of what only classifiers see; said for ever, nobody believes it any more."""


def read_on(companion: Companion, turn: Turn) -> None:
    """A danger that no pattern sees, after 112 was named: what is understood of the message is answered, with the
    number in front, and what is not gets the command once more at most."""
    if turn.is_button or turn.child_writes or not (turn.in_danger and turn.guessed_danger):
        return
    name, confidence = calm_verdict(turn.ranking)
    topical = topics.in_any_way(topics.named(companion, turn))
    understood = name.startswith("ask_") and confidence >= SURE
    if topical or understood or commands(turn) >= MOST_COMMANDS:
        turn.intent, turn.confidence = name, confidence
        turn.weak_alarm, turn.safety_doubt, turn.shows_numbers = False, False, True


def commands(turn: Turn) -> int:
    """How often 112 was commanded since danger was first told of."""
    count = 0
    for item in reversed(turn.told):
        if item.startswith(OUT_OF_DANGER):
            break
        count += item.startswith(DANGER)
    return count
