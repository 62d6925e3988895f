"""Rasa's SQL tracker store, with what it lacks: nothing that says who somebody is, erasing, and no endless wait.

In SQLite, in the file of endpoints.yml, or in PostgreSQL where NAAST_DATABASE_URL is set.
"""

from __future__ import annotations

import asyncio
import contextvars
import datetime
import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable, Iterator, List, Optional, Text

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

from naast.privacy.logs import where
from naast.settings import UnsafeSettings, database_url
from naast.store import disk, doors, erasures, inbox, messenger, schema, tables
from naast.store.redacted import kept

BUSY_MILLISECONDS = 2000
"""Who writes waits so long for another process: well within the five seconds until a parent is answered."""
THREADS = 16
"""So many wait for the database at a time, beside the event loop, in which everybody else is answered."""
HOUR = 3600.0
BLUR_AT_ONCE = 2000
logger = logging.getLogger(__name__)
DESK = "desk_conversation"
"""Whatever the desk keeps of a conversation hangs on a row of this table and goes with it (naast/desk/tables.py)."""


class ErasableTrackerStore(SQLTrackerStore):
    """Configured in endpoints.yml by its full name.

    In SQLite nothing of a conversation can be read from the disk after its erasure (disk.py). PostgreSQL cannot promise
    that: its log and its backups keep what was deleted for as long as they are kept themselves (docs/deployment.md).

    Raises:
        UnsafeSettings: PostgreSQL is away, where Rasa would wait for ever, its tables are of another version, or the
            server has doors that are not ours (doors.py).
    """

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        dialect: Text = "sqlite",
        db: Text = "var/naast.db",
        **kwargs: Any,
    ) -> None:
        self._erasures: Optional[Path] = None
        doors.refuse_foreign()
        self._threads = ThreadPoolExecutor(THREADS, "naast-database")
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
            disk.private(Path(db))
            self._erasures = erasures.beside(Path(db))
        super().__init__(domain=domain, event_broker=event_broker, dialect=dialect, db=db, **kwargs)
        if dialect == "sqlite":
            # Connections are kept open: whenever the last one closes, SQLite folds the write-ahead log back and flushes
            # the disk again, and SQLAlchemy would close it after every turn.
            kept_open = sa.create_engine(
                self.engine.url,
                poolclass=QueuePool,
                pool_size=THREADS,
                connect_args={"check_same_thread": False},
            )
            sa.event.listen(kept_open, "connect", _prepare_sqlite)
            self._use(kept_open)
            schema.upgrade(self.engine)

    def _use(self, engine: sa.engine.Engine) -> None:
        """Another engine than the one that Rasa made."""
        self.engine.dispose()
        self.engine = engine
        self.sessionmaker = sessionmaker(bind=engine)

    async def _apart(self, work: Callable[..., Any], *about: Any) -> Any:
        """Work in a thread of the database. What is said in it about a message is as quiet as here (logs.py)."""
        here = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._threads, here.run, work, *about)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """See SQLTrackerStore, whose coroutines never wait, but keep everybody waiting."""
        await self._apart(lambda: asyncio.run(super(ErasableTrackerStore, self).save(tracker)))

    async def _retrieve(self, *about: Any, **how: Any) -> Optional[DialogueStateTracker]:
        return await self._apart(lambda: asyncio.run(super(ErasableTrackerStore, self)._retrieve(*about, **how)))

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator:
        """The events that are not stored yet, as they may be kept."""
        return map(kept, super()._additional_events(session, tracker))

    async def holds(self, sender_id: Text) -> bool:
        """True when something of this conversation is kept."""
        return await self._apart(self._find, self.SQLEvent.sender_id == sender_id)

    async def has_message(self, sender_id: Text, message_id: Text) -> bool:
        """True when a message with this id was kept: one look in the database, without loading the conversation."""
        kept_as = json.dumps({"message_id": message_id})[1:-1]
        return await self._apart(
            self._find,
            self.SQLEvent.sender_id == sender_id,
            self.SQLEvent.type_name == UserUttered.type_name,
            self.SQLEvent.data.contains(kept_as, autoescape=True),
        )

    def _find(self, *conditions: Any) -> bool:
        with self.session_scope() as session:
            return session.query(self.SQLEvent.id).filter(*conditions).first() is not None

    def _note_erasure(self, sender_id: Text) -> None:
        """So that no backup brings it back. Erasing goes on where that cannot be written."""
        if self._erasures is None:
            return
        try:
            erasures.note(self._erasures, sender_id, time.time())
        except OSError as error:
            logger.error("naast.erasures.not_noted %s", where(error))

    async def blur_times(self, before: datetime.datetime) -> int:
        """Round the times of conversations whose last event is older than `before` down to the hour; the order of what
        was said stays. Who came by at 21:07 could be known by that; the advice needs no minutes.

        In a thread, as `silent_since`, and only so many at once that nobody waits long for the database.

        Returns:
            How many events were changed.
        """
        changed = 0
        while some := await asyncio.to_thread(self._blur_some, before):
            changed += some
        return changed

    def _blur_some(self, before: datetime.datetime) -> int:
        exact = sa.cast(self.SQLEvent.timestamp / HOUR, sa.Integer) * HOUR != self.SQLEvent.timestamp
        with self.session_scope() as session:
            last = sa.func.max(self.SQLEvent.timestamp)
            quiet = session.query(self.SQLEvent.sender_id).group_by(self.SQLEvent.sender_id)
            quiet = quiet.having(last < before.timestamp())
            rows = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id.in_(quiet), exact).limit(BLUR_AT_ONCE)
            changed = 0
            for row in rows:
                row.timestamp = row.timestamp // HOUR * HOUR
                row.data = json.dumps({**json.loads(row.data), "timestamp": row.timestamp})
                changed += 1
            session.commit()
            return changed

    def is_writable(self) -> bool:
        """True when the database can be written to at this moment; nothing is changed."""
        try:
            with self.session_scope() as session:
                session.query(self.SQLEvent).filter(sa.false()).delete(synchronize_session=False)
                session.rollback()
        except sa.exc.SQLAlchemyError:
            return False
        return True

    async def silent_since(self, moment: datetime.datetime) -> List[Text]:
        """The conversations whose last event is older than a moment, and in which nobody waits for an answer since.

        In a thread: of 100,000 conversations that takes seconds, in which nobody would be answered.
        """
        return await asyncio.to_thread(self._silent_since, moment)

    def _silent_since(self, moment: datetime.datetime) -> List[Text]:
        last = sa.func.max(self.SQLEvent.timestamp)
        with self.session_scope() as session:
            found = session.query(self.SQLEvent.sender_id).group_by(self.SQLEvent.sender_id)
            found = found.filter(self.SQLEvent.sender_id.not_in(inbox.waiting_since(moment)))
            return [sender_id for (sender_id,) in found.having(last < moment.timestamp())]

    async def erase(self, sender_id: Text, asked_in: Optional[Text] = None, scrubs: bool = True) -> int:
        """Delete every event of one conversation, what waits in the inbox, what a messenger shows, and what the
        trainers' desk wrote about it, in one transaction.

        Args:
            asked_in: the message that asks for it; it and what came after it still waits for its answer, and stays.
            scrubs: False for one of many; `scrub` is called after the last.

        Returns:
            How many events were deleted; 0 when the conversation was not known.
        """
        erased = await self._apart(self._erase, sender_id, asked_in)
        if erased is not None and scrubs:
            await self.scrub(at_once=True)
        return erased or 0

    def _erase(self, sender_id: Text, asked_in: Optional[Text]) -> Optional[int]:
        """See `erase`; None when nothing was there, and nothing was written."""
        with self.session_scope() as session:
            places = [self.SQLEvent.__table__, tables.inbox, tables.messenger_view]
            desk = sa.table(DESK, sa.column("sender_id"))
            if sa.inspect(session.connection()).has_table(DESK):
                places.append(desk)
            if not any(session.query(place).filter(place.c.sender_id == sender_id).first() for place in places):
                return None
            self._note_erasure(sender_id)
            erased = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id).delete()
            inbox.erase_person(session.connection(), sender_id, asked_in)
            messenger.erase_view(session.connection(), sender_id)
            if desk in places:
                session.execute(sa.delete(desk).where(desk.c.sender_id == sender_id))
            if self._erasures is not None:
                disk.mark(session.connection())
            session.commit()
        return erased

    async def erase_leftovers(self, before: datetime.datetime, now: datetime.datetime) -> None:
        """Delete what waited in the inbox and what a messenger showed where no conversation came of it, and what the
        list of erasures no longer needs."""
        with self.session_scope() as session:
            inbox.erase_before(session.connection(), before)
            inbox.forget_seen(session.connection(), now)
            messenger.erase_views_before(session.connection(), before)
            session.commit()
        if self._erasures is not None:
            erasures.prune(self._erasures, now.timestamp())

    def is_to_be_scrubbed(self) -> bool:
        """True while something of what was erased may be on the disk, where the database is SQLite."""
        return self._erasures is not None and disk.is_marked(self.engine)

    async def scrub(self, at_once: bool = False) -> None:
        """Leave nothing on the disk of what was erased, where the database is SQLite (disk.py). What could not be
        done is done by the next sweep."""
        if self._erasures is not None:
            await disk.scrub(self.engine.url.database, at_once)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    cursor.close()
