"""The "Wat zeg ik nu?" coach: the parent types what to say to the child, and gets it back kinder where it blames."""

from __future__ import annotations

from actions.turn import SAFETY_INTENTS, Turn
from naast.guidance.conversation import Companion, Reply

QUESTION = "practice"
LEAVES = {"affirm", "deny", "thank", "goodbye", "human_handover", "restart", "delete_my_data", "bot_challenge"} | {
    "ask_rephrase",
    "ask_next_steps",
    "ask_should_we_pay",
    "ask_evidence",
    "ask_break_contact",
    "ask_helpwanted",
    "ask_police",
    "ask_image_removal",
}
"""What a parent says to Naast, not to a child, even while practising; and every question that says no "je"."""
SHORT_LEAVES = {"affirm", "deny", "thank", "goodbye"}
SHORT = 4
SURE = 0.6


def is_attempt(companion: Companion, turn: Turn) -> bool:
    """True when the message is a sentence for the child. "Waarom deed je dat?" is one, although it asks."""
    if turn.open_question != QUESTION or turn.is_button or turn.topic or turn.intent in SAFETY_INTENTS:
        return False
    words = turn.text.lower().split()
    if turn.intent in SHORT_LEAVES and len(words) > SHORT or turn.confidence < SURE:
        return True  # "ik ben blij dat je thuis bent" is no thanks to Naast
    child_words = companion.library.wording.to_the_child
    to_the_child = any(word.strip(".,!?'\"") in child_words for word in words)
    return not (turn.intent in LEAVES or (turn.intent.startswith("ask_") and not to_the_child))


def respond(companion: Companion, turn: Turn) -> Reply:
    """Blame: the feeling behind it and a kinder sentence. Else: encouragement. The parent may go on trying."""
    name = "coach/blamed" if turn.blames_child else "coach/kind"
    turn.take_nothing_over()
    return companion.say(Reply(), companion.pick(name, turn.situation), turn.situation)
