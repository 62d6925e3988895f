"""What a parent takes away: complete, in order, and without anything that says who the child is."""

import datetime

import pytest
from icalendar import Calendar

from naast.guidance.calendar import DAYS, reminders
from naast.guidance.library import load
from naast.guidance.plan import plan
from naast.guidance.rendering import render
from naast.guidance.takeaway import files

LIBRARY = load()
TODAY = datetime.date(2026, 11, 28)
CASE = {
    "child_relation": "daughter",
    "child_age": 13.0,
    "platforms": ["snapchat"],
    "demands": ["money", "images"],
    "amount_eur": 300.0,
    "paid": False,
    "evidence_saved": True,
}


def made(which, case=CASE):
    return {file.type: file for file in files(LIBRARY, which, case, TODAY)}


@pytest.mark.parametrize("which", ["plan", "preparation"])
def test_text_and_page_say_the_same_and_nothing_of_the_child(which):
    both = made(which)
    assert set(both) == {"text/plain", "text/html"}
    for file in both.values():
        assert LIBRARY.contacts["emergency"].phone in file.text
        assert "dochter" not in file.text and "13" not in file.text.replace("113", "").replace("1813", "")
        assert "28-11-2026" in file.text
    assert both["text/html"].text.startswith("<!doctype html>")


def test_the_plan_holds_every_step_with_its_source_and_what_is_done():
    text = made("plan")["text/plain"].text
    for entry in plan(LIBRARY, CASE):
        assert (entry.step.done_title if entry.done else entry.step.title) in text
        assert all(render(bubble, LIBRARY.contacts) in text for bubble in entry.step.text)
    assert text.count("[x]") == 1
    assert text.count(LIBRARY.wording.takeaway.sources) == len(plan(LIBRARY, CASE))


def test_the_sheet_for_a_report_fills_in_what_is_known():
    text = made("preparation")["text/plain"].text
    assert "Snapchat" in text and "300" in text and "geld en meer beelden" in text
    assert LIBRARY.wording.takeaway.nothing_known in made("preparation", {})["text/plain"].text


def test_a_page_escapes_what_stands_in_it():
    case = {**CASE, "platforms": ["<script>alert(1)</script>"]}
    assert "<script>" not in made("preparation", case)["text/html"].text


def test_the_reminders_are_four_events_with_neutral_words():
    (file,) = files(LIBRARY, "calendar", CASE, TODAY)
    events = Calendar.from_ical(file.text).walk("VEVENT")
    days = [(event["dtstart"].dt.date() - TODAY).days for event in events]
    assert days == list(DAYS) and file.type == "text/calendar"
    assert len({str(event["uid"]) for event in events}) == len(DAYS)
    for word in ("sext", "chant", "naakt", "Naast", "politie", "kind"):
        assert word not in file.text
    assert reminders(LIBRARY, TODAY) != reminders(LIBRARY, TODAY)
