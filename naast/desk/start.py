"""The desk of this installation, from its settings, with its tables up to date."""

from __future__ import annotations

from naast.desk import clock, database
from naast.desk.desk import Desk
from naast.desk.texts import load_texts
from naast.settings import chat_url, desk_url, key


def open_desk() -> Desk:
    """Raises:
    UnsafeSettings: a setting makes no sense.
    """
    engine = database.connect(database.configured_url())
    database.upgrade(engine)
    return Desk(engine, desk_url(), key(), load_texts(), clock.now, chat_url())
