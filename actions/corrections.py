"""What a message says otherwise than it was known, and the steps it says are done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Text

from actions.answers import normal, says_one
from actions.facts import LIST_FACTS, listed
from actions.turn import SURE, Turn
from naast.guidance.choosing import holds
from naast.guidance.conversation import Reply
from naast.guidance.plan import plan

if TYPE_CHECKING:
    from actions.base import NaastAction


ABOUT_PASSWORDS = ("bluff_mail", "password_leak", "secure_accounts", "account_back")
LATELY = 4
"""Items back in which advice is still what "heb ik al gedaan" speaks of."""
CORRECTION_WORDS = 8
"""A longer message tells something new; what it says otherwise still replaces what was known."""


def corrected(turn: Turn) -> Dict[Text, Any]:
    """What a short message says otherwise than it was known: "nee, 13" after "je zoon van 14". A longer one counts
    where it says that something was wrong."""
    short = len(turn.text.split()) <= CORRECTION_WORDS
    if not (short or turn.says_it_is_wrong or turn.open_question == "correction"):
        return {}
    before = {name: listed(turn.facts_before.get(name)) for name in turn.new_facts}
    return {
        name: value for name, value in turn.new_facts.items() if before[name] and set(listed(value)) - set(before[name])
    }


def tells_of_a_step(action: "NaastAction", turn: Turn) -> bool:
    """True when the plan is known and the message says that a step is done: "ok, screenshots heb ik nu"."""
    open_step = (turn.open_question or "").startswith("step.")
    plan_told = "plan.default" in turn.told and turn.open_question is None and not turn.intent.startswith("ask_")
    if not (open_step or plan_told):
        return False
    done = (entry.step.done_when for entry in plan(action.companion.library, turn.situation.known) if entry.done)
    return any(facts and holds(facts, turn.new_facts) for facts in done)


def ticks_before_the_plan(action: "NaastAction", turn: Turn) -> bool:
    """True when a step is told as done of a known case of which nothing is left to ask: "screenshots gemaakt, en daarna
    geblokkeerd" gets the next step, and no summary of what was said before."""
    asks = turn.intent.startswith("ask_") and turn.confidence >= SURE
    if turn.is_button or turn.child_writes or asks or not turn.known_before or turn.changes:
        return False
    left = action.companion.unanswered(turn.situation)
    if left is not None and left.id != "summary":
        return False
    done = (entry.step.done_when for entry in plan(action.companion.library, turn.situation.known) if entry.done)
    return any(facts and holds(facts, turn.new_facts) for facts in done)


def changed_passwords(action: "NaastAction", turn: Turn) -> bool:
    """ "Heb ik al gedaan, overal": behind advice about passwords that step is done."""
    advised = any(item.startswith(ABOUT_PASSWORDS) for item in turn.told[-LATELY:])
    asks = turn.intent.startswith("ask_") and turn.confidence >= SURE
    if turn.is_button or turn.child_writes or asks or not advised:
        return False
    return says_one(normal(turn.text), action.companion.library.wording.did_it_already)


def tick(action: "NaastAction", turn: Turn) -> Reply:
    """What was done is valued, and the plan shows what is next."""
    reply = action.companion.say(Reply(), action.companion.pick("journey/ticked", turn.situation), turn.situation)
    return action.companion.show_plan(reply, turn.situation)


def takes_back(action: "NaastAction", turn: Turn) -> bool:
    """True when a question is open and the message corrects something else: "nee, 13" after the summary."""
    question = action.companion.library.questions.get(turn.open_question or "")
    if turn.says_it_is_wrong:
        return bool(corrected(turn))
    if question is None or question.fills in turn.new_facts:
        return False
    first = (normal(turn.text).split() or [""])[0]
    denies = first in action.companion.library.wording.taking_back
    return bool(corrected(turn).keys() - (set() if denies else set(LIST_FACTS)))


def respond(action: "NaastAction", turn: Turn) -> Reply:
    """Show the case as it is now known, and ask again what was open."""
    for name in corrected(turn).keys() & set(LIST_FACTS):
        turn.facts[name] = list(turn.new_facts[name])  # "nee, snapchat": what was known before was wrong
    question = action.companion.library.questions.get(turn.open_question or "")
    reply = action.companion.say(Reply(), action.companion.pick("journey/corrected", turn.situation), turn.situation)
    if question is None or question.id in ("summary", "correction"):
        return action.companion.carry_on(reply, turn.situation)
    return action.companion.ask(reply, question, turn.situation)
