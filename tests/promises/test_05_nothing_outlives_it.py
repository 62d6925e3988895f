"""Promise 5: nothing outlives the conversation it belongs to, in no table, and what has none is swept."""

import asyncio
import datetime
import sqlite3

import pytest

from naast.privacy.retention import sweep
from naast.store.inbox import Inbox
from naast.store.messenger import Views
from naast.store.tracker_store import ErasableTrackerStore
from tests.promises.tables import OF_A_CONVERSATION, rows, rows_of

KEY = b"a key of at least thirty-two characters"
SENDERS = [f"{number:032x}" for number in (1, 2, 3)]


@pytest.fixture
def store(desk, tmp_path):
    """Of three conversations that the desk has read, each with a message that waits and a view of it in Telegram."""
    opened = ErasableTrackerStore(db=str(tmp_path / "naast.db"))
    for number, sender in enumerate(SENDERS):
        waits(opened, number, sender)
    yield opened
    opened.engine.dispose()


def waits(store, number, sender):
    Inbox(store.engine, KEY, "telegram").put(str(number), number, sender, {"text": "hallo"})
    Views(store.engine).begin(sender, number)


def test_of_an_erased_conversation_there_is_no_row_in_any_table(store, tmp_path):
    database = tmp_path / "naast.db"
    assert all(rows_of(database, SENDERS[0])[table] for table in OF_A_CONVERSATION)  # else this proves nothing
    asyncio.run(store.erase(SENDERS[0]))
    assert not any(rows_of(database, SENDERS[0]).values())
    assert all(rows_of(database, SENDERS[1])[table] for table in OF_A_CONVERSATION)
    for sender in SENDERS[1:]:
        asyncio.run(store.erase(sender))
    assert not any(rows(database).values())
    with sqlite3.connect(database) as opened:
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    opened.close()


def test_what_has_no_conversation_is_swept(store, tmp_path):
    """Left by whoever wrote once and was never answered: no event tells the sweep of it."""
    waits(store, 9, "nobody")
    later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=46)
    asyncio.run(sweep(store, 45, later))
    assert not any(rows(tmp_path / "naast.db").values())
