"""What a lesson gives to take away: a page to print, and Markdown."""

from __future__ import annotations

from typing import Any, List, Tuple

from starlette.responses import PlainTextResponse, Response

from naast.desk.auth.roles import TRAINER, Door
from naast.desk.pages.lessons import lesson_of
from naast.desk.teaching import handout, lessons
from naast.desk.visit import Visit


def _handed_out(visit: Visit) -> Tuple[Any, List[handout.Conversation]]:
    """The lesson and its conversations that a trainer has read."""
    with visit.desk.writing.begin() as connection:
        lesson = lesson_of(visit, connection)
        read = lessons.extracts(connection, lesson.id, only_read=True)
        for each in read:
            visit.record(connection, "lesson_handed_out", f"conversation {each.conversation_id}")
        return lesson, handout.assembled(connection, read, visit.desk.guidance, visit.texts)


def hand_out(visit: Visit) -> Response:
    lesson, conversations = _handed_out(visit)
    return visit.page("handout.html", lesson=lesson, conversations=conversations)


def hand_out_markdown(visit: Visit) -> Response:
    lesson, conversations = _handed_out(visit)
    content = handout.markdown(visit.texts, lesson.name, conversations)
    headers = {"Content-Disposition": f'attachment; filename="lesson_{lesson.id}.md"'}
    return PlainTextResponse(content, headers=headers, media_type="text/markdown")


DOORS = (
    Door("GET", "/lessons/{number:int}/handout", hand_out, TRAINER),
    Door("GET", "/lessons/{number:int}/handout.md", hand_out_markdown, TRAINER),
)
