"""The lines of the inbox: a page of them, how many there are, and the neighbours of one."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, List, Optional, Sequence

import sqlalchemy as sa

from naast.desk.conversations.filters import SORTS, Filters
from naast.desk.tables import CONVERSATION, FILTER

A_PAGE = 50
C = CONVERSATION.c


@dataclasses.dataclass(frozen=True)
class Page:
    """`lines` of the page `number` (from 1); `found` in all."""

    lines: Sequence[Any]
    number: int
    found: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // A_PAGE))


def page(connection: sa.engine.Connection, filters: Filters, number: int) -> Page:
    """One page; where there are fewer pages than asked for, the last one."""
    held = sa.and_(True, *filters.conditions())
    order = [column.desc() for column in SORTS[filters.sort]]
    # The ids first: with a late page, what is passed over is not read. A search is gone through once for ids and count.
    ids = sa.select(C.id, sa.func.count().over().label("found") if filters.search else sa.null().label("found"))
    ids = ids.where(held).order_by(*order).limit(A_PAGE)
    chosen = connection.execute(ids.offset((max(1, number) - 1) * A_PAGE)).all()
    if filters.search and chosen:
        found = chosen[0].found
    else:
        found = connection.execute(sa.select(sa.func.count()).select_from(CONVERSATION).where(held)).scalar() or 0
    last = max(1, -(-found // A_PAGE))
    if number > last:
        return page(connection, filters, last)
    numbers = [row.id for row in chosen]
    by_id = {row.id: row for row in connection.execute(sa.select(CONVERSATION).where(C.id.in_(numbers))).mappings()}
    return Page([by_id[each] for each in numbers], max(1, number), found)


def one(connection: sa.engine.Connection, number: int) -> Optional[Any]:
    return connection.execute(sa.select(CONVERSATION).where(C.id == number)).mappings().one_or_none()


def neighbours(connection: sa.engine.Connection, filters: Filters, line: Any) -> Dict[str, Optional[int]]:
    """The conversations before and after one in what the filters show, by `previous` and `next`."""
    columns = SORTS[filters.sort]
    here = sa.tuple_(*(sa.literal(line[column.name]) for column in columns))
    place = sa.tuple_(*columns)
    held = filters.conditions()
    newer = sa.select(C.id).where(*held, place > here).order_by(*columns).limit(1)
    older = sa.select(C.id).where(*held, place < here).order_by(*(column.desc() for column in columns)).limit(1)
    return {
        "previous": connection.execute(newer).scalar(),
        "next": connection.execute(older).scalar(),
    }


def saved_filters(connection: sa.engine.Connection, account_id: int) -> List[Any]:
    own = sa.select(FILTER).where(FILTER.c.account_id == account_id).order_by(FILTER.c.name)
    return connection.execute(own).all()
