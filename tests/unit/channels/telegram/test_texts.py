import re

import pydantic
import pytest
import yaml

from naast.channels.telegram.texts import PATH, TelegramTexts, telegram_texts
from naast.guidance import readability
from naast.guidance.library import GUIDANCE, load


def test_every_command_and_start_leads_to_an_intent():
    intents = set(yaml.safe_load((GUIDANCE.parent / "domain.yml").read_text(encoding="utf-8"))["intents"])
    texts = telegram_texts()
    payloads = [each.payload for each in [*texts.commands, *texts.starts.values()] if each.payload]
    assert payloads and {re.match(r"/(\w+)", payload)[1] for payload in payloads} <= intents
    assert texts.command("wis").erase and texts.command("start") and texts.command("niets") is None


def test_numbers_are_those_of_the_contacts():
    known = {contact.phone for contact in load().contacts.values()}
    assert set(re.findall(r"\d{3,}", PATH.read_text(encoding="utf-8"))) <= known


def test_sentences_are_easy_to_read():
    for text in telegram_texts().sentences.dict().values():
        assert readability.score(text) >= readability.EASY_ENOUGH, text
        assert all(
            len(readability.words(sentence)) <= readability.MAX_WORDS for sentence in readability.sentences(text)
        )


@pytest.mark.parametrize(
    "change",
    [
        {"sentences": {}},
        {"short_description": "x" * 121},
        {"commands": [{"name": "Wis!", "does": "x", "erase": True}]},
        {"commands": [{"name": "wis", "does": "x"}]},
        {"starts": {"met spatie": {}}},
        {"website": "zonder naam"},
        {"unknown": "x"},
    ],
)
def test_a_damaged_file_stops_the_start(change):
    whole = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    with pytest.raises(pydantic.ValidationError):
        TelegramTexts.parse_obj({**whole, **change})
