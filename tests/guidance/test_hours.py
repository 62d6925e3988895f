"""Who is there at this moment; and what we do not know is said to be unknown."""

import datetime

import pytest

from naast.guidance.conversation import Companion
from naast.guidance.hours import TIME_ZONE, is_open
from naast.guidance.library import load
from naast.guidance.schema import Contact, Opening

LIBRARY = load()
OFFICE = [Opening(days=["mon", "tue", "wed", "thu", "fri"], opens="09:00", closes="17:00")]


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=TIME_ZONE)


def contact(**changes):
    return Contact(**{**LIBRARY.contacts["helpwanted"].dict(), **changes})


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-12-01 08:59", False),
        ("2026-12-01 09:00", True),
        ("2026-12-01 17:00", False),
        ("2026-12-05 12:00", False),  # Saturday
        ("2026-12-25 12:00", False),  # Christmas, a Friday
        ("2026-04-27 12:00", False),  # King's Day in the Netherlands, a Monday
    ],
)
def test_opening_hours_are_kept(moment, expected):
    assert is_open(contact(open=OFFICE), at(moment)) is expected


def test_a_dutch_holiday_does_not_close_a_belgian_line():
    assert is_open(contact(open=OFFICE, country="be"), at("2026-04-27 12:00")) is True
    assert is_open(contact(open=OFFICE, country="be"), at("2026-07-21 12:00")) is False


def test_day_and_night_is_always_open():
    assert is_open(LIBRARY.contacts["suicide_prevention"], at("2026-12-25 03:00")) is True


def test_days_without_times_say_when_a_line_is_surely_closed_and_no_more():
    assert is_open(LIBRARY.contacts["line_1712"], at("2026-12-05 12:00")) is False
    assert is_open(LIBRARY.contacts["line_1712"], at("2026-12-01 12:00")) is None


def test_hours_nobody_verified_are_unknown_and_said_so():
    assert is_open(LIBRARY.contacts["helpwanted"], at("2026-12-01 12:00")) is None
    assert Companion(LIBRARY)._opening("helpwanted") == LIBRARY.wording.opening["unknown"]
