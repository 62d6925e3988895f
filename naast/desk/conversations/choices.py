"""The values there are to filter by. They are read from all lines, which is half of a page's time where there are many:
so beside the pages, at the start and every minute; a page only takes what was read."""

from __future__ import annotations

import threading
from typing import Any, Dict, List, Tuple

import sqlalchemy as sa

from naast.desk.tables import CONVERSATION, TAG

SECONDS = 60
OLDEST = 10 * SECONDS
"""From here on a page reads them itself: whoever should is not there."""
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
        self._read: Tuple[int, Dict[str, List[str]]] = (-OLDEST, {})

    def at(self, connection: sa.engine.Connection, now: int) -> Dict[str, List[str]]:
        if now - self._read[0] >= OLDEST:
            self.refresh(connection, now)
        return self._read[1]

    def refresh(self, connection: sa.engine.Connection, now: int) -> None:
        """Read them anew, unless somebody did within a minute."""
        with self._lock:
            if now - self._read[0] >= SECONDS:
                self._read = (now, {name: _values(connection, column) for name, column in COLUMNS.items()})


def _values(connection: sa.engine.Connection, column: Any) -> List[str]:
    wanted = sa.select(column).distinct().where(column.is_not(None)).order_by(column)
    return list(connection.execute(wanted).scalars())
