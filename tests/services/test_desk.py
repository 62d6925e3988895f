"""The trainers' desk on PostgreSQL: its tables up and down, reading, searching, judging, and a log that endures."""

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from naast.desk import database as desk_database
from naast.desk.app import build
from naast.desk.auth import accounts
from naast.desk.clock import now
from naast.desk.conversations.sync import read_new, sweep
from naast.desk.desk import Desk
from naast.desk.figures.all import COUNTED_BY
from naast.desk.tables import AUDIT, CONVERSATION, EVENTS, MESSAGE, WORD
from naast.desk.texts import load_texts
from naast.store import schema
from tests.desk.events import Said, rows, write
from tests.desk.many import PATHS
from tests.desk.test_migrations import differences

PASSWORD = "vier woorden van klei"
URL = "http://127.0.0.1:5080"
SENDER = "desk on postgresql"


@pytest.fixture
def desk(database) -> Desk:
    engine = desk_database.connect(database.url)
    schema.upgrade(engine)
    desk_database.upgrade(engine)
    desk_database.downgrade(engine, "base")
    desk_database.upgrade(engine)
    made = Desk(engine, URL, b"k" * 32, load_texts(), now)
    for role in ("reviewer", "admin"):
        accounts.add(made, role, role, PASSWORD)
    write(engine, list(rows(SENDER, [Said("mijn zoon wordt gechanteerd", confidence=0.2)])))
    yield made
    desk_database.downgrade(engine, "base")
    with made.writing.begin() as connection:
        connection.execute(EVENTS.delete().where(EVENTS.c.sender_id == SENDER))
    engine.dispose()


def test_the_desk_works_the_same(desk):
    assert differences(desk.engine) == []
    assert read_new(desk) >= 1 and read_new(desk) == 0
    browser = TestClient(build(desk), base_url=URL, headers={"Origin": URL})
    browser.post("/login", data={"name": "admin", "password": PASSWORD})
    for path in (*PATHS, "/audit", "/batches", "/conversations?search=%00&tag=%00"):
        assert browser.get(path).status_code in (200, 404), path
    with desk.engine.connect() as connection:
        event_id, number, last = connection.execute(
            sa.select(MESSAGE.c.event_id, MESSAGE.c.conversation_id, CONVERSATION.c.last_event_id)
            .join(CONVERSATION)
            .where(CONVERSATION.c.sender_id == SENDER)
        ).one()
    assert f"/conversations/{number}?" in browser.get("/conversations?search=zoon+gechant").text
    data = {"kind": "intent", "intent": "ask_police", "seen": 0}
    assert "Vraagt naar de politie" in browser.post(f"/conversations/{number}/messages/{event_id}", data=data).text
    data = {"status": "reviewed", "seen": 0, "last_event_id": last}
    assert browser.post(f"/conversations/{number}/status", data=data).status_code == 200
    every_day = "since=2026-01-01&until=2027-12-31"
    assert "ask_police.default" in browser.get(f"/figures/guidance_used.csv?{every_day}").text
    for name in COUNTED_BY:
        assert browser.get(f"/figures/{name}.csv?{every_day}").status_code == 200, name
    assert "gechanteerd" in browser.post(f"/conversations/{number}/lessons", data={"name": "Les"}).text
    assert "Les" in browser.get("/lessons").text
    with pytest.raises(sa.exc.InternalError, match="endures"), desk.writing.begin() as connection:
        connection.execute(AUDIT.delete())


def test_what_is_erased_goes_with_its_events(desk):
    read_new(desk)
    with desk.writing.begin() as connection:
        connection.execute(EVENTS.delete().where(EVENTS.c.sender_id == SENDER))
    assert sweep(desk) == 1
    with desk.engine.connect() as connection:
        left = sa.select(WORD.c.word).join(CONVERSATION).where(CONVERSATION.c.sender_id == SENDER)
        assert connection.execute(left).all() == []
