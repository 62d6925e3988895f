"""A message that was not understood: behind a safety question nothing is guessed, news is taken in, else it is asked
what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.answers import normal
from actions.corrections import CORRECTION_WORDS
from actions.safety_checks import NEVER_GUESSED
from actions.turn import Turn
from actions.verdict import CASE_FACTS
from naast.guidance.conversation import Reply
from naast.guidance.schema import Button

if TYPE_CHECKING:
    from actions.base import NaastAction

FIRST_CHECK = "suicide_check"
DANGER_OVER = "danger_over"
TELLING_WORDS = 4
"""A statement of fewer words says too little to thank for."""


def respond(action: "NaastAction", turn: Turn) -> Reply:
    """For a message that was not understood. After a question about the case it is taken as an answer."""
    situation = turn.situation
    if turn.open_question == FIRST_CHECK and f"again.{FIRST_CHECK}" not in turn.told:
        # The careful answer, and what was asked once more (safety_checks.py), before the case goes on.
        item = action.companion.pick(action.companion.library.questions[FIRST_CHECK].on_unsure.say, situation)
        return action.companion.say(Reply(), item, situation)
    if turn.open_question in NEVER_GUESSED and not _was_asked_about_danger(turn):
        return action.answer_question(turn, "unsure")
    answers_a_question = turn.open_question in action.companion.library.question_order
    if answers_a_question or (turn.case_is_known and _tells(action, turn)):
        return action.companion.carry_on(action.take_in(turn, Reply()), situation)
    item = action.companion.pick("interface/fallback", situation)
    reply = action.companion.say(Reply(open_question=turn.open_question), item, situation)
    if item.id == "fallback.choices":
        titles = action.companion.library.wording.intents
        names = [entry["name"] for entry in turn.ranking if entry["name"] in titles][:2]
        likeliest = [Button(title=titles[name], intent=name) for name in names]
        kept = [button for button in reply.bubbles[-1].buttons if button.intent not in names]
        reply.bubbles[-1].buttons = likeliest + kept[-1:]
    return reply


def _was_asked_about_danger(turn: Turn) -> bool:
    """True once 112 was named twice: what is not understood then is asked about, behind the number, and 112 is not
    commanded again."""
    return turn.open_question == DANGER_OVER and not turn.says_unsure and not turn.child_writes


def _tells(action: "NaastAction", turn: Turn) -> bool:
    """True where a message that was not understood brings a fact, or is no question: "mentor gebeld, goeie vent"."""
    words = normal(turn.text).split()
    asks = "?" in turn.text or set(words) & set(action.companion.library.wording.asking)
    return bool(turn.new_facts) or (len(words) >= TELLING_WORDS and not asks)


def only_answers(action: "NaastAction", turn: Turn) -> bool:
    """True for what looks like a report and only answers what is open: "hij is boven" behind "is er iemand bij je
    kind?"."""
    if turn.is_button or turn.open_question in action.companion.library.question_order:
        return False
    tells = turn.new_facts.keys() & set(CASE_FACTS) or len(turn.text.split()) > CORRECTION_WORDS
    return turn.intent == "report_sextortion" and turn.open_question in NEVER_GUESSED and not tells
