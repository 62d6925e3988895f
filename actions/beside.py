"""A question beside what a message tells is answered in the same reply: "o sorry, hij is 16. Maakt dat uit?"."""

from __future__ import annotations

from typing import List, Text

from actions import topics
from actions.answers import normal
from actions.first_report import is_answerable
from actions.turn import SURE, Turn
from naast.guidance.conversation import Bubble, Companion, Reply
from naast.guidance.schema import MAX_BUBBLES

TAKES_IN = {
    "accompanied_and_asked",
    "affirm",
    "came_back",
    "child_in_a_room",
    "child_is_safe",
    "child_not_near",
    "corrected",
    "denied",
    "deny",
    "heard",
    "home_is_safe",
    "more_facts",
    "news",
    "not_paid",
    "paid_already",
    "plan",
    "spread_now",
    "step_not_yet",
    "ticked",
    "unsure",
    "urgent",
}
"""Items that take in what was told and answer no question."""
PERSON = "human_handover"
ANSWERED_BY = {
    "ask_evidence": {"evidence", "came_back"},
    "ask_police": {"police"},
    "ask_helpwanted": {"helpwanted"},
    "ask_image_removal": {"removal", "spread_now"},
    "ask_break_contact": {"contact", "came_back"},
    "ask_should_we_pay": {"stop_paying"},
}
"""What a step of the plan, or the answer to news, answers as well."""
SURELY = 0.9
"""From here on an act is a question also where no word and no sign of the message says so."""
NOT_BESIDE = {"practice", "progress", "take_away", "reminders", "preparation", *topics.TOLD, *topics.GOES_BEFORE}


def answer(companion: Companion, turn: Turn, reply: Reply) -> None:
    """Add a short answer to what was asked, above the question or the step that the reply ends with."""
    if turn.is_button or turn.child_writes or turn.in_alarm or turn.is_first_word or not reply.bubbles:
        return
    names = {item.split(".")[0] for item in reply.told if not item.startswith("again.")}
    if not names <= TAKES_IN | set(companion.library.steps):
        return
    asked = [each for each in _asked(companion, turn) if not ANSWERED_BY.get(each.split("/")[1], set()) & names]
    if not asked:
        return
    item = companion.pick(asked[0], turn.situation)
    if item.id in reply.told:
        return
    said = companion.say_short(Reply(), item, turn.situation)
    if reply.open_question:
        said.bubbles[0].buttons = []  # one thing is asked
    _make_room(reply)
    place = next((index for index, bubble in enumerate(reply.bubbles) if _goes_on(companion, bubble)), None)
    place = len(reply.bubbles) if place is None else place
    reply.bubbles[place:place] = said.bubbles
    reply.told += said.told
    answered = asked[0].split("/")[1]
    turn.also_asked = [name for name in turn.also_asked if name != answered]


def _make_room(reply: Reply) -> None:
    """What only explains makes room for what was asked: the whole plan before its step."""
    if len(reply.bubbles) == MAX_BUBBLES:
        gone = reply.bubbles.pop(next((index for index, bubble in enumerate(reply.bubbles) if bubble.plan), 1))
        reply.told = [each for each in reply.told if each != gone.item or any(b.item == each for b in reply.bubbles)]


def _goes_on(companion: Companion, bubble: Bubble) -> bool:
    """True of a bubble with which the case goes on: a question, the plan, a step."""
    name = (bubble.item or "").split(".")[0]
    return bool(bubble.plan) or name == "question" or name in companion.library.steps


def _asked(companion: Companion, turn: Turn) -> List[Text]:
    """The questions of a message by the items that answer them: a topic, else what it surely asks."""
    named = [topic for topic in topics.named(companion, turn) if topic not in NOT_BESIDE]
    if named:
        return [topics.item_of(topic) for topic in named]
    main = [turn.intent] if turn.confidence >= SURE else []
    sure = [name for name in [*main, *turn.surely_asked] if is_answerable(companion, name) or name == PERSON]
    words = set(normal(turn.text).split()) & set(companion.library.wording.asking)
    if not (words or "?" in turn.text):
        sure = [name for name in sure if turn.certainty.get(name, 0.0) >= SURELY]
    return [f"advice/{name}" for name in dict.fromkeys(sure)]
