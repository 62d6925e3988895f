"""What changes in the middle of a case is met before the case goes on: a new account, images that got out, an offender
who wants to meet."""

from __future__ import annotations

from typing import Any, List, Set, Text, Tuple

from actions.facts import listed
from actions.turn import Turn
from naast.guidance.conversation import Companion, Reply
from naast.guidance.plan import next_step, plan

MET: Tuple[Tuple[Text, Any, Text], ...] = (
    ("circumstance", "came_back", "journey/came_back"),
    ("spread", True, "journey/spread_now"),
    ("circumstance", "received", "steps/recipients"),
)
"""What is new, and what is said to it. The first one that is new is met."""
URGENT = {
    "demands": {"meeting", "criminal_acts", "self_harm"},
    "circumstance": {"live_now", "violence_threatened"},
}
"""News that does not wait for the next question."""
CALLS_FOR_WORDS = {"meeting", "criminal_acts"}
"""Demands to which one sentence comes before any plan: the child does not go."""


def _new(turn: Turn, fact: Text) -> Set[Any]:
    """What this message says of a fact that was not known of it."""
    return set(listed(turn.new_facts.get(fact))) - set(listed(turn.facts_before.get(fact)))


def is_urgent(turn: Turn) -> bool:
    """True where a known case gets news that calls for one thing at once: a meeting, a camera that is on."""
    known = "child_safe" in turn.asked and not turn.is_button and not turn.child_writes
    return known and any(_new(turn, fact) & urgent for fact, urgent in URGENT.items())


def _said_to(turn: Turn) -> List[Text]:
    """What is to be said to the news of a message, of a case that was known before."""
    if turn.is_button or turn.child_writes or not turn.known_before:
        return []
    found = [name for fact, value, name in MET if value in _new(turn, fact)]
    told = {item.split(".")[0] for item in turn.told}
    return [name for name in found if name.split("/")[1] not in told or name == "journey/came_back"]


def has_any(turn: Turn) -> bool:
    return bool(_said_to(turn))


def respond(companion: Companion, turn: Turn) -> Reply | None:
    """The answer to what is new, and then the case goes on; None where nothing is. What was asked beside it is answered
    below it (beside.py)."""
    names = _said_to(turn)
    if not names:
        return None
    situation = turn.situation
    reply = companion.say(Reply(), companion.pick(names[0], situation), situation, limit=2)
    return companion.carry_on(reply, situation)


def urgent(companion: Companion, turn: Turn) -> Reply:
    """News that calls for one thing, now. Where the offender wants the child to come or to do something, that it does
    not go is said first; the step for today stands below it."""
    situation = turn.situation
    said = set(turn.new_facts.get("demands") or []) & CALLS_FOR_WORDS
    step = next_step(plan(companion.library, situation.known))
    if not said or step is None:
        return companion.show_plan(Reply(), situation)
    reply = companion.say(Reply(), companion.pick("journey/urgent", situation), situation, limit=1)
    companion.say(reply, step, situation, limit=1)
    reply.open_question = f"step.{step.id}"
    return reply
