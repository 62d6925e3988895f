"""Conversations in which the safety layer fired, each under its gravest kind, and what reviewers make of it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Dict, Set

import sqlalchemy as sa

from naast.desk.figures.figure import BARS, Asked, Column, Figure, Row
from naast.desk.tables import CONVERSATION, CORRECTION

C = CONVERSATION.c
VERDICTS = ("confirmed", "disputed", "false", "unjudged")
"""Of several verdicts in one conversation the first of these weighs most."""


def judged(connection: sa.engine.Connection, asked: Asked) -> Dict[str, Figure]:
    """Per kind; the share of rightly fired is of those that reviewers agree about."""
    fired = (*asked.filters.conditions(), C.safety.is_not(None))
    said: Dict[int, Dict[int, Set[str]]] = {}
    wanted = sa.select(CORRECTION.c.conversation_id, CORRECTION.c.event_id, CORRECTION.c.value).join(
        CONVERSATION, C.id == CORRECTION.c.conversation_id
    )
    wanted = wanted.where(*fired, CORRECTION.c.kind == "safety", CORRECTION.c.current.is_(True))
    for number, event_id, value in connection.execute(wanted):
        said.setdefault(number, {}).setdefault(event_id, set()).add(json.loads(value)["safety"])
    counted: Counter = Counter()
    for number, kinds in connection.execute(sa.select(C.id, C.safety).where(*fired)):
        counted[kinds.partition(",")[0], _verdict(said.get(number, {}))] += 1
    columns = [Column(verdict) for verdict in VERDICTS]
    columns.append(Column("share_confirmed", drawn=False, share=True))
    rows = []
    for kind in sorted({kind for kind, _ in counted}):
        numbers = [counted[kind, verdict] for verdict in VERDICTS]
        confirmed = counted[kind, "confirmed"]
        settled = confirmed + counted[kind, "false"]
        rows.append(Row(kind, (*numbers, confirmed / settled if settled else None)))
    return {"safety": Figure(BARS, columns, rows, "flag")}


def _verdict(by_message: Dict[int, Set[str]]) -> str:
    """Of a conversation: one message in which it fired rightly is enough."""
    found = {"disputed" if len(each) > 1 else next(iter(each)) for each in by_message.values()}
    return next((verdict for verdict in VERDICTS if verdict in found), "unjudged")
