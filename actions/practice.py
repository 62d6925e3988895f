"""The "Wat zeg ik nu?" coach: the parent types what to say to the child, and gets it back kinder where it blames."""

from __future__ import annotations

from typing import List, Text

from actions.answers import normal, says_one
from actions.turn import Turn
from actions.verdict import SAFETY_INTENTS
from naast.guidance.conversation import Companion, Reply

QUESTION = "practice"
LEAVES = {"affirm", "deny", "thank", "goodbye", "human_handover", "restart", "delete_my_data", "bot_challenge"} | {
    "ask_rephrase",
    "ask_chat_privacy",
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
BARE = 10
"""So many words at most has a sentence for the child that says no "you": "we lossen dit samen op"."""
MEETS_BLAME = ("express_blame.", "blame_beside.", "blamed.", "kind.")
"""Items behind which a parent may try a kinder sentence."""


def is_attempt(companion: Companion, turn: Turn) -> bool:
    """True when the message is a sentence for the child. "Waarom deed je dat?" is one, although it asks."""
    if turn.is_button or turn.intent in SAFETY_INTENTS:
        return False
    if _quotes(companion, turn) and not turn.child_writes and "explain" not in turn.topics:
        return True
    if _tries_again(companion, turn):
        return True
    if turn.open_question != QUESTION or turn.topics:
        return False
    words = _words(turn)
    to_the_child = _speaks_to_the_child(companion, turn)
    if not to_the_child and not turn.blames_child and _is_told(companion, turn):
        return False  # "ze zit op haar kamer", "nee, niet naar de politie" is told to Naast
    if turn.intent in SHORT_LEAVES and len(words) > SHORT or turn.confidence < SURE:
        return True  # "ik ben blij dat je thuis bent" is no thanks to Naast
    return not (turn.intent in LEAVES or (turn.intent.startswith("ask_") and not to_the_child))


def _words(turn: Turn) -> List[Text]:
    return [word.strip(".,!?'\":;") for word in turn.text.lower().replace("\u2019", "'").split()]


def _speaks_to_the_child(companion: Companion, turn: Turn) -> bool:
    """True of "ik hou van je"; not of "kun je zeggen of mijn dochter ...", in which Naast is spoken to."""
    wording = companion.library.wording
    said = f" {' '.join(_words(turn))} "
    of_the_child = any(f" {words} " in said for words in wording.my_child)
    return bool(set(said.split()) & set(wording.to_the_child)) and not of_the_child


def _is_told(companion: Companion, turn: Turn) -> bool:
    """True of a sentence that says no "you" and speaks of the child, of others or of what was done, and of a long one
    or a question."""
    words = _words(turn)
    wording = companion.library.wording
    of_others = set(words) & {*wording.of_the_child, *wording.of_the_case}
    asks = turn.text.rstrip().endswith("?") and turn.intent.startswith("ask_")
    return bool(of_others) or asks or len(words) > BARE


def _quotes(companion: Companion, turn: Turn) -> bool:
    """ "Ik wil zeggen: hoe kon je zo dom zijn": tried out without having been asked to."""
    said = " ".join(turn.text.lower().split())
    starts = (said.find(words) + len(words) for words in companion.library.wording.i_would_say if words in said)
    return any(len(said[start:].split()) >= SHORT for start in starts)


def _tries_again(companion: Companion, turn: Turn) -> bool:
    """ "Ik ben niet boos op jou. zo?" behind an answer to blame: another try, though practising was never begun."""
    met_blame = (turn.told or [""])[-1].startswith(MEETS_BLAME) and not turn.child_writes
    said = " ".join(turn.text.lower().split())
    checks = next((words for words in companion.library.wording.is_it_so if said.endswith(words)), None)
    for_the_child = _speaks_to_the_child(companion, turn) or not _is_told(companion, turn)
    return met_blame and checks is not None and len(said.removesuffix(checks).split()) >= SHORT and for_the_child


def respond(companion: Companion, turn: Turn) -> Reply:
    """Blame: the feeling behind it and a kinder sentence. Else: encouragement. The parent may go on trying."""
    reproaches = says_one(normal(turn.text), companion.library.wording.reproaching)
    name = "coach/blamed" if turn.blames_child or reproaches else "coach/kind"
    turn.take_nothing_over()
    return companion.say(Reply(), companion.pick(name, turn.situation), turn.situation)
