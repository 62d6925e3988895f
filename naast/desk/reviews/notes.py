"""Notes on a message or on the whole conversation. They are added, never changed."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

import sqlalchemy as sa

from naast.desk.tables import ACCOUNT, NOTE, TAG


def add(
    connection: sa.engine.Connection, number: int, event_id: Optional[int], account_id: int, text: str, now: int
) -> None:
    connection.execute(
        NOTE.insert().values(conversation_id=number, event_id=event_id, account_id=account_id, text=text, made=now)
    )


def of_conversation(connection: sa.engine.Connection, number: int) -> Dict[Optional[int], List[Any]]:
    """The notes by the message they are about; None is the whole conversation."""
    wanted = sa.select(NOTE, ACCOUNT.c.name.label("by")).where(
        NOTE.c.conversation_id == number, NOTE.c.account_id == ACCOUNT.c.id
    )
    found: Dict[Optional[int], List[Any]] = {}
    for row in connection.execute(wanted.order_by(NOTE.c.id)):
        found.setdefault(row.event_id, []).append(row)
    return found


def tags_of_conversation(connection: sa.engine.Connection, number: int) -> Dict[int, List[str]]:
    """The tags by message; 0 is the whole conversation."""
    found: Dict[int, List[str]] = {}
    wanted = sa.select(TAG).where(TAG.c.conversation_id == number).order_by(TAG.c.tag)
    for row in connection.execute(wanted):
        found.setdefault(row.event_id, []).append(row.tag)
    return found
