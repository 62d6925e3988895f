"""Tables are made and changed by migrations, up and down, with what they hold."""

import sqlite3

import pytest
import sqlalchemy as sa

from naast.settings import UnsafeSettings, database_url
from naast.store import schema
from naast.store.tracker_store import ErasableTrackerStore


def indexes(database):
    return {index["name"] for index in sa.inspect(sa.create_engine(f"sqlite:///{database}")).get_indexes("events")}


def test_a_new_database_has_every_table_and_index(tmp_path):
    store = ErasableTrackerStore(db=str(tmp_path / "naast.db"))
    assert schema.is_current(store.engine)
    assert indexes(tmp_path / "naast.db") == {"ix_events_sender_id", "ix_events_sender_kind_time"}


def test_a_database_from_before_migrations_keeps_what_it_holds(tmp_path):
    database = tmp_path / "naast.db"
    with sqlite3.connect(database) as connection:
        connection.execute(
            "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255) NOT NULL, type_name VARCHAR(255),"
            " timestamp FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)"
        )
        connection.execute("INSERT INTO events (sender_id, type_name) VALUES ('a', 'user')")
    for _ in range(2):
        assert schema.is_current(ErasableTrackerStore(db=str(database)).engine)
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT sender_id FROM events").fetchall() == [("a",)]


def test_down_and_up_again(tmp_path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'naast.db'}")
    schema.upgrade(engine)
    schema.downgrade(engine, "base")
    assert not schema.is_current(engine) and not sa.inspect(engine).has_table("events")
    schema.upgrade(engine)
    assert schema.is_current(engine)


def test_the_latest_session_is_found_by_an_index(tmp_path):
    ErasableTrackerStore(db=str(tmp_path / "naast.db"))
    latest = "SELECT max(timestamp) FROM events WHERE sender_id = 'a' AND type_name = 'session_started'"
    with sqlite3.connect(tmp_path / "naast.db") as connection:
        assert "ix_events_sender_kind_time" in str(connection.execute(f"EXPLAIN QUERY PLAN {latest}").fetchall())


@pytest.mark.parametrize(
    "url", ["mysql://u:geheim@host/x", "postgresql://", "geheim", "postgresql://u:geheim@host:x/y"]
)
def test_an_address_that_makes_no_sense_stops_the_start_and_is_not_shown(monkeypatch, url):
    monkeypatch.setenv("NAAST_DATABASE_URL", url)
    with pytest.raises(UnsafeSettings, match="NAAST_DATABASE_URL") as refused:
        database_url()
    assert "geheim" not in str(refused.value)


def test_a_database_that_is_away_stops_the_start_at_once_and_is_not_shown(monkeypatch):
    monkeypatch.setenv("NAAST_DATABASE_URL", "postgresql://naast:geheim@127.0.0.1:1/naast")
    with pytest.raises(UnsafeSettings, match="does not answer") as refused:
        ErasableTrackerStore()
    assert "geheim" not in str(refused.value)
