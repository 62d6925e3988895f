"""The days a picture is of, put together to as many columns as can be read: days, or weeks that begin on Monday."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Dict, Iterable, List, Sequence, Tuple

DAYS = 30
"""Shown where nobody asks for other days."""
MOST_DAYS = 731
MOST_COLUMNS = 62


@dataclasses.dataclass(frozen=True)
class Period:
    """From `since` to `until`, both included."""

    since: datetime.date
    until: datetime.date

    @property
    def by_week(self) -> bool:
        return (self.until - self.since).days >= MOST_COLUMNS

    def part_of(self, day: str) -> str:
        """The first day (ISO) of the day or week in which a day lies."""
        date = datetime.date.fromisoformat(day)
        return (date - datetime.timedelta(days=date.weekday() if self.by_week else 0)).isoformat()

    def parts(self) -> List[str]:
        days = range((self.until - self.since).days + 1)
        each = (self.part_of((self.since + datetime.timedelta(days=day)).isoformat()) for day in days)
        return list(dict.fromkeys(each))

    def summed(self, counted: Iterable[Tuple[str, Sequence[int]]], width: int) -> Dict[str, List[int]]:
        """What was counted per day, `width` numbers each, added up per part; a part without anything holds zeros."""
        sums = {part: [0] * width for part in self.parts()}
        for day, numbers in counted:
            here = sums[self.part_of(day)]
            for place, number in enumerate(numbers):
                here[place] += number
        return sums


def read(since: str, until: str, today: datetime.date) -> Period:
    """The days that an address asks for, at most MOST_DAYS; what makes no sense is left out."""
    last = _date(until) or today
    first = _date(since) or last - datetime.timedelta(days=DAYS - 1)
    first = min(first, last)
    return Period(max(first, last - datetime.timedelta(days=MOST_DAYS - 1)), last)


def _date(value: str) -> datetime.date | None:
    try:
        found = datetime.date.fromisoformat(value)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None
