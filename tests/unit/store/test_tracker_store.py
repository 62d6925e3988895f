import asyncio

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.store.tracker_store import ErasableTrackerStore

PLANTED = "zwaluwstaart-kanarie-vleugel"


@pytest.fixture
def store(tmp_path):
    return ErasableTrackerStore(domain=Domain.empty(), db=str(tmp_path / "folder" / "naast.db"))


def save(store, sender, text):
    events = [ActionExecuted("action_session_start"), UserUttered(text)]
    asyncio.run(store.save(DialogueStateTracker.from_events(sender, events, domain=Domain.empty())))


def bytes_on_disk(tmp_path):
    return b"".join(path.read_bytes() for path in (tmp_path / "folder").iterdir())


def test_erasing_takes_one_conversation_and_leaves_no_byte_of_it(store, tmp_path):
    save(store, "mine", PLANTED * 40)
    save(store, "hers", "een ander gesprek")
    assert PLANTED.encode() in bytes_on_disk(tmp_path)

    assert asyncio.run(store.erase("mine")) == 2

    assert PLANTED.encode() not in bytes_on_disk(tmp_path)
    assert asyncio.run(store.retrieve("mine")) is None
    assert asyncio.run(store.retrieve("hers")).events[1].text == "een ander gesprek"


def test_erasing_an_unknown_conversation_is_no_error(store):
    assert asyncio.run(store.erase("nobody")) == 0


def test_a_conversation_survives_a_new_process(store, tmp_path):
    save(store, "mine", "blijft")
    again = ErasableTrackerStore(domain=Domain.empty(), db=str(tmp_path / "folder" / "naast.db"))
    assert asyncio.run(again.retrieve("mine")).events[1].text == "blijft"
