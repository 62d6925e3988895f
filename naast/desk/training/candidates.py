"""Reviewed messages that are in no batch yet: what reviewers made of each, and what is against learning from it."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, List, Optional, Sequence

import sqlalchemy as sa

from naast.desk.reviews import corrections
from naast.desk.reviews.corrections import Correction
from naast.desk.tables import CONVERSATION, MESSAGE
from naast.desk.training.checking import objections, was_redacted

LISTS = frozenset({"platforms", "demands", "circumstance", "steps_done"})
"""Facts that can have several values at once, as in actions/turn.py."""
Facts = Dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Candidate:
    """A message; `intent` and `facts` are None where nobody judged them, or two reviewers disagree (`disputed`). `also`
    is what all who judged the intent found beside it."""

    event_id: int
    conversation_id: int
    text: str
    intent: Optional[str]
    also: Sequence[str]
    facts: Optional[Facts]
    disputed: bool
    by: Sequence[str]
    objections: Sequence[str]
    was_redacted: bool

    @property
    def is_ready(self) -> bool:
        return not self.objections and not self.disputed


def as_facts(found: Sequence[Dict[str, Any]]) -> Facts:
    """Facts as naast/understanding/facts/examples writes them: a value, or a list of values, per fact."""
    facts: Facts = {}
    for each in found:
        if each["entity"] in LISTS:
            facts.setdefault(each["entity"], [])
            if each["value"] not in facts[each["entity"]]:
                facts[each["entity"]].append(each["value"])
        else:
            facts[each["entity"]] = each["value"]
    return facts


def _agreed(values: List[Any]) -> Any:
    """What all reviewers say, or None."""
    return values[0] if values and all(value == values[0] for value in values) else None


def waiting(connection: sa.engine.Connection, known: Dict[str, str]) -> List[Candidate]:
    """The candidates, by conversation and in the order they were said. What guests make up is not learnt from."""
    judged: Dict[int, List[Correction]] = {}
    for each in corrections.not_exported(connection):
        if each.kind in ("intent", "facts"):
            judged.setdefault(each.event_id, []).append(each)
    wanted = (
        sa.select(MESSAGE)
        .join(CONVERSATION, CONVERSATION.c.id == MESSAGE.c.conversation_id)
        .where(MESSAGE.c.event_id.in_(list(judged)), CONVERSATION.c.is_test.is_(False))
        .order_by(MESSAGE.c.conversation_id, MESSAGE.c.event_id)
    )
    return [_candidate(message, judged[message.event_id], known) for message in connection.execute(wanted)]


def _candidate(message: Any, judged: Sequence[Correction], known: Dict[str, str]) -> Candidate:
    acts = [each.value for each in judged if each.kind == "intent"]
    intents = [each["intent"] for each in acts]
    facts = [as_facts(each.value["facts"]) for each in judged if each.kind == "facts"]
    intent, agreed = _agreed(intents), _agreed(facts)
    return Candidate(
        event_id=message.event_id,
        conversation_id=message.conversation_id,
        text=message.text,
        intent=intent,
        also=[name for name in acts[0]["also"] if all(name in each["also"] for each in acts)] if acts else [],
        facts=agreed,
        disputed=(bool(intents) and intent is None) or (bool(facts) and agreed is None),
        by=sorted({each.by for each in judged}),
        objections=objections(message.text, intent, known),
        was_redacted=was_redacted(message.text),
    )
