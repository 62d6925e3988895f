"""Role play: a trainee reads a conversation up to a point, answers, and only then sees what Naast said.

What trainees write is shown to them once and kept nowhere.
"""

from __future__ import annotations

from typing import Any, List, Tuple

from starlette.exceptions import HTTPException
from starlette.responses import Response

from naast.desk.auth.roles import REVIEWER, Door
from naast.desk.pages.lessons import lesson_of
from naast.desk.teaching import handout, lessons
from naast.desk.teaching.handout import Conversation, Exchange
from naast.desk.visit import Visit

LONGEST = 4000
Point = Tuple[Conversation, int]


def _points(visit: Visit, connection: Any) -> Tuple[Any, List[Point]]:
    """The lesson, and where a trainee answers: a conversation, and the place of an exchange in it."""
    lesson = lesson_of(visit, connection)
    read = lessons.extracts(connection, lesson.id, only_read=True)
    found = handout.assembled(connection, read, visit.desk.guidance, visit.texts)
    return lesson, [(each, place) for each in found for place, one in enumerate(each.exchanges) if one.asks]


def begin(visit: Visit) -> Response:
    """To the first point; a lesson without one says so."""
    with visit.desk.engine.connect() as connection:
        lesson, points = _points(visit, connection)
    if not points:
        return visit.page("practice.html", lesson=lesson, conversation=None)
    return visit.to(_address(lesson.id, points[0]))


def _address(lesson_id: int, point: Point) -> str:
    conversation, place = point
    return f"/lessons/{lesson_id}/practice/{conversation.extract_id}/{conversation.exchanges[place].event_id}"


def _page(visit: Visit, own: str | None) -> Response:
    """`own` is what the trainee answered; None before they did."""
    asked = (visit.number("extract"), visit.number("event_id"))
    with visit.desk.writing.begin() as connection:
        lesson, points = _points(visit, connection)
        addresses = [(each.extract_id, each.exchanges[place].event_id) for each, place in points]
        if asked not in addresses:
            raise HTTPException(404)
        at = addresses.index(asked)
        conversation, place = points[at]
        visit.record(connection, "practised", f"conversation {conversation.conversation_id}")
    before: List[Exchange] = list(conversation.exchanges[:place])
    return visit.page(
        "practice.html",
        lesson=lesson,
        conversation=conversation,
        before=before,
        here=conversation.exchanges[place],
        own=own,
        number=at + 1,
        of=len(points),
        onwards=_address(lesson.id, points[at + 1]) if at + 1 < len(points) else None,
    )


def ask(visit: Visit) -> Response:
    return _page(visit, None)


def compare(visit: Visit) -> Response:
    own = visit.field("own", LONGEST)
    return _page(visit, own or None)


DOORS = (
    Door("GET", "/lessons/{number:int}/practice", begin, REVIEWER),
    Door("GET", "/lessons/{number:int}/practice/{extract:int}/{event_id:int}", ask, REVIEWER),
    Door("POST", "/lessons/{number:int}/practice/{extract:int}/{event_id:int}", compare, REVIEWER),
)
