"""A lesson for its trainer: each conversation is read after stripping, changed, given questions, or left out."""

from __future__ import annotations

import dataclasses
from typing import Any, Optional, Sequence

from starlette.exceptions import HTTPException
from starlette.responses import Response

from naast.desk.auth.roles import TRAINER, Door
from naast.desk.pages.lessons import lesson_of
from naast.desk.pages.overtaken import overtaken
from naast.desk.reviews.stale import Overtaken
from naast.desk.teaching import handout, lessons
from naast.desk.teaching.lessons import Extract, Part
from naast.desk.teaching.stripping import look_again
from naast.desk.visit import Visit
from naast.privacy.redact import find

LONGEST_TEXT = 5000
MOST_QUESTIONS = 20


def _extract_of(visit: Visit, connection: Any) -> Extract:
    lesson = lesson_of(visit, connection)
    number = visit.number("extract")
    found = next((each for each in lessons.extracts(connection, lesson.id) if each.id == number), None)
    if found is None:
        raise HTTPException(404)
    return found


def _lesson_page(
    visit: Visit, connection: Any, tried: Optional[Extract] = None, identifying: Sequence[int] = (), status: int = 200
) -> Response:
    """The lesson for its trainer; after a refusal with what was filled in for one of its conversations."""
    lesson = lesson_of(visit, connection)
    found = [
        tried if tried is not None and each.id == tried.id else each for each in lessons.extracts(connection, lesson.id)
    ]
    for each in found:
        visit.record(connection, "lesson_seen", f"conversation {each.conversation_id}")
    shown = [
        dataclasses.replace(each, parts=[dataclasses.replace(part, shown=True) for part in each.parts])
        for each in found
    ]
    return visit.page(
        "lesson.html",
        status,
        lesson=lesson,
        extracts=list(zip(found, handout.assembled(connection, shown, visit.desk.guidance, visit.texts))),
        identifying=set(identifying),
        refused=tried,
        look_again=look_again,
    )


def show(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        return _lesson_page(visit, connection)


def _filled_in(visit: Visit, extract: Extract) -> Extract:
    shown = {str(value) for value in visit.form.getlist("shown")}
    asks = {str(value) for value in visit.form.getlist("asks")}
    parts = [
        Part(
            part.event_id,
            visit.field(f"text-{part.event_id}", LONGEST_TEXT) or part.text,
            shown=str(part.event_id) in shown,
            asks=str(part.event_id) in asks,
        )
        for part in extract.parts
    ]
    questions = [line.strip() for line in visit.field("questions", LONGEST_TEXT).splitlines() if line.strip()]
    return dataclasses.replace(
        extract, parts=parts, questions=questions[:MOST_QUESTIONS], version=visit.int_field("seen")
    )


def save(visit: Visit) -> Response:
    """What a trainer has read and made of it. Refused where the redactor still finds who somebody is."""
    if visit.field("read", 1) != "1":
        raise HTTPException(400)
    with visit.desk.writing.begin() as connection:
        extract = _extract_of(visit, connection)
        filled = _filled_in(visit, extract)
        identifying = [part.event_id for part in filled.parts if part.shown and find(part.text)]
        if identifying:
            return _lesson_page(visit, connection, filled, identifying, 409)
        try:
            lessons.save(connection, filled, filled.parts, filled.questions, visit.account.name)
        except Overtaken as problem:
            return overtaken(visit, problem, look=f"/lessons/{extract.lesson_id}", seen=extract.version)
        visit.record(connection, "lesson_read", f"conversation {extract.conversation_id}")
    return visit.to(f"/lessons/{extract.lesson_id}#e{extract.id}")


def leave_out(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        extract = _extract_of(visit, connection)
        lessons.leave_out(connection, extract.id)
        visit.record(connection, "lesson_left_out", f"conversation {extract.conversation_id}")
    return visit.to(f"/lessons/{extract.lesson_id}")


DOORS = (
    Door("GET", "/lessons/{number:int}", show, TRAINER),
    Door("POST", "/lessons/{number:int}/extracts/{extract:int}", save, TRAINER),
    Door("POST", "/lessons/{number:int}/extracts/{extract:int}/leave-out", leave_out, TRAINER),
)
