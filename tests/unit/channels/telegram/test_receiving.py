"""What comes in is kept as one thing with what is remembered of it."""

import asyncio
import json

import pytest
from rasa.shared.core.domain import Domain

from naast.channels.telegram import updates
from naast.channels.telegram.receiving import Receiving
from naast.store import inbox as inbox_module
from naast.store.inbox import Inbox
from naast.store.tracker_store import ErasableTrackerStore
from tests.unit.channels.telegram.test_updates import GROUP, ME, update

KEY = b"a key of at least thirty-two characters"


class Woken:
    """Stands for the worker: remembers what it was told."""

    def __init__(self):
        self.woken, self.said = [], []

    def wake(self, sender_id, at_once=False):
        self.woken.append((sender_id, at_once))

    async def say_at_once(self, incoming, sender_id, sentence):
        self.said.append(sentence)


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    monkeypatch.setenv("NAAST_KEY", KEY.decode())
    return Inbox(ErasableTrackerStore(domain=Domain.empty(), db=str(tmp_path / "naast.db")).engine, KEY, "telegram")


@pytest.fixture
def worker():
    return Woken()


@pytest.fixture
def receive(inbox, worker):
    receiving = Receiving(inbox, worker, delivery=None)

    def run(number, **content):
        async def work():
            await receiving.receive(json.loads(json.dumps({**update(**content), "update_id": number})))
            await asyncio.gather(*receiving._beside)

        asyncio.run(work())

    return run


def waiting(inbox):
    (sender_id,) = inbox.waiting()
    found = []
    while (entry := inbox.next(sender_id)) is not None:
        found.append(entry.content["incoming"])
        inbox.done(entry)
    return found


def test_a_group_is_explained_once_also_where_the_server_dies_before_it_is_kept(inbox, receive, monkeypatch):
    def dies(*_):
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "_make_sure_of_room", dies)
        with pytest.raises(OSError):
            receive(1, chat=GROUP, text="hallo")
    for number in (1, 2, 2):
        receive(number, chat=GROUP, text="hallo")
    assert [each["kind"] for each in waiting(inbox)] == [updates.GROUP, updates.LEAVE]


def test_a_group_that_floods_hears_nothing_more(inbox, receive, worker, monkeypatch):
    monkeypatch.setattr(inbox_module, "MOST_OF_ONE", 2)
    for number in range(5):
        receive(number, chat=GROUP, text="hallo")
    assert len(waiting(inbox)) == 2 and worker.said == []


def test_the_command_that_erases_takes_the_place_of_all_that_waits_also_where_there_is_no_room(
    inbox, receive, worker, monkeypatch
):
    monkeypatch.setattr(inbox_module, "MOST_OF_ONE", 2)
    for number, text in enumerate(("een", "twee", "drie", "/WIS@naast_bot")):
        receive(number, text=text)
    receive(3, text="/WIS@naast_bot")
    receive(4, text="hallo")
    assert [each["text"] for each in waiting(inbox)] == ["/WIS@naast_bot", "hallo"]
    assert [at_once for _, at_once in worker.woken] == [False, False, False, True, False, False]
    assert worker.said == ["too_many"]


def test_of_another_conversation_nothing_is_dropped(inbox, receive):
    receive(1, text="een", chat={**ME, "id": 43})
    receive(2, text="/wis")
    assert len(inbox.waiting()) == 2
