"""Promise 3: a conversation is gone after the days of the retention, from every table and every byte, by itself."""

import asyncio
import datetime
import sqlite3
import uuid

import pytest
from rasa.shared.core.domain import Domain

from naast.privacy.retention import keep_sweeping, sweep
from naast.settings import retention_days
from naast.store.tracker_store import ErasableTrackerStore
from scripts.backup import backup
from tests.promises.disk import files, holding
from tests.promises.tables import rows
from tests.promises.until import acknowledged
from tests.web import Page

PLANTED = "kolibrievlinder"


@pytest.fixture
def store(breakable, tmp_path):
    """The database of a real conversation, as a store of its own whose clock can be moved."""
    page = Page.begin(breakable)
    acknowledged(page, f"mijn zoon van 13 heeft een trui waarop {PLANTED} staat", uuid.uuid4().hex)
    copy = backup(breakable.database, tmp_path, datetime.datetime.now())
    copied = ErasableTrackerStore(domain=Domain.empty(), db=str(copy))
    yield copied
    copied.engine.dispose()


def test_a_day_before_all_is_there_and_on_the_day_nothing_is(store, tmp_path):
    days, now = retention_days(), datetime.datetime.now(datetime.timezone.utc)
    (copy,) = tmp_path.glob("*.db")
    asyncio.run(sweep(store, days, now + datetime.timedelta(days=days - 1)))
    assert rows(copy)["events"] and holding(PLANTED, files(tmp_path))
    asyncio.run(sweep(store, days, now + datetime.timedelta(days=days, minutes=1)))
    assert not any(rows(copy).values())
    assert holding(PLANTED, files(tmp_path)) == []


def test_the_sweep_goes_on_by_itself_and_begins_at_once(store, tmp_path):
    (copy,) = tmp_path.glob("*.db")
    long_ago(copy)

    async def until_swept():
        sweeping = asyncio.ensure_future(keep_sweeping(store, retention_days()))
        while any(rows(copy).values()):
            await asyncio.sleep(0.05)
        sweeping.cancel()

    asyncio.run(asyncio.wait_for(until_swept(), 30))


def long_ago(database):
    """Instead of waiting."""
    with sqlite3.connect(database) as opened:
        opened.execute("UPDATE events SET timestamp = timestamp - ?", (86400 * (retention_days() + 1),))
    opened.close()


@pytest.mark.prove
def test_nobody_need_do_anything(breakable):
    """The server sweeps when it starts: with a retention that is over, what was kept is gone when it answers."""
    assert any(rows(breakable.database).values())
    breakable.stop("rasa")
    long_ago(breakable.database)
    breakable.start_rasa()
    for _ in range(100):
        if not any(rows(breakable.database).values()):
            break
        asyncio.run(asyncio.sleep(0.1))
    assert not any(rows(breakable.database).values())
