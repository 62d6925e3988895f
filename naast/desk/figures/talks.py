"""How many conversations there were, when, over which channel; who wanted a person; at which question parents stop."""

from __future__ import annotations

from collections import Counter
from typing import Any, Dict, List

import sqlalchemy as sa

from naast.desk.clock import PARTS, part_of_day
from naast.desk.conversations.reading import QUESTION, STEP
from naast.desk.figures.figure import BARS, DAY, OVER_TIME, Asked, Column, Figure, Row
from naast.desk.tables import CONVERSATION
from naast.guidance.library import Library

C = CONVERSATION.c


def _by_channel(connection: sa.engine.Connection, asked: Asked, column: Any) -> List[Any]:
    wanted = sa.select(column.label("when"), C.channel, sa.func.count().label("count"))
    return connection.execute(wanted.where(*asked.filters.conditions()).group_by(column, C.channel)).all()


def _channels(counted: List[Any]) -> List[str]:
    """The channels, the one that is used most first."""
    sums: Counter = Counter()
    for each in counted:
        sums[each.channel] += each.count
    return [channel for channel, _ in sums.most_common()]


def per_day(connection: sa.engine.Connection, asked: Asked) -> Dict[str, Figure]:
    counted = _by_channel(connection, asked, C.day)
    channels = _channels(counted)
    sums = asked.period.summed(
        ((each.when, [each.count * (each.channel == channel) for channel in channels]) for each in counted),
        len(channels),
    )
    columns = [Column(channel, "channel") for channel in channels]
    rows = [Row(part, tuple(numbers)) for part, numbers in sums.items()]
    return {"per_day": Figure(OVER_TIME, columns, rows, DAY)}


def per_part_of_day(connection: sa.engine.Connection, asked: Asked) -> Dict[str, Figure]:
    counted = _by_channel(connection, asked, C.hour)
    channels = _channels(counted)
    sums: Counter = Counter()
    for each in counted:
        sums[part_of_day(each.when), each.channel] += each.count
    rows = [Row(part, tuple(sums[part, channel] for channel in channels)) for _, part in PARTS]
    columns = [Column(channel, "channel") for channel in channels]
    return {"per_part_of_day": Figure(BARS, columns, rows, "part")}


def handed_over(connection: sa.engine.Connection, asked: Asked) -> Dict[str, Figure]:
    wanted = sa.select(C.day, sa.func.sum(sa.case((C.handed_over.is_(True), 1), else_=0)), sa.func.count())
    counted = connection.execute(wanted.where(*asked.filters.conditions()).group_by(C.day))
    sums = asked.period.summed(((day, (wanting, of)) for day, wanting, of in counted), 2)
    columns = [
        Column("share_handed_over", share=True),
        Column("handed_over", drawn=False),
        Column("conversations", drawn=False),
    ]
    rows = [Row(part, (wanting / of if of else None, wanting, of)) for part, (wanting, of) in sums.items()]
    return {"handed_over": Figure(OVER_TIME, columns, rows, DAY)}


def stops(connection: sa.engine.Connection, asked: Asked) -> Dict[str, Figure]:
    """Where a question was open when the parent said the last word, and did not thank or say goodbye."""
    count = sa.func.count()
    held = asked.filters.conditions()
    all_of_them = connection.execute(sa.select(count).select_from(CONVERSATION).where(*held)).scalar() or 0
    wanted = sa.select(C.stopped_at, count).where(*held, C.stopped_at.is_not(None)).group_by(C.stopped_at)
    counted = connection.execute(wanted.order_by(count.desc(), C.stopped_at)).all()
    columns = [Column("conversations"), Column("share_of_conversations", drawn=False, share=True)]
    rows = [Row(stop, (number, number / all_of_them), _asked(asked.library, stop)) for stop, number in counted]
    return {"stops": Figure(BARS, columns, rows, "stop")}


def _asked(library: Library, stop: str) -> str:
    """What Naast asked there: a question, or a step of the plan."""
    question = library.questions.get(stop.removeprefix(QUESTION))
    if question is not None:
        return question.text
    step = library.item(stop.removeprefix(STEP))
    return step.title if step is not None else ""
