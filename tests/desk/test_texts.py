"""The words of the desk: the same in both languages, and none missing where a page asks for one."""

import re
from pathlib import Path

import pytest

import naast.desk
from naast.desk.conversations.filters import FLAGS, SORTS, STATUSES
from naast.desk.texts import LANGUAGES, load_texts

DESK = Path(naast.desk.__file__).parent


@pytest.fixture(scope="module")
def texts():
    return load_texts()


def test_both_languages_have_the_same_texts_with_the_same_values(texts):
    first, second = (texts[name].texts for name in LANGUAGES)
    assert first.keys() == second.keys()
    for key in first:
        assert set(re.findall(r"{\w+}", str(first[key]))) == set(re.findall(r"{\w+}", str(second[key]))), key


def test_every_text_that_a_page_asks_for_is_there(texts):
    asked = set()
    for path in [*DESK.rglob("*.html"), *DESK.rglob("*.py")]:
        asked |= set(re.findall(r"""\bt\(\s*["']([\w.]+)["']\s*[,)]""", path.read_text(encoding="utf-8")))
    assert len(asked) > 100 and not asked - texts["nl"].texts.keys()


def test_everything_that_is_chosen_from_a_list_has_a_name(texts, known_vocabulary):
    named = {f"flag.{name}" for name in FLAGS} | {f"sort.{name}" for name in SORTS}
    named |= {f"status.{name}" for name in STATUSES} | {f"intent.{name}" for name in known_vocabulary.intents}
    named |= {f"fact.{name}" for name in known_vocabulary.facts}
    assert not named - texts["nl"].texts.keys()


def test_no_template_holds_words_of_its_own():
    for path in DESK.rglob("*.html"):
        filled = re.sub(r"{%.*?%}|{{.*?}}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        bare = re.sub(r"<[^>]*>", " ", filled)
        assert not re.findall(r"[A-Za-zé]{3,}", bare), path.name
