"""A restore that fails leaves nothing behind: the draft it works on is no conversation's place."""

import asyncio
import datetime
import sqlite3

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.store.tracker_store import ErasableTrackerStore
from scripts import restore
from scripts.backup import backup

NOW = datetime.datetime.now(datetime.timezone.utc)


@pytest.fixture
def target(tmp_path):
    file = tmp_path / "var" / "naast.db"
    store = ErasableTrackerStore(domain=Domain.empty(), db=str(file))
    said = [ActionExecuted("action_session_start"), UserUttered("mijn zoon wordt gechanteerd")]
    asyncio.run(store.save(DialogueStateTracker.from_events("mine", said, domain=Domain.empty())))
    store.engine.dispose()
    return file


def beside(target):
    return sorted(path.name for path in target.parent.iterdir())


@pytest.mark.parametrize("error", [restore.InUse("in use"), OSError("the disk is full"), KeyboardInterrupt()])
def test_whatever_stops_it_no_draft_is_left(target, tmp_path, monkeypatch, error):
    copy, before = backup(target, tmp_path / "backups", NOW), beside(target)

    def stops(_target):
        assert (target.parent / "naast.db.restoring").exists()
        raise error

    monkeypatch.setattr(restore, "_put_away", stops)
    with pytest.raises(type(error)):
        restore.restore(copy, target, days=45, now=NOW)
    assert beside(target) == before


def test_what_a_killed_restore_left_is_not_read(target, tmp_path):
    copy = backup(target, tmp_path / "backups", NOW)
    for ending in ("", "-wal", "-shm", ".erased"):
        (target.parent / f"naast.db.restoring{ending}").write_bytes(b"left over" * 1000)
    assert restore.restore(copy, target, days=45, now=NOW) == 0
    assert beside(target) == ["naast.db"]
    with sqlite3.connect(target) as opened:
        assert opened.execute("SELECT count(*) FROM events").fetchone() == (2,)
