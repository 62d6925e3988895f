"""The inbox: kept before it is acknowledged, taken once, in order, unreadable to a thief, gone when answered."""

import asyncio
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.core.domain import Domain

from naast.privacy.retention import sweep
from naast.store import inbox as inbox_module
from naast.store.inbox import DAYS_SEEN, Full, Inbox
from naast.store.messenger import View, Views
from naast.store.tables import metadata
from naast.store.tracker_store import ErasableTrackerStore

KEY = b"a key of at least thirty-two characters"
WORDS = "mijn dochter Zwaluwstaart wordt gechanteerd"


@pytest.fixture
def store(tmp_path):
    return ErasableTrackerStore(domain=Domain.empty(), db=str(tmp_path / "folder" / "naast.db"))


@pytest.fixture
def inbox(store):
    return Inbox(store.engine, KEY, "telegram")


def put(inbox, number, sender="mine", **more):
    return inbox.put(str(number), number, sender, {"chat": 700000001, "text": WORDS}, **more)


def on_disk(tmp_path):
    return b"".join(path.read_bytes() for path in (tmp_path / "folder").iterdir())


def rows(store):
    with store.engine.connect() as connection:
        return {name: connection.execute(table.select()).fetchall() for name, table in metadata.tables.items()}


def test_a_message_waits_until_it_is_answered_and_leaves_nothing(inbox, store):
    assert put(inbox, 5) and inbox.waiting() == ["mine"]
    entry = inbox.next("mine")
    assert entry.content == {"chat": 700000001, "text": WORDS} and entry.sent == 0
    entry = inbox.keep_answer(entry, {"chat": 700000001, "pieces": ["hoi"]})
    inbox.sent(entry, 1)
    again = inbox.next("mine")
    assert (again.content, again.sent) == ({"chat": 700000001, "pieces": ["hoi"]}, 1)
    inbox.done(entry)
    assert inbox.next("mine") is None and inbox.waiting() == [] and rows(store)["inbox"] == []


def test_a_message_delivered_again_is_not_taken_again_also_not_after_its_answer(inbox):
    assert put(inbox, 5) and not put(inbox, 5)
    inbox.done(inbox.next("mine"))
    assert not put(inbox, 5) and inbox.next("mine") is None


def test_a_message_with_another_name_that_was_seen_is_not_taken_and_may_come_again_by_its_own(inbox):
    assert put(inbox, 5, also_once=["keyboard"])
    assert not put(inbox, 6, also_once=["keyboard"])
    assert [entry.delivery for entry in [inbox.next("mine")]] == ["5"]
    assert put(inbox, 6)  # refused as a whole, so its own number was not remembered


def test_what_arrives_out_of_order_is_answered_in_order_and_what_was_begun_is_finished_first(inbox):
    for number in (8, 7):
        put(inbox, number)
    assert inbox.next("mine").delivery == "7"
    inbox.sent(inbox.next("mine"), 1)
    put(inbox, 6)
    assert inbox.next("mine").delivery == "7"


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["mine", "hers", "his"])), max_size=30))
@settings(max_examples=12, deadline=None)
def test_every_message_is_handed_out_exactly_once_in_order(tmp_path_factory, delivered):
    folder = tmp_path_factory.mktemp("inbox")
    inbox = Inbox(ErasableTrackerStore(domain=Domain.empty(), db=str(folder / "naast.db")).engine, KEY, "telegram")
    first = {}
    for number, sender in delivered:
        assert put(inbox, number, sender) is (number not in first)
        first.setdefault(number, sender)
    handed = []
    for sender in inbox.waiting():
        while (entry := inbox.next(sender)) is not None:
            handed.append((sender, int(entry.delivery)))
            inbox.done(entry)
    assert sorted(handed) == sorted((sender, number) for number, sender in first.items())
    for sender in {sender for sender, _ in handed}:
        mine = [number for each, number in handed if each == sender]
        assert mine == sorted(mine)


def test_a_thief_of_the_database_reads_neither_words_nor_address(inbox, tmp_path):
    put(inbox, 5)
    stolen = on_disk(tmp_path)
    assert b"Zwaluwstaart" not in stolen and b"700000001" not in stolen


def test_what_was_sealed_with_another_key_is_told_from_what_can_be_read(store, inbox):
    put(inbox, 5)
    assert Inbox(store.engine, KEY + b"!", "telegram").next("mine").content is None


def test_no_room_is_said_before_anything_is_kept(inbox, monkeypatch):
    monkeypatch.setattr(inbox_module, "MOST_OF_ONE", 2)
    monkeypatch.setattr(inbox_module, "MOST", 3)
    assert put(inbox, 1) and put(inbox, 2)
    with pytest.raises(Full) as of_one:
        put(inbox, 3)
    assert of_one.value.of_one
    assert put(inbox, 4, "hers")
    with pytest.raises(Full) as of_all:
        put(inbox, 5, "his")
    assert not of_all.value.of_one
    inbox.done(inbox.next("mine"))
    assert put(inbox, 3)  # was not remembered as seen


def test_erasing_takes_a_persons_rows_out_of_every_table_and_leaves_the_others(inbox, store):
    views = Views(store.engine)
    for number, sender in ((1, "mine"), (2, "hers")):
        put(inbox, number, sender)
        views.begin(sender, number)
    asyncio.run(store.erase("mine"))
    left = rows(store)
    for name, table in metadata.tables.items():
        if "sender_id" in table.c:
            assert [row["sender_id"] for row in left[name]] == ["hers"], name
        else:
            assert name == "inbox_seen"  # numbers of deliveries, of nobody


def test_what_came_after_the_wish_to_be_erased_still_waits(inbox, store):
    for number in (1, 2, 3):
        put(inbox, number)
    asyncio.run(store.erase("mine", asked_in="2"))
    assert [inbox.next("mine").delivery, len(rows(store)["inbox"])] == ["2", 2]


@pytest.mark.parametrize(("days", "left"), [(44.9, 1), (45.1, 0)])
def test_retention_reaches_what_nobody_came_back_for(inbox, store, days, left):
    put(inbox, 1)
    Views(store.engine).begin("mine", 1)
    later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    asyncio.run(sweep(store, 45, later))
    assert [len(rows(store)[name]) for name in ("inbox", "messenger_view")] == [left, left]
    assert rows(store)["inbox_seen"] == []


def test_numbers_are_remembered_as_long_as_they_can_come_again(inbox, store):
    put(inbox, 1)
    soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=DAYS_SEEN - 1)
    asyncio.run(sweep(store, 45, soon))
    assert len(rows(store)["inbox_seen"]) == 1


def test_a_view_is_kept_by_the_hash_and_does_not_come_back_after_erasing(store):
    views = Views(store.engine)
    assert views.of("mine") == View()
    views.begin("mine", 7)
    views.change("mine", plan_message=9, plan_steps=6, plan_done=0)
    views.begin("mine", 8)
    assert views.of("mine") == View(False, 8, 9, 6, 0)
    asyncio.run(store.erase("mine"))
    assert not views.change("mine", plan_message=9) and views.of("mine") == View()
