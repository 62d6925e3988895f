import asyncio
import datetime
import itertools
import subprocess

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import OperationalError

from naast.privacy.logs import where
from naast.privacy.retention import sweep
from naast.store import disk, erasures
from naast.store.tracker_store import ErasableTrackerStore

PLANTED = "zwaluwstaart-kanarie-vleugel"


@pytest.fixture
def store(tmp_path):
    return ErasableTrackerStore(domain=Domain.empty(), db=str(tmp_path / "folder" / "naast.db"))


def save(store, sender, text):
    events = [ActionExecuted("action_session_start"), UserUttered(text)]
    asyncio.run(store.save(DialogueStateTracker.from_events(sender, events, domain=Domain.empty())))


def bytes_on_disk(tmp_path):
    """All but what processes share in memory. Read by another one: closing a file takes away SQLite's locks on it."""
    files = sorted(path for path in (tmp_path / "folder").iterdir() if path.suffix != ".db-shm")
    return subprocess.run(["cat", *files], capture_output=True, check=True).stdout


def test_erasing_takes_one_conversation_and_leaves_no_byte_of_it(store, tmp_path):
    save(store, "mine", PLANTED * 40)
    save(store, "hers", "een ander gesprek")
    assert PLANTED.encode() in bytes_on_disk(tmp_path)

    assert asyncio.run(store.erase("mine")) == 2

    assert PLANTED.encode() not in bytes_on_disk(tmp_path)
    assert asyncio.run(store.holds("hers")) and not asyncio.run(store.holds("mine"))
    assert asyncio.run(store.retrieve("mine")) is None
    assert asyncio.run(store.retrieve("hers")).events[1].text == "een ander gesprek"


def test_a_copy_that_sqlite_left_in_a_page_is_gone_too(store, tmp_path):
    """A page that gives a row to another keeps a copy beside its rows, which `secure_delete` passes over."""
    save(store, "mine", "weg ermee")
    store.engine.dispose()  # folds the log back
    path = tmp_path / "folder" / "naast.db"
    content = bytearray(path.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    page = content.index(b"weg ermee") // size * size
    rows, free_until = (int.from_bytes(content[page + at : page + at + 2], "big") for at in (3, 5))
    free_from = page + 8 + 2 * rows
    assert free_from + len(PLANTED) < page + free_until
    content[free_from : free_from + len(PLANTED)] = PLANTED.encode()
    path.write_bytes(content)

    assert asyncio.run(store.erase("mine")) == 2
    assert PLANTED.encode() not in bytes_on_disk(tmp_path)


def test_a_large_database_is_scrubbed_by_the_sweep(store, tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "BLANKED_AT_ONCE", 0)
    save(store, "mine", "weg ermee")
    asyncio.run(store.erase("mine"))
    assert store.is_to_be_scrubbed()
    asyncio.run(sweep(store, 30, datetime.datetime.now(datetime.timezone.utc)))
    assert not store.is_to_be_scrubbed()


def test_erasing_an_unknown_conversation_is_no_error_and_writes_nothing(store, tmp_path):
    before = bytes_on_disk(tmp_path)
    assert asyncio.run(store.erase("nobody")) == 0
    assert bytes_on_disk(tmp_path) == before
    assert not erasures.beside(tmp_path / "folder" / "naast.db").exists()


def test_a_database_is_for_its_owner_only(store, tmp_path):
    save(store, "mine", "van mij")
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "folder").iterdir()} == {0o600}


def test_who_waits_for_the_database_keeps_nobody_else_waiting(store):
    async def beside_a_save():
        saving = asyncio.ensure_future(store.save(DialogueStateTracker.from_events("mine", [UserUttered("wacht")])))
        while not saving.done():
            assert await asyncio.wait_for(store.holds("hers"), 1) is False
            if not others:
                others.append(lock.exec_driver_sql("ROLLBACK"))
        await saving

    others = []
    with store.engine.connect() as lock:
        lock.exec_driver_sql("BEGIN IMMEDIATE")
        asyncio.run(beside_a_save())
    assert others and asyncio.run(store.holds("mine"))


def test_a_conversation_survives_a_new_process(store, tmp_path):
    save(store, "mine", "blijft")
    again = ErasableTrackerStore(domain=Domain.empty(), db=str(tmp_path / "folder" / "naast.db"))
    assert asyncio.run(again.retrieve("mine")).events[1].text == "blijft"


