"""No item, button, question, page or sentence lacks a language; and a language is added by adding a folder."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from naast.channels.texts import channel_texts
from naast.guidance.checking import problems
from naast.guidance.checking_translation import untranslated
from naast.guidance.library import FIRST, GUIDANCE, languages, load, nearest
from naast.guidance.reading import GuidanceError
from naast.guidance.rendering import render
from naast.guidance.schema import MAX_BUTTON_TITLE, MAX_CHARACTERS
from naast.understanding.language.detect import codes

PROJECT = GUIDANCE.parent
OTHERS = [language for language in languages() if language != FIRST]
DUTCH = load()


def content(language, name):
    return yaml.safe_load((GUIDANCE / language / name).read_text(encoding="utf-8"))


def test_english_is_spoken():
    assert languages()[:1] == [FIRST] and "en" in languages()


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_lacks_a_language(language):
    assert untranslated(load(language=language), DUTCH) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_is_in_order(language):
    assert problems(load(language=language)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_changes_words_only(language):
    def advice(item):
        fixed = item.dict(exclude={"text", "simpler", "title", "done_title", "buttons"})
        return fixed, [(button.intent, button.set) for button in item.buttons]

    library = load(language=language)
    assert [advice(item) for item in library.items()] == [advice(item) for item in DUTCH.items()]


@pytest.mark.parametrize("language", OTHERS)
def test_titles_fit_their_buttons_and_no_two_of_one_item_are_alike(language):
    library = load(language=language)
    for holder in [*library.items(), *library.questions.values()]:
        titles = [button.title for button in holder.buttons]
        assert len(set(titles)) == len(titles), (holder.id, titles)
        assert all(len(title) <= MAX_BUTTON_TITLE for title in titles)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", ["channel.yml", "widget.yml"])
def test_channels_and_widget_say_the_same_things(language, name):
    first, other = content(FIRST, name), content(language, name)
    assert other.keys() == first.keys()
    numbers = {key: value for key, value in first.items() if key.endswith("_number")}
    assert {key: other[key] for key in numbers} == numbers


def keys(words):
    """The keys of a file of words, also those within."""
    return {(name, key) for name, inner in words.items() for key in (keys(inner) if isinstance(inner, dict) else [()])}


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_kept_is_told_in_the_same_words(language):
    first, other = content(FIRST, "export.yml"), content(language, "export.yml")
    del first["working"]  # no words, but names of slots
    assert keys(other) == keys(first)
    assert "{days}" in other["until"]


@pytest.mark.parametrize("language", languages())
def test_what_is_kept_is_told_with_the_numbers(language):
    for name in ("emergency", "suicide_prevention", "zelfmoordlijn"):
        assert DUTCH.contacts[name].phone in content(language, "export.yml")["emergency"]


@pytest.mark.parametrize("language", languages())
def test_what_a_channel_says_holds_the_numbers_and_fits(language):
    texts = channel_texts(language)
    for name in ("emergency", "suicide_prevention", "zelfmoordlijn", "helpwanted"):
        assert DUTCH.contacts[name].phone in texts.emergency
    assert all(0 < len(sentence) <= MAX_CHARACTERS for sentence in (texts.emergency, *texts.sentences.values()))
    assert all(message["language"] == language for message in texts.safety_reply("unavailable"))


@pytest.mark.parametrize("code", sorted(DUTCH.foreign))
def test_a_language_naast_lacks_is_recognised_and_gets_the_numbers(code):
    words = DUTCH.foreign[code]
    assert code in codes() and code not in languages()
    for text, contacts in (
        (words.here, ("emergency", "suicide_prevention", "zelfmoordlijn")),
        (words.safety, ("emergency", "suicide_prevention", "zelfmoordlijn")),
        (words.help, ("helpwanted", "child_focus")),
    ):
        said = render(text, DUTCH.contacts)
        assert len(said) <= MAX_CHARACTERS
        assert all(DUTCH.contacts[name].phone in said for name in contacts)


def test_whoever_writes_a_language_without_words_is_answered_in_english():
    assert nearest("es") == "en" and nearest("nl") == "nl" and nearest("en") == "en"


def test_contacts_say_in_english_what_of_them_is_in_english():
    english = load(language="en").wording.english
    assert english and len({english.line, english.website, english.unknown}) == 3
    assert all(contact.english in (None, "line", "website") for contact in DUTCH.contacts.values())


@pytest.fixture
def copy(tmp_path):
    """The guidance and what reads it, with a language more: Toy, which is English with a little "toy" in it."""
    for folder in ("guidance", "actions", "naast/guidance", "naast/privacy"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("domain.yml", "naast/__init__.py", "naast/settings.py"):
        shutil.copy(PROJECT / name, tmp_path / name)
    toy = tmp_path / "guidance" / "xx"
    shutil.copytree(tmp_path / "guidance" / "en", toy)
    for path in toy.rglob("*.yml"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("You ", "Toy ").replace("your ", "toyr "), encoding="utf-8"
        )
    wording = yaml.safe_load((toy / "wording.yml").read_text(encoding="utf-8"))
    wording.update(language_name="Toy", language_button="Toy please")
    (toy / "wording.yml").write_text(yaml.safe_dump(wording), encoding="utf-8")
    return tmp_path


CONVERSATION = """
import asyncio, json
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from actions.advise import ActionAdvise
from actions.respond_to_report import ActionRespondToReport
from actions.short_answer import ActionShortAnswer
from actions.facts import LIST_FACTS, SCALAR_FACTS

