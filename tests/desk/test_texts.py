"""The words of the desk: the same in both languages, and none missing where a page asks for one."""

import re
from pathlib import Path

import pytest
import yaml

import naast.desk
from naast.desk.conversations.filters import FLAGS, SORTS, STATUSES
from naast.desk.texts import LANGUAGES, load_texts
from naast.guidance.vocabulary import values
from tests.servers import ROOT

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


def test_every_value_condition_slot_and_stop_has_a_name(texts, known_vocabulary, guidance):
    held = {**known_vocabulary.facts, **values(guidance)}
    elsewhere = {"blame_kind": "blame", "language": "language"}
    named = {f"fact.{name}" for name in held}
    for name, known in held.items():
        if name not in ("told", "last"):  # items of the guidance, which have a title
            named |= {f"{elsewhere.get(name, 'value')}.{value}" for value in known or ()}
    for item in guidance.items():
        for condition in (item.when, item.unless):
            named |= {f"fact.{name}" for name in condition}
            named |= {f"value.{value}" for value in condition.values() if value in ("known", "unknown")}
    named |= {f"fact.{slot}" for slot in yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["slots"]}
    named |= {f"stop.{question}" for question in guidance.questions}
    missing = sorted(named - texts["nl"].texts.keys())
    assert not missing, " ".join(missing)


def test_no_template_holds_words_of_its_own():
    for path in DESK.rglob("*.html"):
        filled = re.sub(r"{%.*?%}|{{.*?}}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        bare = re.sub(r"<[^>]*>", " ", filled)
        assert not re.findall(r"[A-Za-zé]{3,}", bare), path.name
