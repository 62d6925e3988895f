"""What a command sends that no turn of Rasa answers."""

import asyncio
from types import SimpleNamespace

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.channels.telegram.answering import Answering
from naast.channels.telegram.texts import telegram_texts
from naast.channels.telegram.updates import EDIT, TEXT, Incoming
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


@pytest.fixture
def say(store):
    """Says something in the one chat there is; returns the words of the answer."""
    answering = Answering(SimpleNamespace(tracker_store=store), Views(store.engine))

    def run(number, kind, text, message=6):
        answer = asyncio.run(answering.answer(Incoming(number, kind, 5, message, text), "parent"))
        return [piece["params"].get("text") for piece in answer["pieces"]], answer["erases"]

    return run


def test_an_edit_that_changes_nothing_is_not_answered_again(say):
    said, _ = say(1, TEXT, "/taal")
    assert said[0] == telegram_texts().sentences.languages
    assert say(2, EDIT, "/taal") == ([], False)


def test_an_edit_into_a_command_is_a_command_and_back_again(say):
    sentences = telegram_texts().sentences
    say(1, TEXT, "/taal")
    assert say(2, EDIT, "/bewaard")[0][0] == sentences.kept
    assert say(3, EDIT, "/taal")[0][0] == sentences.languages


def test_an_edit_that_was_begun_before_the_server_died_is_answered_by_the_next(say):
    say(1, TEXT, "/taal")
    for _ in range(2):
        assert say(2, EDIT, "/bewaard")[0][0] == telegram_texts().sentences.kept


def test_an_older_message_is_only_read_again_where_it_says_to_erase(say):
    sentences = telegram_texts().sentences
    say(1, TEXT, "/taal", message=6)
    say(2, TEXT, "/taal", message=7)
    assert say(3, EDIT, "/bewaard", message=6)[0] == [sentences.old_edit]
    assert say(4, EDIT, "/wis", message=6) == ([sentences.wiped, sentences.telegram_keeps], True)


def test_what_was_said_last_is_kept_as_a_keyed_hash_alone(say, store):
    say(1, TEXT, "/taal")
    with store.engine.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT last_text FROM messenger_view").fetchall()
    assert len(row[0]) == 32 and "taal" not in row[0]
