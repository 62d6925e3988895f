"""Whether a helpline can be reached at a moment. What we do not know is `None`, and is said so."""

from __future__ import annotations

import datetime
import functools
from typing import Optional
from zoneinfo import ZoneInfo

import holidays

from naast.guidance.schema import Contact

TIME_ZONE = ZoneInfo("Europe/Amsterdam")
"""The Netherlands and Belgium share it."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def now() -> datetime.datetime:
    """This moment where the helplines are."""
    return datetime.datetime.now(TIME_ZONE)


@functools.lru_cache(maxsize=2)
def _holidays(country: str) -> holidays.HolidayBase:
    """Public holidays of any year; the years are worked out when they are first asked for."""
    return holidays.country_holidays(country)


def is_open(contact: Contact, moment: datetime.datetime) -> Optional[bool]:
    """True, False, or None where the hours (or the hours on that day) are not known.

    On public holidays of its country a line with opening days is taken to be closed.
    """
    if contact.open is None:
        return None
    if contact.open == "always":
        return True
    country = "BE" if contact.country == "be" else "NL"
    if moment.date() in _holidays(country):
        return False
    today = [opening for opening in contact.open if DAYS[moment.weekday()] in opening.days]
    if any(opening.opens is None or opening.closes is None for opening in today):
        return None
    return any(opening.opens <= moment.time() < opening.closes for opening in today)