slots = dict.fromkeys([*SCALAR_FACTS, *LIST_FACTS, "open_question", "told", "asked", "also_asked", "language"])
turns = [
    (ActionAdvise(), "greet", '/greet{"language": "xx"}', [("language", "xx")]),
    (ActionRespondToReport(), "report_sextortion", "...", [("demands", "money"), ("child_relation", "son")]),
    (ActionShortAnswer(), "affirm", "yes", []),
]
for action, intent, text, entities in turns:
    slots.update({name: value for name, value in entities if name in slots and name not in LIST_FACTS})
    message = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "intent_ranking": [],
               "entities": [{"entity": name, "value": value} for name, value in entities], "language": None}
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, Tracker("x", dict(slots), message, [], False, None, {}, "a"), {}))
    slots.update({event["name"]: event["value"] for event in events})
    print(json.dumps([[each["language"], each["text"]] for each in dispatcher.messages]))
"""


def test_a_language_is_added_by_adding_a_folder(copy):
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    ran = subprocess.run(
        [sys.executable, "-c", CONVERSATION], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    turns = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(turns) == 3 and all(language == "xx" for turn in turns for language, _ in turn)
    assert turns[1][0][1].startswith("I understand: toyr son, they want money.")


def test_what_a_language_still_lacks_is_said_in_the_first_one_and_told_to_the_editor(copy):
    root = copy / "guidance"
    (root / "xx" / "advice" / "thank.yml").unlink()
    (root / "xx" / "questions.yml").unlink()
    library = load(root, "xx")
    assert library.item("thank.default").text == DUTCH.item("thank.default").text
    told = untranslated(library, load(root))
    assert any("thank.default is not translated" in line for line in told)
    assert any("the question spread is not translated" in line for line in told)


def test_a_mistake_in_a_translation_is_told_with_file_and_line(copy):
    path = copy / "guidance" / "xx" / "advice" / "thank.yml"
    path.write_text("thank.default:\n  texts: [Thanks]\n", encoding="utf-8")
    with pytest.raises(GuidanceError, match=r"thank\.yml:2:"):
        load(copy / "guidance", "xx")
    path.write_text('thank.default:\n  text: ["Thanks, call {emergency}."]\n', encoding="utf-8")
    assert any(
        "thank.default: text has 1 bubbles" in line for line in untranslated(load(copy / "guidance", "xx"), DUTCH)
    )


def test_the_checks_hold_for_every_language(copy):
    path = copy / "guidance" / "en" / "advice" / "thank.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("You are welcome.", "Call 0800-0113.", 1), encoding="utf-8"
    )
    found = problems(load(copy / "guidance", "en"), Path(copy / "guidance"))
    assert any("belongs in contacts.yml" in line and "en/advice/thank.yml" in line for line in found)
