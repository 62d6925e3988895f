"""What SQLite keeps in the middle of its pages: blanked while others work, and only where something was erased."""

import asyncio
import datetime
import random
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.privacy.retention import sweep
from naast.store import gaps
from naast.store.tracker_store import ErasableTrackerStore

LEFT_BEHIND = "zwaluwstaart-kanarie-vleugel"
WITH_REMAINS = (11, 19, 38)
"""So SQLite 3.40 left them; of another version `make prove` finds others."""


def opened(path):
    database = sqlite3.connect(path, isolation_level=None, timeout=10)
    for pragma in ("journal_mode=WAL", "synchronous=OFF", "secure_delete=ON"):
        database.execute(f"PRAGMA {pragma}")
    return database


def fill(database, chance):
    """Conversations come and go at random, of one row and of many, small and larger than a page.

    Returns:
        Those that were erased.
    """
    database.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, sender TEXT, words TEXT)")
    database.execute("CREATE INDEX of_sender ON said (sender)")
    database.execute("CREATE TABLE word (word TEXT, sender TEXT, PRIMARY KEY (word, sender)) WITHOUT ROWID")
    living, erased = [], []
    for _ in range(chance.randrange(50, 300)):
        if living and chance.random() < 0.3:
            erased.append(living.pop(chance.randrange(len(living))))
            database.execute("DELETE FROM said WHERE sender = ?", erased[-1:])
            database.execute("DELETE FROM word WHERE sender = ?", erased[-1:])
            continue
        if not living or chance.random() < 0.4:
            living.append(f"{chance.getrandbits(128):032x}")
        sender = chance.choice(living)
        words = [f"{chance.getrandbits(24):06x}:{sender}" for _ in range(chance.choice((1, 3, 8, 20, 250)))]
        database.execute("INSERT INTO said (sender, words) VALUES (?, ?)", (sender, " ".join(words)))
        database.executemany("INSERT OR IGNORE INTO word VALUES (?, ?)", [(word, sender) for word in words[:8]])
    return erased


def blank(path):
    return subprocess.run([sys.executable, "-I", gaps.__file__, str(path)], check=False).returncode


def content(path):
    """Of the database and its log. Read by another process: closing a file takes SQLite's locks away in this one."""
    return subprocess.run(["cat", path, f"{path}-wal"], capture_output=True, check=True).stdout


def left(path, senders):
    return [sender for sender in senders if sender.encode() in content(path)]


def prove(path, seeds):
    """Returns: how many erased conversations could be read, for each seed, before their remains were blanked."""
    seen = []
    for seed in seeds:
        file = path / f"{seed}.db"
        with closing(opened(file)) as database:
            erased = fill(database, random.Random(seed))
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            before, rows = left(file, erased), list(database.execute("SELECT * FROM said JOIN word USING (sender)"))
            assert blank(file) == 0
            assert left(file, erased) == [], seed
            assert list(database.execute("SELECT * FROM said JOIN word USING (sender)")) == rows
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        seen.append(len(before))
        file.unlink()
    return seen


def test_nothing_of_what_was_erased_is_left_in_a_database_filled_at_random(tmp_path):
    prove(tmp_path, WITH_REMAINS)


@pytest.mark.prove
def test_nor_in_two_thousand(tmp_path):
    assert sum(prove(tmp_path, range(2000))) > 0


@pytest.fixture
def store(tmp_path):
    return ErasableTrackerStore(domain=Domain.empty(), db=str(tmp_path / "naast.db"))


def save(store, sender, text):
    asyncio.run(store.save(DialogueStateTracker.from_events(sender, [UserUttered(text)], domain=Domain.empty())))


def start(tmp_path):
    """As a server starts, and sweeps."""
    started = ErasableTrackerStore(domain=Domain.empty(), db=str(tmp_path / "naast.db"))
    asyncio.run(sweep(started, 45, datetime.datetime.now(datetime.timezone.utc)))
    started.engine.dispose()


def leave_something(store, path):
    """What a page keeps of a row that went elsewhere."""
    store.engine.dispose()  # folds the log back
    page = bytearray(path.read_bytes())
    size = int.from_bytes(page[16:18], "big")
    number = page.index(b"blijft staan") // size
    begin, end = gaps.middle(bytes(page[number * size : (number + 1) * size]), number + 1)
    assert end - begin > len(LEFT_BEHIND)
    page[number * size + begin : number * size + begin + len(LEFT_BEHIND)] = LEFT_BEHIND.encode()
    path.write_bytes(page)


def test_a_start_reads_and_writes_nothing_of_a_database_in_which_nothing_was_erased(store, tmp_path):
    path = tmp_path / "naast.db"
    save(store, "hers", "blijft staan")
    start(tmp_path)
    leave_something(store, path)
    before = path.read_bytes()
    start(tmp_path)
    assert path.read_bytes() == before and LEFT_BEHIND.encode() in before
    asyncio.run(store.erase("nobody"))
    assert not store.is_to_be_scrubbed()


def test_what_an_erasure_could_not_blank_waits_for_the_next_start(store, tmp_path):
    path = tmp_path / "naast.db"
    for sender, text in (("hers", "blijft staan"), ("mine", "weg ermee")):
        save(store, sender, text)
    leave_something(store, path)
    asyncio.run(store.erase("mine", scrubs=False))
    assert store.is_to_be_scrubbed()
    store.engine.dispose()
    start(tmp_path)
    assert LEFT_BEHIND.encode() not in path.read_bytes() and not store.is_to_be_scrubbed()
    assert asyncio.run(store.holds("hers"))


def test_others_write_meanwhile_and_lose_nothing(tmp_path):
    path, over, written = tmp_path / "naast.db", threading.Event(), []

    def write():
        chance = random.Random(1)
        with closing(opened(path)) as database:
            while not over.is_set():
                sender = f"{chance.getrandbits(128):032x}"
                database.execute("INSERT INTO said (sender, words) VALUES (?, ?)", (sender, sender * 20))
                written.append(sender)

    with closing(opened(path)) as database:
        erased = fill(database, random.Random(11))
        before = {sender for (sender,) in database.execute("SELECT sender FROM said")}
        writing = threading.Thread(target=write)
        writing.start()
        try:
            ended = [blank(path) for _ in range(5)]
        finally:
            over.set()
            writing.join()
        assert blank(path) == 0 and left(path, erased) == []
        found = {sender for (sender,) in database.execute("SELECT sender FROM said")}
        assert found == {*before, *written}
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert 0 in ended


def test_what_is_erased_meanwhile_is_blanked_the_next_time(tmp_path, monkeypatch):
    path = tmp_path / "naast.db"
    with closing(opened(path)) as database:
        fill(database, random.Random(11))
        look = gaps.Database._pages_that_hold_something

        def erase_and_look(self):
            database.execute("PRAGMA user_version=7")  # as disk.mark does it
            return look(self)

        monkeypatch.setattr(gaps.Database, "_pages_that_hold_something", erase_and_look)
        gaps.main(str(path))
        assert database.execute("PRAGMA user_version").fetchone() == (7,)
        monkeypatch.undo()
        gaps.main(str(path))
        assert database.execute("PRAGMA user_version").fetchone() == (gaps.CLEAN,)
