"""What changes in the middle of a case is met before the case goes on: a new account, images that got out, an offender
who wants to meet."""

from __future__ import annotations

from typing import Any, List, Text, Tuple

from actions.turn import Turn
from naast.guidance.conversation import Companion, Reply
from naast.guidance.plan import next_step, plan

MET: Tuple[Tuple[Text, Any, Text], ...] = (
    ("circumstance", "came_back", "journey/came_back"),
    ("spread", True, "journey/spread_now"),
    ("circumstance", "received", "steps/recipients"),
)
"""What is new, and what is said to it. The first one that is new is met."""
CALLS_FOR_WORDS = {"meeting", "criminal_acts"}
"""Demands to which one sentence comes before any plan: the child does not go."""


def _said_to(turn: Turn) -> List[Text]:
    """What is to be said to the news of a message, of a case that was known before."""
    if turn.is_button or turn.child_writes or not turn.known_before:
        return []
    found = [name for fact, value, name in MET if turn.brings(fact, value)]
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