def test_what_says_who_it_is_is_not_kept_and_the_running_turn_still_has_it(store, tmp_path):
    parsed = {"intent": {"name": "greet"}, "text": "mijn zoon Daan, bel 06 12345678", "text_tokens": [(0, 4)]}
    event = UserUttered(parsed["text"], parse_data=parsed, metadata={"phone": "06 12345678"})
    asyncio.run(store.save(DialogueStateTracker.from_events("mine", [event], domain=Domain.empty())))
    assert event.text == parsed["text"]
    assert b"12345678" not in bytes_on_disk(tmp_path) and b"Daan" not in bytes_on_disk(tmp_path)
    stored = asyncio.run(store.retrieve("mine")).events[0]
    assert stored.text == "mijn zoon [naam], bel [telefoon]" and stored.intent_name == "greet"


@pytest.mark.parametrize(("days", "left"), [(44.9, True), (45.1, False)])
def test_a_conversation_is_erased_when_it_has_been_silent_long_enough(store, tmp_path, days, left):
    save(store, "mine", PLANTED * 40)
    later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    erased = asyncio.run(sweep(store, 45, later))
    assert erased == (0 if left else 1)
    assert (PLANTED.encode() in bytes_on_disk(tmp_path)) is left


def test_others_get_their_turn_between_two_erasures_and_the_list_is_read_once(store, monkeypatch):
    for number in range(9):
        save(store, f"silent {number}", "lang geleden")
    turns, seen, pruned = itertools.count(), [], []
    erase, prune = store.erase, erasures.prune
    monkeypatch.setattr(erasures, "prune", lambda *about: pruned.append(prune(*about)))

    async def erase_and_look(sender_id, **how):
        seen.append(next(turns))
        return await erase(sender_id, **how)

    monkeypatch.setattr(store, "erase", erase_and_look)
    later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=46)

    async def beside_others():
        sweeping = asyncio.ensure_future(sweep(store, 45, later))
        while not sweeping.done():
            next(turns)
            await asyncio.sleep(0)
        return sweeping.result()

    assert asyncio.run(beside_others()) == 9 and len(pruned) == 1
    assert all(after - before > 1 for before, after in zip(seen, seen[1:])), "nobody else had a turn"


def test_a_message_is_known_by_its_id_in_its_own_conversation(store):
    event = UserUttered("hallo", parse_data={"intent": {"name": "greet"}}, message_id='een"%_1')
    asyncio.run(store.save(DialogueStateTracker.from_events("mine", [event], domain=Domain.empty())))
    assert asyncio.run(store.has_message("mine", 'een"%_1'))
    assert not asyncio.run(store.has_message("hers", 'een"%_1'))
    assert not asyncio.run(store.has_message("mine", "een")) and not asyncio.run(store.has_message("mine", "%"))


def test_a_database_that_is_read_only_is_named_without_a_word_and_works_again_after(store):
    save(store, "hers", "staat er al")
    for read_only, kept in (("ON", False), ("OFF", True)):
        with store.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA query_only={read_only}")
        if kept:
            save(store, "mine", PLANTED)
        else:
            with pytest.raises(OperationalError) as failed:
                save(store, "mine", PLANTED)
            assert "SQLITE_READONLY" in where(failed.value) and PLANTED not in where(failed.value)
            assert not store.is_writable()
        assert asyncio.run(store.holds("mine")) is kept and asyncio.run(store.holds("hers"))
    assert store.is_writable()


def test_a_disk_that_is_full_and_a_database_that_is_held_are_named(store):
    with store.engine.connect() as connection, store.engine.connect() as other:
        connection.exec_driver_sql("PRAGMA max_page_count=1")
        with pytest.raises(OperationalError, match="full") as full:
            connection.exec_driver_sql("CREATE TABLE more AS SELECT * FROM events")
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked") as held:
            connection.exec_driver_sql("DELETE FROM events")
        other.exec_driver_sql("ROLLBACK")
    assert "[OperationalError SQLITE_FULL at" in where(full.value)
    assert "[OperationalError SQLITE_BUSY at" in where(held.value)


def test_what_cannot_be_written_to_is_told(store, tmp_path):
    assert store.is_writable()
    with store.engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        assert not store.is_writable()
        other.exec_driver_sql("ROLLBACK")
    assert store.is_writable()
