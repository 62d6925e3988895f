"""The review of a conversation: its status and its tags, shared by all reviewers and guarded by a version."""

from __future__ import annotations

from typing import Any, List

import sqlalchemy as sa

from naast.desk.reviews.stale import Overtaken, WentOn
from naast.desk.tables import CONVERSATION, TAG

WHOLE = 0
"""The event id of a tag on the whole conversation."""


def _next_version(connection: sa.engine.Connection, number: int, seen: int, by: str, *held: Any, **values: Any) -> None:
    """Raises Overtaken where somebody was first, WentOn where what must be `held` is not so any more."""
    own = (CONVERSATION.c.id == number, CONVERSATION.c.version == seen, *held)
    changed = connection.execute(
        CONVERSATION.update().where(*own).values(version=seen + 1, changed_by=by, **values)
    ).rowcount
    if not changed:
        columns = (CONVERSATION.c.version, CONVERSATION.c.changed_by)
        now = connection.execute(sa.select(*columns).where(CONVERSATION.c.id == number)).first()
        if now is not None and now.version == seen:
            raise WentOn
        raise Overtaken((now and now.changed_by) or "")


def set_status(
    connection: sa.engine.Connection, number: int, status: str, seen: int, last_event_id: int, by: str
) -> None:
    """What came after `last_event_id` nobody has reviewed, so it must still be the last.

    Raises:
        Overtaken: the version is not `seen` any more.
        WentOn: the conversation went on.
    """
    _next_version(connection, number, seen, by, CONVERSATION.c.last_event_id == last_event_id, status=status)


def set_tags(connection: sa.engine.Connection, number: int, event_id: int, tags: List[str], seen: int, by: str) -> None:
    """Replace the tags of a message, or of the conversation (WHOLE).

    Raises:
        Overtaken: the version is not `seen` any more.
    """
    _next_version(connection, number, seen, by)
    here = (TAG.c.conversation_id == number, TAG.c.event_id == event_id)
    connection.execute(TAG.delete().where(*here))
    for tag in dict.fromkeys(tags):
        connection.execute(TAG.insert().values(conversation_id=number, event_id=event_id, tag=tag))
