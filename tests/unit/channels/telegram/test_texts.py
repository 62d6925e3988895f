import re

import pydantic
import pytest
import yaml

from naast.channels.telegram.texts import NAME, TelegramTexts, telegram_texts, words_of
from naast.guidance import readability
from naast.guidance.library import FIRST, GUIDANCE, languages, load

LANGUAGES = languages()


def test_every_command_and_start_leads_to_an_intent():
    intents = set(yaml.safe_load((GUIDANCE.parent / "domain.yml").read_text(encoding="utf-8"))["intents"])
    texts = telegram_texts()
    payloads = [each.payload for each in [*texts.commands, *texts.starts.values()] if each.payload]
    assert payloads and {re.match(r"/(\w+)", payload)[1] for payload in payloads} <= intents
    assert texts.command("wis").erase and texts.command("taal").languages
    assert texts.command("bewaard").export and texts.command("niets") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_those_of_the_contacts(language):
    known = {contact.phone for contact in load().contacts.values()}
    words = (GUIDANCE / language / NAME).read_text(encoding="utf-8")
    assert set(re.findall(r"\d{3,}", words)) <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_words_of_its_own(language):
    texts, first = telegram_texts(language), telegram_texts(FIRST)
    assert texts.language == language
    assert [command.copy(update={"does": ""}) for command in texts.commands] == [
        command.copy(update={"does": ""}) for command in first.commands
    ]
    if language != FIRST:
        own, theirs = texts.sentences.dict(), first.sentences.dict()
        assert not set(own.values()) & set(theirs.values())
        assert not {command.does for command in texts.commands} & {command.does for command in first.commands}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_easy_to_read(language):
    for text in telegram_texts(language).sentences.dict().values():
        assert (readability.score(text, language) or readability.EASY_ENOUGH) >= readability.EASY_ENOUGH, text
        assert all(
            len(readability.words(sentence)) <= readability.MAX_WORDS for sentence in readability.sentences(text)
        )


def test_a_language_that_naast_does_not_speak_gets_the_nearest():
    assert telegram_texts("tr").language == ("en" if "en" in LANGUAGES else FIRST)


@pytest.mark.parametrize(
    "change",
    [
        {"sentences": {}},
        {"short_description": "x" * 121},
        {"commands": [{"name": "Wis!", "does": "x", "erase": True}]},
        {"commands": [{"name": "wis", "does": "x"}]},
        {"commands": [{"name": "wis", "does": "x", "erase": True, "payload": "/greet"}]},
        {"starts": {"met spatie": {}}},
        {"website": "zonder naam"},
        {"unknown": "x"},
    ],
)
def test_a_damaged_file_stops_the_start(change):
    with pytest.raises(pydantic.ValidationError):
        TelegramTexts.parse_obj({**words_of(FIRST), "language": FIRST, **change})


def test_a_translation_that_lacks_a_command_stops_the_start(tmp_path):
    for language, words in ((FIRST, "commands: [{name: wis, does: Wis}]"), ("en", "commands: {}")):
        (tmp_path / language).mkdir()
        (tmp_path / language / NAME).write_text(words, encoding="utf-8")
    with pytest.raises(KeyError):
        words_of("en", tmp_path)
