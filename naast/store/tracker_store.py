"""Rasa's SQL tracker store, with what it lacks: nothing that says who somebody is, erasing, and no endless wait.

In SQLite, in the file of endpoints.yml, or in PostgreSQL where NAAST_DATABASE_URL is set.
"""

from __future__ import annotations

import asyncio
import datetime
import json
from pathlib import Path
from typing import Any, Iterator, List, Optional, Text

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

from naast.settings import UnsafeSettings, database_url
from naast.store import schema
from naast.store.redacted import kept


class ErasableTrackerStore(SQLTrackerStore):
    """Configured in endpoints.yml by its full name.

    SQLite overwrites deleted content with zeros (`secure_delete`), and the write-ahead log is folded back after an
    erasure, so that nothing of a conversation can be read from the disk. PostgreSQL cannot promise that: its log and
    its backups keep what was deleted for as long as they are kept themselves (docs/deployment.md).

    Raises:
        UnsafeSettings: PostgreSQL is away, where Rasa would wait for ever, or its tables are of another version.
    """

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        dialect: Text = "sqlite",
        db: Text = "var/naast.db",
        **kwargs: Any,
    ) -> None:
        url = database_url()
        if url is not None:
            shared = schema.engine(url)
            if not schema.is_current(shared):
                raise UnsafeSettings(
                    "naast: the tables of NAAST_DATABASE_URL are of another version; run: make migrate"
                )
            whole_address = {**kwargs, "host": url}  # Rasa takes an address in `host` for all of it
            super().__init__(domain=domain, event_broker=event_broker, dialect="postgresql", **whole_address)
            self._use(shared)
            return
        if dialect == "sqlite":
            Path(db).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, event_broker=event_broker, dialect=dialect, db=db, **kwargs)
        if dialect == "sqlite":
            # Connections are kept open: whenever the last one closes, SQLite folds the write-ahead log back and flushes
            # the disk again, and SQLAlchemy would close it after every turn.
            kept_open = sa.create_engine(
                self.engine.url, poolclass=QueuePool, connect_args={"check_same_thread": False}
            )
            sa.event.listen(kept_open, "connect", _prepare_sqlite)
            self._use(kept_open)
            schema.upgrade(self.engine)

    def _use(self, engine: sa.engine.Engine) -> None:
        """Another engine than the one that Rasa made."""
        self.engine.dispose()
        self.engine = engine
        self.sessionmaker = sessionmaker(bind=engine)

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator:
        """The events that are not stored yet, as they may be kept."""
        return map(kept, super()._additional_events(session, tracker))

    async def has_message(self, sender_id: Text, message_id: Text) -> bool:
        """True when a message with this id was kept: one look in the database, without loading the conversation."""
        kept_as = json.dumps({"message_id": message_id})[1:-1]
        with self.session_scope() as session:
            found = session.query(self.SQLEvent.id).filter(
                self.SQLEvent.sender_id == sender_id,
                self.SQLEvent.type_name == UserUttered.type_name,
                self.SQLEvent.data.contains(kept_as, autoescape=True),
            )
            return found.first() is not None

    async def silent_since(self, moment: datetime.datetime) -> List[Text]:
        """The conversations whose last event is older than a moment.

        In a thread: of 100,000 conversations that takes seconds, in which nobody would be answered.
        """
        return await asyncio.to_thread(self._silent_since, moment)

    def _silent_since(self, moment: datetime.datetime) -> List[Text]:
        last = sa.func.max(self.SQLEvent.timestamp)
        with self.session_scope() as session:
            found = session.query(self.SQLEvent.sender_id).group_by(self.SQLEvent.sender_id)
            return [sender_id for (sender_id,) in found.having(last < moment.timestamp())]

    async def erase(self, sender_id: Text) -> int:
        """Delete every event of one conversation.

        Returns:
            How many events were deleted; 0 when the conversation was not known.
        """
        with self.session_scope() as session:
            erased = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id).delete()
            session.commit()
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return erased


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()
