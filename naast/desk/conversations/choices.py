"""The values there are to filter by. Read from all lines, so kept for a minute: an inbox must open at once."""

from __future__ import annotations

import threading
from typing import Any, Dict, List, Tuple

import sqlalchemy as sa

from naast.desk.tables import CONVERSATION, TAG

SECONDS = 60
COLUMNS = {
    "channel": CONVERSATION.c.channel,
    "language": CONVERSATION.c.language,
    "intent": CONVERSATION.c.main_intent,
    "stopped_at": CONVERSATION.c.stopped_at,
    "tag": TAG.c.tag,
}


class Choices:
    """One per desk, shared by its threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read: Tuple[int, Dict[str, List[str]]] = (-SECONDS, {})

    def at(self, connection: sa.engine.Connection, now: int) -> Dict[str, List[str]]:
        with self._lock:
            if now - self._read[0] >= SECONDS:
                self._read = (now, {name: _values(connection, column) for name, column in COLUMNS.items()})
            return self._read[1]


def _values(connection: sa.engine.Connection, column: Any) -> List[str]:
    wanted = sa.select(column).distinct().where(column.is_not(None)).order_by(column)
    return list(connection.execute(wanted).scalars())
