"""Moments, and what may be shown of them: the day and the part of the day."""

from __future__ import annotations

import datetime
import time
from typing import Callable, Tuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")
PARTS = ((6, "night"), (12, "morning"), (18, "afternoon"), (24, "evening"))
"""Each part of the day lasts until its hour."""
Clock = Callable[[], int]


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())


def day_and_hour(moment: float) -> Tuple[str, int]:
    """The day (ISO) and the hour in ZONE."""
    local = datetime.datetime.fromtimestamp(moment, ZONE)
    return local.date().isoformat(), local.hour


def part_of_day(hour: int) -> str:
    """The key of a text: night, morning, afternoon or evening."""
    return next(name for until, name in PARTS if hour < until)
