"""What a messenger delivered and Naast has not answered yet. Nothing acknowledged is lost, also not by kill -9.

The way of a message: `put` before the messenger is told that it arrived; `next` when its turn comes, in order within a
conversation; `keep_answer` once Rasa has saved the turn, so that the words of the parent are gone and only the answer
waits; `sent` after each piece of it; `done`. A process that dies is succeeded by one that goes on where it was: a turn
is taken once, and at most the piece that was on its way goes out twice.

For one process at a time: two would answer the same conversation side by side.
"""

from __future__ import annotations

import dataclasses
import datetime
import time
from typing import Any, Dict, List, Optional, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import Select

from naast.store.sealed import Seal, Unreadable
from naast.store.tables import inbox, inbox_seen

MOST = 20_000
"""More than this waits nowhere: the messenger is asked to deliver later, and keeps it."""
MOST_OF_ONE = 500
"""Of one conversation; nobody types more while the server is down, and a flood of one may not fill the inbox."""
DAYS_SEEN = 3
"""Telegram delivers again for a day at most."""
PURPOSE = "naast.inbox"
_SECONDS_A_DAY = datetime.timedelta(days=1).total_seconds()


class Full(Exception):
    """There is no room; `of_one` when it is this conversation that has too much waiting."""

    def __init__(self, of_one: bool) -> None:
        super().__init__()
        self.of_one = of_one


@dataclasses.dataclass(frozen=True)
class Entry:
    """A message that waits. `content` is None where it cannot be read any more: sealed with another key."""

    id: int
    delivery: str
    sender_id: str
    sent: int
    content: Optional[Dict[str, Any]]


class Inbox:
    """The waiting messages of one channel."""

    def __init__(self, engine: Engine, key: bytes, channel: str) -> None:
        self._engine = engine
        self._seal = Seal(key, PURPOSE)
        self._channel = channel

    def put(
        self,
        delivery: str,
        place: int,
        sender_id: str,
        content: Dict[str, Any],
        also_once: Sequence[str] = (),
        alone: bool = False,
    ) -> bool:
        """Keep a message, on the disk, before it is acknowledged.

        Args:
            delivery: the messenger's number of it; at most 64 characters.
            place: messages of a conversation are answered in this order.
            also_once: further names of it; where one was seen before, so was the message.
            alone: what else waits in the conversation is dropped.

        Returns:
            False when it was received before: nothing is kept then.

        Raises:
            Full: see there.
        """
        row = {"channel": self._channel, "delivery": delivery, "place": place, "sender_id": sender_id}
        sealed = self._seal.close(content)
        try:
            with self._engine.begin() as connection:
                self._remember(connection, [delivery, *also_once])
                if alone:
                    erase_person(connection, sender_id, None)
                self._make_sure_of_room(connection, sender_id)
                connection.execute(inbox.insert().values(**row, received=time.time(), content=sealed, sent=0))
        except IntegrityError:
            return False
        return True

    def first_time(self, name: str) -> bool:
        """True once in DAYS_SEEN days for each name."""
        try:
            with self._engine.begin() as connection:
                self._remember(connection, [name])
        except IntegrityError:
            return False
        return True

    def _make_sure_of_room(self, connection: Connection, sender_id: str) -> None:
        of_one = sa.func.sum(sa.case((inbox.c.sender_id == sender_id, 1), else_=0))
        waiting, mine = connection.execute(sa.select(sa.func.count(), of_one).select_from(inbox)).one()
        if waiting >= MOST or (mine or 0) >= MOST_OF_ONE:
            raise Full(of_one=waiting < MOST)

    def _remember(self, connection: Connection, names: Sequence[str]) -> None:
        """In the transaction of the caller, so that a message is seen and kept, or neither; IntegrityError when one of
        the names was remembered already."""
        day = int(time.time() // _SECONDS_A_DAY)
        rows = [{"channel": self._channel, "delivery": name, "day": day} for name in names]
        connection.execute(inbox_seen.insert(), rows)

    def waiting(self) -> List[str]:
        """The conversations that wait for an answer."""
        with self._engine.connect() as connection:
            asked = sa.select(inbox.c.sender_id).where(inbox.c.channel == self._channel).distinct()
            return list(connection.execute(asked).scalars())

    def next(self, sender_id: str) -> Optional[Entry]:
        """The first message of a conversation that waits, or None."""
        mine = sa.and_(inbox.c.channel == self._channel, inbox.c.sender_id == sender_id)
        # What is half sent is finished first, also when an earlier message arrived late.
        begun = sa.case((inbox.c.sent > 0, 0), else_=1)
        with self._engine.connect() as connection:
            found = sa.select(inbox).where(mine).order_by(begun, inbox.c.place, inbox.c.id).limit(1)
            row = connection.execute(found).one_or_none()
        if row is None:
            return None
        try:
            content = self._seal.open(row.content)
        except Unreadable:
            content = None
        return Entry(row.id, row.delivery, row.sender_id, row.sent, content)

    def keep_answer(self, entry: Entry, content: Dict[str, Any]) -> Entry:
        """Put the answer in the place of what was asked."""
        self._change(entry, content=self._seal.close(content))
        return dataclasses.replace(entry, content=content)

    def sent(self, entry: Entry, pieces: int) -> None:
        """So many pieces of the answer have gone out."""
        self._change(entry, sent=pieces)

    def _change(self, entry: Entry, **values: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(inbox.update().where(inbox.c.id == entry.id).values(**values))

    def done(self, entry: Entry) -> None:
        """The answer has gone out: nothing of the message is left but its number."""
        with self._engine.begin() as connection:
            connection.execute(inbox.delete().where(inbox.c.id == entry.id))


def erase_person(connection: Connection, sender_id: str, asked_in: Optional[str]) -> None:
    """Take a person's messages out, but for the one in which it was asked and what came after it."""
    mine = inbox.c.sender_id == sender_id
    if asked_in is not None:
        asked = sa.select(inbox.c.id).where(mine, inbox.c.delivery == asked_in).scalar_subquery()
        mine = sa.and_(mine, sa.or_(asked.is_(None), inbox.c.id < asked))
    connection.execute(inbox.delete().where(mine))


def waiting_since(moment: datetime.datetime) -> Select:
    """The conversations with a message that came after a moment and waits."""
    return sa.select(inbox.c.sender_id).where(inbox.c.received >= moment.timestamp())


def erase_before(connection: Connection, moment: datetime.datetime) -> None:
    """Take out what has waited since before a moment: nobody came back for its answer."""
    connection.execute(inbox.delete().where(inbox.c.received < moment.timestamp()))


def forget_seen(connection: Connection, now: datetime.datetime) -> None:
    """Forget the numbers of what can no longer be delivered again."""
    oldest = int(now.timestamp() // _SECONDS_A_DAY) - DAYS_SEEN
    connection.execute(inbox_seen.delete().where(inbox_seen.c.day < oldest))
