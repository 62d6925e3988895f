"""What parents came with, and how often Naast did not understand it."""

from __future__ import annotations

from typing import List

import sqlalchemy as sa

from naast.desk.conversations.summary import FALLBACK, SURE
from naast.desk.figures.figure import BARS, DAY, OVER_TIME, Asked, Column, Figure, Row
from naast.desk.tables import CONVERSATION, MESSAGE

_TYPED = MESSAGE.join(CONVERSATION, CONVERSATION.c.id == MESSAGE.c.conversation_id)


def intents(connection: sa.engine.Connection, asked: Asked) -> Figure:
    """Of typed messages: what a button says was chosen by us."""
    count = sa.func.count()
    wanted = sa.select(MESSAGE.c.intent, count).select_from(_TYPED).where(*asked.filters.conditions())
    wanted = wanted.where(MESSAGE.c.intent.is_not(None)).group_by(MESSAGE.c.intent)
    counted = connection.execute(wanted.order_by(count.desc(), MESSAGE.c.intent)).all()
    all_of_them = sum(number for _, number in counted)
    columns = [Column("messages"), Column("share_of_messages", drawn=False, share=True)]
    return Figure(BARS, columns, [Row(name, (number, number / all_of_them)) for name, number in counted], "intent")


def not_understood(connection: sa.engine.Connection, asked: Asked) -> Figure:
    """Fallbacks, and apart from those the verdicts below SURE, of typed messages."""
    fallback = MESSAGE.c.intent == FALLBACK
    unsure = sa.and_(sa.not_(fallback), MESSAGE.c.confidence < SURE)
    counts: List[sa.sql.ColumnElement] = [
        sa.func.sum(sa.case((each, 1), else_=0)) for each in (fallback, unsure, sa.true())
    ]
    wanted = sa.select(CONVERSATION.c.day, *counts).select_from(_TYPED).where(*asked.filters.conditions())
    counted = connection.execute(wanted.where(MESSAGE.c.intent.is_not(None)).group_by(CONVERSATION.c.day))
    sums = asked.period.summed(((day, numbers) for day, *numbers in counted), len(counts))
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
