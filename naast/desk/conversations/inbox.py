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
    held = sa.and_(True, *filters.conditions())
    found = connection.execute(sa.select(sa.func.count()).select_from(CONVERSATION).where(held)).scalar() or 0
    number = max(1, min(number, -(-found // A_PAGE)))
    # The ids first: with a late page, what is passed over is not read.
    order = [column.desc() for column in SORTS[filters.sort]]
    ids = sa.select(C.id).where(held).order_by(*order).limit(A_PAGE).offset((number - 1) * A_PAGE)
    chosen = list(connection.execute(ids).scalars())
    by_id = {row.id: row for row in connection.execute(sa.select(CONVERSATION).where(C.id.in_(chosen))).mappings()}
    return Page([by_id[each] for each in chosen], number, found)


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
