"""Lessons: made, filled with conversations that are stripped, thrown away."""

from __future__ import annotations

import re
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from naast.desk.auth.roles import REVIEWER, TRAINER, Door
from naast.desk.conversations import inbox, reading
from naast.desk.teaching import lessons
from naast.desk.teaching.lessons import Part
from naast.desk.teaching.questions import proposed
from naast.desk.teaching.stripping import strip
from naast.desk.visit import Visit

LONGEST_NAME = 64
MOST_AT_ONCE = 20


def show_all(visit: Visit) -> Response:
    with visit.desk.engine.connect() as connection:
        return visit.page("lessons.html", lessons=lessons.listed(connection))


def make(visit: Visit) -> Response:
    name = visit.field("name", LONGEST_NAME)
    if not name:
        return visit.to("/lessons")
    with visit.desk.writing.begin() as connection:
        number = lessons.make(connection, name, visit.account.id, visit.now)
        visit.record(connection, "lesson_made", f"lesson {number}")
    return visit.to(f"/lessons/{number}")


def lesson_of(visit: Visit, connection: Any) -> Any:
    """Raises HTTPException 404 where there is no such lesson."""
    found = lessons.one(connection, visit.number())
    if found is None:
        raise HTTPException(404)
    return found


def _choose(visit: Visit, connection: Any, lesson_id: int, number: int) -> None:
    """Add a conversation, stripped. One that is not there any more is left out."""
    line = inbox.one(connection, number)
    if line is None:
        return
    turns = reading.turns(connection, line["sender_id"], visit.desk.guidance)
    parts = [
        Part(turn.event_id, strip(turn.text, visit.texts) if turn.typed else turn.text, asks=turn.typed)
        for turn in turns
        if turn.event_id is not None
    ]
    if lessons.add(connection, lesson_id, number, parts, proposed(line, visit.texts)):
        visit.record(connection, "lesson_chosen", f"conversation {number}")


def add(visit: Visit) -> Response:
    """The conversations whose numbers were filled in."""
    numbers = [int(each) for each in re.findall(r"\d{1,9}", visit.field("numbers", 200))]
    with visit.desk.writing.begin() as connection:
        lesson = lesson_of(visit, connection)
        for number in numbers[:MOST_AT_ONCE]:
            _choose(visit, connection, lesson.id, number)
    return visit.to(f"/lessons/{lesson.id}")


def add_from_conversation(visit: Visit) -> Response:
    """From the page of a conversation: into a lesson, or into a new one."""
    name = visit.field("name", LONGEST_NAME)
    with visit.desk.writing.begin() as connection:
        if inbox.one(connection, visit.number()) is None:
            raise HTTPException(404)
        if name:
            chosen = lessons.make(connection, name, visit.account.id, visit.now)
            visit.record(connection, "lesson_made", f"lesson {chosen}")
        else:
            chosen = visit.int_field("lesson")
            if lessons.one(connection, chosen) is None:
                raise HTTPException(404)
        _choose(visit, connection, chosen, visit.number())
    return visit.to(f"/lessons/{chosen}")


def remove(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        lesson = lesson_of(visit, connection)
        lessons.remove(connection, lesson.id)
        visit.record(connection, "lesson_removed", f"lesson {lesson.id}")
    return visit.to("/lessons")


DOORS = (
    Door("GET", "/lessons", show_all, REVIEWER),
    Door("POST", "/lessons", make, TRAINER),
    Door("POST", "/lessons/{number:int}/extracts", add, TRAINER),
    Door("POST", "/lessons/{number:int}/remove", remove, TRAINER),
    Door("POST", "/conversations/{number:int}/lessons", add_from_conversation, TRAINER),
)
