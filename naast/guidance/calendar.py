"""The days to ask how it goes, as an iCalendar file (RFC 5545) to take away. Naast itself never writes first."""

from __future__ import annotations

import datetime
import uuid

from icalendar import Alarm, Calendar, Event

from naast.guidance.library import Library

DAYS = (1, 3, 7, 30)
AT = datetime.time(19, 30)
"""After dinner; floating time, so that it is half past seven wherever the parent is."""
LASTS = datetime.timedelta(minutes=15)


def reminders(library: Library, today: datetime.date) -> str:
    """Four events with neutral titles: whoever looks in the calendar learns nothing of the case."""
    wording = library.wording.takeaway
    calendar = Calendar()
    calendar.add("prodid", f"-//agenda//{library.language.upper()}")  # required, and as neutral as the rest
    calendar.add("version", "2.0")
    for day in DAYS:
        event = Event()
        event.add("uid", str(uuid.uuid4()))
        event.add("dtstamp", datetime.datetime.now(datetime.timezone.utc))
        event.add("summary", wording.reminder_title)
        event.add("description", wording.reminder_text)
        event.add("dtstart", datetime.datetime.combine(today + datetime.timedelta(days=day), AT))
        event.add("duration", LASTS)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", wording.reminder_title)
        alarm.add("trigger", datetime.timedelta())
        event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical().decode("utf-8")
