"""Lessons: conversations are chosen, stripped, read by a trainer, and handed out."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, List, Optional, Sequence, Tuple

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from naast.desk.auth.roles import REVIEWER, TRAINER, Door
from naast.desk.conversations import inbox, reading
from naast.desk.pages.overtaken import overtaken
from naast.desk.reviews.stale import Overtaken
from naast.desk.teaching import handout, lessons
from naast.desk.teaching.lessons import Extract, Part
from naast.desk.teaching.questions import proposed
from naast.desk.teaching.stripping import look_again, strip
from naast.desk.visit import Visit
from naast.privacy.redact import find

LONGEST_NAME = 64
LONGEST_TEXT = 5000
MOST_AT_ONCE = 20
MOST_QUESTIONS = 20


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
    shown = [
        dataclasses.replace(each, parts=[dataclasses.replace(part, shown=True) for part in each.parts])
        for each in found
    ]
    return visit.page(
        "lesson.html",
        status,
        lesson=lesson,
        extracts=list(zip(found, handout.assembled(connection, shown, visit.desk.guidance))),
        identifying=set(identifying),
        refused=tried,
        look_again=look_again,
    )


def show(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        for each in lessons.extracts(connection, lesson_of(visit, connection).id):
            visit.record(connection, "lesson_seen", f"conversation {each.conversation_id}")
        return _lesson_page(visit, connection)


def _choose(visit: Visit, connection: Any, lesson_id: int, number: int) -> None:
    """Add a conversation, stripped. One that is not there any more is left out."""
    line = inbox.one(connection, number)
    if line is None:
        return
    turns = reading.turns(connection, line["sender_id"], visit.desk.guidance)
    parts: List[Part] = [
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
            return overtaken(visit, problem, extract.version, look=f"/lessons/{extract.lesson_id}")
        visit.record(connection, "lesson_read", f"conversation {extract.conversation_id}")
    return visit.to(f"/lessons/{extract.lesson_id}#e{extract.id}")


def leave_out(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        extract = _extract_of(visit, connection)
        lessons.leave_out(connection, extract.id)
        visit.record(connection, "lesson_left_out", f"conversation {extract.conversation_id}")
    return visit.to(f"/lessons/{extract.lesson_id}")


def remove(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        lesson = lesson_of(visit, connection)
        lessons.remove(connection, lesson.id)
        visit.record(connection, "lesson_removed", f"lesson {lesson.id}")
    return visit.to("/lessons")


def _handed_out(visit: Visit) -> Tuple[Any, List[handout.Conversation]]:
    """The lesson and its conversations that a trainer has read."""
    with visit.desk.writing.begin() as connection:
        lesson = lesson_of(visit, connection)
        read = lessons.extracts(connection, lesson.id, only_read=True)
        for each in read:
            visit.record(connection, "lesson_handed_out", f"conversation {each.conversation_id}")
        return lesson, handout.assembled(connection, read, visit.desk.guidance)


def hand_out(visit: Visit) -> Response:
    lesson, conversations = _handed_out(visit)
    return visit.page("handout.html", lesson=lesson, conversations=conversations)


def hand_out_markdown(visit: Visit) -> Response:
    lesson, conversations = _handed_out(visit)
    content = handout.markdown(visit.texts, lesson.name, conversations)
    headers = {"Content-Disposition": f'attachment; filename="lesson_{lesson.id}.md"'}
    return PlainTextResponse(content, headers=headers, media_type="text/markdown")


DOORS = (
    Door("GET", "/lessons", show_all, REVIEWER),
    Door("POST", "/lessons", make, TRAINER),
    Door("GET", "/lessons/{number:int}", show, TRAINER),
    Door("POST", "/lessons/{number:int}/extracts", add, TRAINER),
    Door("POST", "/lessons/{number:int}/extracts/{extract:int}", save, TRAINER),
    Door("POST", "/lessons/{number:int}/extracts/{extract:int}/leave-out", leave_out, TRAINER),
    Door("POST", "/lessons/{number:int}/remove", remove, TRAINER),
    Door("GET", "/lessons/{number:int}/handout", hand_out, TRAINER),
    Door("GET", "/lessons/{number:int}/handout.md", hand_out_markdown, TRAINER),
    Door("POST", "/conversations/{number:int}/lessons", add_from_conversation, TRAINER),
)
