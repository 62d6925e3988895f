"""What a command sends that no turn of Rasa answers."""

import asyncio
from types import SimpleNamespace

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.channels.telegram.answering import Answering
from naast.channels.telegram.texts import telegram_texts
from naast.channels.telegram.updates import TEXT, Incoming
from naast.privacy.export import words
from naast.store.messenger import Views
from naast.store.tracker_store import ErasableTrackerStore

SLOTS = {"language": {"type": "text", "influence_conversation": False, "mappings": []}}
DOMAIN = Domain.from_dict({"intents": ["report_sextortion"], "slots": SLOTS})


@pytest.fixture
def store(tmp_path):
    return ErasableTrackerStore(domain=DOMAIN, db=str(tmp_path / "naast.db"))


def ask_what_is_kept(store, language):
    """The words and the document of the answer to /bewaard, from a Telegram in this language."""
    answering = Answering(SimpleNamespace(tracker_store=store), Views(store.engine))
    incoming = Incoming(1, TEXT, 5, 6, "/bewaard", language=language)
    answer = asyncio.run(answering.answer(incoming, "parent"))
    assert not answer["erases"]
    spoken, document, *_ = answer["pieces"]
    assert document["method"] == "sendDocument"
    return spoken["params"]["text"], document["file"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_kept_comes_as_a_document_in_the_language_of_the_conversation(store, language):
    events = [SlotSet("language", language), UserUttered("zeepaard", {"name": "report_sextortion", "confidence": 1.0})]
    asyncio.run(store.save(DialogueStateTracker.from_events("parent", events, domain=DOMAIN, slots=DOMAIN.slots)))
    said, file = ask_what_is_kept(store, "nl")
    assert said == telegram_texts(language).sentences.kept
    texts = words(language).texts
    assert file["name"] == texts["file_name"] and f"{texts['parent']}: zeepaard" in file["text"]


def test_of_nothing_is_said_that_nothing_is_kept_in_the_language_of_telegram(store):
    said, file = ask_what_is_kept(store, "en")
    assert said == telegram_texts("en").sentences.kept and words("en").texts["nothing"] in file["text"]
