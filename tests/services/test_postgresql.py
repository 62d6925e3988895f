"""Conversations in PostgreSQL: the same promises as in SQLite, and no wait without end."""

import asyncio
import datetime
import time

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.privacy.retention import sweep
from naast.settings import UnsafeSettings
from naast.store import schema
from naast.store.tracker_store import ErasableTrackerStore


@pytest.fixture
def store(database, settings):
    settings({"NAAST_DATABASE_URL": database.url})
    schema.upgrade(schema.engine(database.url))
    database.rows("DELETE FROM events")
    return ErasableTrackerStore(domain=Domain.empty())


def tracker(sender, *events):
    return DialogueStateTracker.from_events(sender, [SessionStarted(), *events])


def test_a_server_refuses_tables_of_another_version(database, settings):
    settings({"NAAST_DATABASE_URL": database.url})
    schema.upgrade(schema.engine(database.url))
    schema.downgrade(schema.engine(database.url), "base")
    with pytest.raises(UnsafeSettings, match="make migrate"):
        ErasableTrackerStore()
    assert database.rows("SELECT to_regclass('events')") == [(None,)], "it makes no tables itself"
    schema.main()
    assert schema.is_current(ErasableTrackerStore().engine)


def test_what_is_kept_comes_back_without_what_says_who_it_is(store, database):
    said = UserUttered("bel me op 06 12345678", {"name": "greet"}, message_id="42")
    asyncio.run(store.save(tracker("a", said, BotUttered("Dag."))))
    events = asyncio.run(store.retrieve_full_tracker("a")).events
    assert [event.type_name for event in events] == ["session_started", "user", "bot"]
    assert "12345678" not in str(database.rows("SELECT data FROM events"))
    assert asyncio.run(store.has_message("a", "42")) and not asyncio.run(store.has_message("b", "42"))


def test_one_conversation_is_erased_and_old_ones_by_themselves(store, database):
    now = datetime.datetime.now(datetime.timezone.utc)
    for sender, days in (("mine", 0), ("theirs", 0), ("old", 46)):
        at = (now - datetime.timedelta(days=days)).timestamp()
        asyncio.run(store.save(tracker(sender, UserUttered("hallo", timestamp=at))))
    database.rows("UPDATE events SET timestamp = timestamp - 46 * 86400 WHERE sender_id = 'old'")
    assert asyncio.run(store.erase("mine")) == 2
    assert asyncio.run(sweep(store, 45, now)) == 1
    assert {sender for (sender,) in database.rows("SELECT sender_id FROM events")} == {"theirs"}


def test_a_database_that_goes_away_is_an_error_within_seconds_and_comes_back(store, database):
    asyncio.run(store.save(tracker("a", UserUttered("hallo"))))
    database.stop()
    started = time.monotonic()
    with pytest.raises(sa.exc.SQLAlchemyError):
        asyncio.run(store.retrieve("a"))
    assert time.monotonic() - started < schema.SECONDS_TO_CONNECT
    database.start()
    assert len(asyncio.run(store.retrieve_full_tracker("a")).events) == 2


def test_a_statement_that_hangs_is_given_up(store):
    with pytest.raises(sa.exc.OperationalError), store.session_scope() as session:
        session.execute(sa.text(f"SELECT pg_sleep({2 * schema.MILLISECONDS_A_STATEMENT / 1000})"))
