"""What parents came with, and how often Naast did not understand it; of typed messages, since what a button says was
chosen by us."""

from __future__ import annotations

from collections import Counter
from typing import Any, Dict, List

import sqlalchemy as sa

from naast.desk.conversations.summary import FALLBACK, SURE
from naast.desk.figures.figure import BARS, DAY, OVER_TIME, Asked, Column, Figure, Row
from naast.desk.tables import CONVERSATION, MESSAGE


def counted(connection: sa.engine.Connection, asked: Asked) -> Dict[str, Figure]:
    """Both figures out of one look at the messages, which are many."""
    unsure = sa.func.sum(sa.case((MESSAGE.c.confidence < SURE, 1), else_=0)).label("unsure")
    wanted = sa.select(CONVERSATION.c.day, MESSAGE.c.intent, sa.func.count().label("messages"), unsure)
    wanted = wanted.join(CONVERSATION, CONVERSATION.c.id == MESSAGE.c.conversation_id)
    wanted = wanted.where(*asked.filters.conditions(), MESSAGE.c.intent.is_not(None))
    found = connection.execute(wanted.group_by(CONVERSATION.c.day, MESSAGE.c.intent)).all()
    return {"intents": _intents(found), "not_understood": _not_understood(found, asked)}


def _intents(found: List[Any]) -> Figure:
    sums: Counter = Counter()
    for each in found:
        sums[each.intent] += each.messages
    columns = [Column("messages"), Column("share_of_messages", drawn=False, share=True)]
    rows = [Row(name, (number, number / sum(sums.values()))) for name, number in sums.most_common()]
    return Figure(BARS, columns, rows, "intent")


def _not_understood(found: List[Any], asked: Asked) -> Figure:
    """Fallbacks, and apart from those the verdicts below SURE."""
    by_day = (
        (each.day, (each.messages, 0) if each.intent == FALLBACK else (0, each.unsure), each.messages) for each in found
    )
    sums = asked.period.summed(((day, (*not_understood, of)) for day, not_understood, of in by_day), 3)
    columns = [
        Column("share_fallback", share=True),
        Column("share_unsure", share=True),
        Column("messages", drawn=False),
    ]
    rows = [
        Row(part, (fell / of if of else None, doubted / of if of else None, of))
        for part, (fell, doubted, of) in sums.items()
    ]
    return Figure(OVER_TIME, columns, rows, DAY)
