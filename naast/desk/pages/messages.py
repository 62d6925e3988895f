"""Messages that wait for a label: one key confirms, a group at a time."""

from __future__ import annotations

from typing import List

import sqlalchemy as sa
from starlette.exceptions import HTTPException
from starlette.responses import Response

from naast.desk.auth.roles import REVIEWER, Door
from naast.desk.reviews import corrections, doubtful
from naast.desk.tables import MESSAGE
from naast.desk.visit import Visit

MOST_GROUPS = 30


def show(visit: Visit) -> Response:
    with visit.desk.engine.connect() as connection:
        groups, waiting = doubtful.groups(connection, MOST_GROUPS), doubtful.waiting(connection)
    with visit.desk.writing.begin() as connection:
        visit.record(connection, "messages_seen")
        shown = (message.conversation_id for group in groups for message in group.messages)
        visit.record_each(connection, "messages_seen", shown)
    return visit.page("messages.html", groups=groups, waiting=waiting, vocabulary=visit.desk.vocabulary)


def _numbers(visit: Visit, name: str) -> List[int]:
    """What is filled in under a name, at most as many as one group can hold.

    Raises:
        HTTPException: 400, there are more, or some are no numbers.
    """
    given = [str(value) for value in visit.form.getlist(name)]
    if len(given) > doubtful.LOOKED_AT or not all(value.isdecimal() for value in given):
        raise HTTPException(400)
    return [int(value) for value in given]


def label(visit: Visit) -> Response:
    """Label the ticked messages of a group. What a colleague has labelled in the meantime is left to them."""
    intent, asked = visit.field("intent", 64) or visit.field("other", 64), _numbers(visit, "message")
    if intent not in visit.desk.vocabulary.intents:
        raise HTTPException(400)
    labelled: List[int] = []
    with visit.desk.writing.begin() as connection:
        wanted = sa.select(MESSAGE).where(MESSAGE.c.event_id.in_(asked), MESSAGE.c.labelled.is_(False))
        for message in connection.execute(wanted).all():
            correction = corrections.correct(
                connection,
                conversation_id=message.conversation_id,
                event_id=message.event_id,
                account_id=visit.account.id,
                kind="intent",
                value={"intent": intent, "also": []},
                reason="",
                seen=corrections.ALL_SEEN,
                now=visit.now,
            )
            labelled.append(correction)
            visit.record(connection, "corrected_intent", f"conversation {message.conversation_id}")
    if "hx-request" not in visit.request.headers:
        return visit.to("/messages")
    left_out = len(asked) - len(labelled)
    return visit.page("labelled.html", intent=intent, labelled=labelled, left_out=left_out)


def undo(visit: Visit) -> Response:
    asked = _numbers(visit, "correction")
    with visit.desk.writing.begin() as connection:
        for number in asked:
            corrections.take_back(connection, number, visit.account.id)
        visit.record(connection, "took_back")
    return visit.to("/messages")


DOORS = (
    Door("GET", "/messages", show, REVIEWER),
    Door("POST", "/messages", label, REVIEWER),
    Door("POST", "/messages/undo", undo, REVIEWER),
)
