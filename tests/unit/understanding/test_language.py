"""In which language a message is written, and what a conversation makes of it."""

from pathlib import Path

import pytest
import yaml

from naast.guidance.spoken import spoken
from naast.understanding.language.component import LanguageDetector
from naast.understanding.language.detect import Language, codes, detect

ROOT = Path(__file__).resolve().parents[3]
TRANSLATED = ("nl", "en")


def said(text):
    language = detect(text)
    return {"code": language.code, "gap": language.gap, "words": language.words, "asked": language.asked}


def answered_in(text, chosen=None, website=None):
    return spoken(said(text), chosen, website, TRANSLATED)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mijn zoon wordt gechanteerd op snapchat", "nl"),
        ("amai ons dochter heeft foto's gestuurd", "nl"),
        ("my son is being blackmailed on snapchat", "en"),
        ("hello", "en"),
        ("should we pay?", "en"),
        ("oğluma şantaj yapıyorlar", "tr"),
        ("ابنتي أرسلت صورا", "ar"),
        ("mój syn jest szantażowany", "pl"),
        ("мого сина шантажують", "uk"),
        ("mon fils est victime de chantage", "fr"),
        ("mein sohn wird erpresst", "de"),
        ("bonjour", "fr"),
    ],
)
def test_the_first_message_says_which_language(text, language):
    assert answered_in(text) == language


@pytest.mark.parametrize(
    "text", ["ok", "nee", "no", "ja", "stop", "14", "???", "", "   ", "instagram", "Emma", "lol", "sorry"]
)
@pytest.mark.parametrize("chosen", TRANSLATED)
def test_a_short_answer_never_changes_it(text, chosen):
    assert answered_in(text, chosen) == chosen


@pytest.mark.parametrize(
    "text", ["sextortion", "helpwanted", "wat doet helpwanted", "hoe report ik een account op instagram"]
)
def test_a_loan_word_is_dutch(text):
    assert answered_in(text) == "nl" == answered_in(text, "nl")


@pytest.mark.parametrize(
    ("text", "chosen", "language"),
    [
        ("English please", "nl", "en"),
        ("kan het in het engels?", "nl", "en"),
        ("liever Nederlands", "en", "nl"),
        ("dutch", "en", "nl"),
        ("parlez-vous français", "nl", "fr"),
        ("mijn dochter had een onvoldoende voor engels en daar zat ze over in", "nl", "nl"),
    ],
)
def test_a_language_can_be_asked_for(text, chosen, language):
    assert answered_in(text, chosen) == language


def test_a_clear_sentence_in_the_other_language_changes_it_and_back():
    assert answered_in("I do not know what to do with my son", "nl") == "en"
    assert answered_in("ze heeft het hele gesprek verwijderd", "en") == "nl"
    assert answered_in("ze heeft het hele gesprek verwijderd", "tr") == "nl"


def test_the_language_of_the_website_holds_until_somebody_writes_another():
    assert spoken(said("ok"), None, "en", TRANSLATED) == "en"
    assert spoken(None, None, "en", TRANSLATED) == "en"
    assert spoken(said("mijn zoon wordt gechanteerd"), None, "en", TRANSLATED) == "nl"


@pytest.mark.parametrize("text", ["mijn son wordt blackmailed", "my dochter heeft nudes gestuurd"])
def test_a_mixed_message_stays_in_the_language_of_the_conversation(text):
    assert answered_in(text, "nl") == "nl"
    assert answered_in(text) in TRANSLATED


def messages(language):
    for path in sorted((ROOT / "data" / "nlu" / language).glob("*.yml")):
        for block in yaml.safe_load(path.read_text())["nlu"]:
            yield from (line.removeprefix("- ") for line in block["examples"].splitlines())


@pytest.mark.parametrize(("language", "every", "most"), [("nl", 10, 0.01), ("en", 1, 0.04)])
def test_few_training_messages_are_answered_in_another_language(language, every, most):
    texts = list(messages(language))[::every]
    other = [text for text in texts if answered_in(text, language) != language]
    assert len(other) <= most * len(texts), other


def test_whatever_is_typed_is_read_without_an_error():
    for text in ("\ud800", "\0", "a" * 5000, "😀" * 100, "/", "{}", "\n\n"):
        assert isinstance(detect(text), Language)


def test_the_component_adds_the_language_and_leaves_a_button_alone():
    from rasa.shared.nlu.training_data.message import Message

    typed, pressed = Message({"text": "should we pay him?"}), Message({"text": "/affirm"})
    LanguageDetector().process([typed, pressed])
    assert typed.get("language")["code"] == "en" and pressed.get("language") is None
    assert typed.get("intent") is None and typed.get("entities") is None


def test_every_language_has_its_words_and_a_name_known_to_the_detector():
    assert {"nl", "en", "tr", "ar", "pl", "uk", "fr", "de"} <= set(codes())
