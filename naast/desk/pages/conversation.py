"""One conversation as the parent saw it, beside it how it was understood; its status, tags and notes."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from naast.desk.auth.roles import REVIEWER, TRAINER, Door, may
from naast.desk.conversations import inbox, reading
from naast.desk.conversations.filters import STATUSES, flags_of
from naast.desk.pages.overtaken import overtaken
from naast.desk.reviews import corrections, notes, status
from naast.desk.reviews.stale import Overtaken
from naast.desk.teaching import lessons
from naast.desk.visit import Visit

LONGEST_TAG = 40
MOST_TAGS = 12


def line_of(visit: Visit, connection: Any) -> Any:
    """The line of the conversation in the address.

    Raises:
        HTTPException: 404, it was erased or never was.
    """
    line = inbox.one(connection, visit.number())
    if line is None:
        raise HTTPException(404)
    return line


def show(visit: Visit) -> Response:
    filters = visit.filters()
    with visit.desk.writing.begin() as connection:
        line = line_of(visit, connection)
        visit.record(connection, "conversation_seen", f"conversation {line['id']}")
    with visit.desk.engine.connect() as connection:
        return visit.page(
            "conversation.html",
            line=line,
            flags=flags_of(line),
            turns=reading.turns(connection, line["sender_id"], visit.desk.guidance_in(line["language"])),
            judged=corrections.of_conversation(connection, line["id"]),
            notes=notes.of_conversation(connection, line["id"]),
            tags=notes.tags_of_conversation(connection, line["id"]),
            beside=inbox.neighbours(connection, filters, line),
            filters=filters.query(),
            day_part=visit.day_part,
            lessons=lessons.listed(connection) if may(visit.account.role, TRAINER) else [],
        )


def set_status(visit: Visit) -> Response:
    """Mark reviewed, or open again; "and on" goes to the next one in the filter."""
    wanted = visit.field("status", 16)
    if wanted not in STATUSES:
        raise HTTPException(400)
    filters = visit.filters()
    with visit.desk.writing.begin() as connection:
        line = line_of(visit, connection)
        onwards = inbox.neighbours(connection, filters, line)["next"] if visit.field("and_on", 1) else None
        try:
            seen, last = visit.int_field("seen"), visit.int_field("last_event_id")
            status.set_status(connection, line["id"], wanted, seen, last, visit.account.name)
        except Overtaken as problem:
            return overtaken(visit, problem, seen=line["version"], last_event_id=line["last_event_id"])
        visit.record(connection, f"status_{wanted}", f"conversation {line['id']}")
    return visit.to(f"/conversations/{onwards or line['id']}?{filters.query()}")


def set_tags(visit: Visit) -> Response:
    tags = [tag.strip().lower()[:LONGEST_TAG] for tag in visit.field("tags", 500).split(",") if tag.strip()]
    about = visit.int_field("event_id")
    with visit.desk.writing.begin() as connection:
        line = line_of(visit, connection)
        try:
            seen = visit.int_field("seen")
            status.set_tags(connection, line["id"], about, tags[:MOST_TAGS], seen, visit.account.name)
        except Overtaken as problem:
            return overtaken(visit, problem, seen=line["version"])
        visit.record(connection, "tagged", f"conversation {line['id']}")
    return visit.to(f"/conversations/{line['id']}?{visit.filters().query()}#m{about}")


def add_note(visit: Visit) -> Response:
    text, about = visit.field("text"), visit.int_field("event_id")
    with visit.desk.writing.begin() as connection:
        line = line_of(visit, connection)
        if text:
            notes.add(connection, line["id"], about or None, visit.account.id, text, visit.now)
            visit.record(connection, "noted", f"conversation {line['id']}")
    return visit.to(f"/conversations/{line['id']}?{visit.filters().query()}#m{about}")


DOORS = (
    Door("GET", "/conversations/{number:int}", show, REVIEWER),
    Door("POST", "/conversations/{number:int}/status", set_status, REVIEWER),
    Door("POST", "/conversations/{number:int}/tags", set_tags, REVIEWER),
    Door("POST", "/conversations/{number:int}/notes", add_note, REVIEWER),
)
