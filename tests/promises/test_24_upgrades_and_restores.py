"""Promise 24: a restore brings back what was there, without what was erased since."""

import asyncio
import datetime
import sqlite3
import stat
import uuid

import pytest

from naast.store import erasures
from naast.store.tracker_store import ErasableTrackerStore
from scripts.backup import NAME, backup, remove_old
from scripts.restore import InUse, restore
from tests.promises.until import acknowledged
from tests.unit.store.test_tracker_store import save
from tests.web import Page

NOW = datetime.datetime.now()
UTC = datetime.timezone.utc


def rows(database):
    with sqlite3.connect(database) as opened:
        return opened.execute("SELECT id, sender_id, type_name, data FROM events ORDER BY id").fetchall()


@pytest.fixture(scope="module")
def held(breakable):
    """Three conversations and a copy made while the server runs."""
    pages = [Page.begin(breakable) for _ in range(3)]
    for number, page in enumerate(pages):
        acknowledged(page, f"mijn zoon van 13 heeft een trui waarop vlinder{number} staat", uuid.uuid4().hex)
    return pages, backup(breakable.database, breakable.folder / "backups", NOW)


def test_a_copy_of_a_running_server_is_whole_and_for_its_owner_only(held, breakable):
    _, copy = held
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600 and stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert rows(copy) == rows(breakable.database)[: len(rows(copy))] and len(rows(copy)) > 0


@pytest.mark.prove
def test_a_restore_brings_all_back_but_what_was_erased_since(held, breakable):
    pages, copy = held
    assert pages[0].ask("DELETE", "/conversation").status_code == 204
    (mine,) = {row[1] for row in rows(copy) if "vlinder0" in row[3]}
    breakable.stop("rasa")
    for file in breakable.folder.glob("naast.db*"):
        if not file.name.endswith(".erased"):
            file.unlink()  # the disk was lost, the list of erasures was not
    again = restore(copy, breakable.database, days=45, now=datetime.datetime.now(UTC))
    breakable.start_rasa()
    assert again == 1
    assert b"vlinder0" not in breakable.database.read_bytes()
    assert rows(breakable.database) == [row for row in rows(copy) if row[1] != mine]
    assert pages[0].shown() == []
    assert "vlinder1" in str(pages[1].shown()) and "vlinder2" in str(pages[2].shown())


def test_what_was_erased_since_the_copy_does_not_come_back(tmp_path):
    """The same without servers: the disk is lost, the list of erasures is not."""
    database = tmp_path / "naast.db"
    store = ErasableTrackerStore(db=str(database))
    for sender in ("mine", "hers"):
        save(store, sender, f"op de trui van {sender} staat een vlinder")
    copy = backup(database, tmp_path / "backups", NOW)
    asyncio.run(store.erase("mine"))
    store.engine.dispose()
    for file in tmp_path.glob("naast.db*"):
        if not file.name.endswith(".erased"):
            file.unlink()
    assert restore(copy, database, days=45, now=datetime.datetime.now(UTC)) == 1
    assert {row[1] for row in rows(database)} == {"hers"} and b"trui van mine" not in database.read_bytes()


def test_what_has_been_kept_long_enough_does_not_come_back(held, tmp_path):
    _, copy = held
    later = datetime.datetime.now(UTC) + datetime.timedelta(days=46)
    restore(copy, tmp_path / "naast.db", days=45, now=later)
    assert rows(tmp_path / "naast.db") == []


def test_nothing_is_restored_under_a_server_that_runs(held, breakable):
    _, copy = held
    holding = sqlite3.connect(breakable.database, isolation_level=None)
    holding.execute("BEGIN")
    holding.execute("SELECT count(*) FROM events").fetchone()
    before = rows(breakable.database)
    with pytest.raises(InUse):
        restore(copy, breakable.database, days=45, now=datetime.datetime.now(UTC))
    holding.close()
    assert rows(breakable.database) == before
    assert not list(breakable.folder.glob("*.restoring*"))  # a copy outside retention and erasing


def test_a_damaged_copy_changes_nothing(held, tmp_path):
    _, copy = held
    damaged = tmp_path / "damaged.db"
    content = bytearray(copy.read_bytes())
    content[4096:8192] = bytes(4096)
    damaged.write_bytes(content)
    target = tmp_path / "naast.db"
    restore(copy, target, days=45, now=datetime.datetime.now(UTC))
    before = rows(target)
    with pytest.raises(sqlite3.DatabaseError):
        restore(damaged, target, days=45, now=datetime.datetime.now(UTC))
    assert rows(target) == before


def test_old_copies_go_and_with_them_the_lines_of_what_was_erased(tmp_path):
    for days in (1, erasures.KEPT_DAYS + 1):
        (tmp_path / (NOW - datetime.timedelta(days=days)).strftime(NAME)).touch()
    (tmp_path / "naast-before-the-upgrade.db").touch()
    assert remove_old(tmp_path, NOW) == 1 and len(list(tmp_path.iterdir())) == 2
    file = tmp_path / "naast.db.erased"
    erasures.note(file, "old", NOW.timestamp() - (erasures.KEPT_DAYS + 2) * 86400)
    erasures.note(file, "new", NOW.timestamp())
    erasures.prune(file, NOW.timestamp())
    assert erasures.among(file, {"old": 0.0, "new": 0.0, "begun anew": 0.0}) == {"new"}
    assert erasures.among(file, {"new": NOW.timestamp() + 60}) == frozenset()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and len(file.read_text().splitlines()) == 1


def test_a_database_of_the_first_version_is_read_and_written_today(tmp_path):
    """As Rasa 3.6 itself lays it out, without our settings."""
    from rasa.core.tracker_store import SQLTrackerStore
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import ActionExecuted, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    path = str(tmp_path / "naast.db")
    events = [ActionExecuted("action_session_start"), UserUttered("blijft")]
    tracker = DialogueStateTracker.from_events("mine", events, domain=Domain.empty())
    asyncio.run(SQLTrackerStore(domain=Domain.empty(), dialect="sqlite", db=path).save(tracker))
    store = ErasableTrackerStore(domain=Domain.empty(), db=path)
    assert asyncio.run(store.retrieve("mine")).events[1].text == "blijft"
    assert asyncio.run(store.erase("mine")) == 2
