"""What a messenger shows of a conversation, known by the keyed hash alone: which message holds the plan, which one the
parent wrote last and a keyed hash of what it said, whether was told what the messenger itself keeps."""

from __future__ import annotations

import dataclasses
import datetime
import time
from typing import Any, Optional

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from naast.store.tables import messenger_view


@dataclasses.dataclass(frozen=True)
class View:
    """Numbers are those of the messenger; None where there is no such message. `last_text` is a keyed hash of what the
    parent said in the update `last_update`."""

    told_of_traces: bool = False
    last_message: Optional[int] = None
    plan_message: Optional[int] = None
    plan_steps: Optional[int] = None
    plan_done: Optional[int] = None
    last_update: Optional[int] = None
    last_text: Optional[str] = None


class Views:
    """One view for each conversation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, sender_id: str) -> View:
        """What is shown; an empty view for a conversation that begins."""
        with self._engine.connect() as connection:
            found = messenger_view.select().where(messenger_view.c.sender_id == sender_id)
            row = connection.execute(found).one_or_none()
        if row is None:
            return View()
        return View(**{field.name: row._mapping[field.name] for field in dataclasses.fields(View)})

    def begin(
        self,
        sender_id: str,
        last_message: Optional[int],
        last_update: Optional[int] = None,
        last_text: Optional[str] = None,
    ) -> None:
        """The parent wrote: remember the message, and the conversation where it is a new one."""
        last = {"last_message": last_message, "last_update": last_update, "last_text": last_text}
        if self.change(sender_id, **last):
            return
        row = {"sender_id": sender_id, "touched": time.time(), "told_of_traces": False, **last}
        try:
            with self._engine.begin() as connection:
                connection.execute(messenger_view.insert().values(**row))
        except IntegrityError:
            self.change(sender_id, **last)

    def change(self, sender_id: str, **values: Any) -> bool:
        """Change a conversation that is known; one that was erased meanwhile does not come back by it."""
        mine = messenger_view.c.sender_id == sender_id
        with self._engine.begin() as connection:
            changed = messenger_view.update().where(mine).values(touched=time.time(), **values)
            return connection.execute(changed).rowcount > 0


def erase_view(connection: Connection, sender_id: str) -> None:
    """Take the view of a conversation out."""
    connection.execute(messenger_view.delete().where(messenger_view.c.sender_id == sender_id))


def erase_views_before(connection: Connection, moment: datetime.datetime) -> None:
    """Take out the views of conversations that nobody has touched since a moment."""
    connection.execute(messenger_view.delete().where(messenger_view.c.touched < moment.timestamp()))
