"""An editor's mistake is told with file and line."""

import datetime
import re
import shutil

import pytest

from naast.guidance.checking import old, problems
from naast.guidance.library import GUIDANCE, load
from naast.guidance.reading import GuidanceError


@pytest.fixture
def copy(tmp_path):
    root = tmp_path / "guidance"
    shutil.copytree(GUIDANCE, root)
    shutil.copy(GUIDANCE.parent / "domain.yml", tmp_path / "domain.yml")
    return root


ITEM = """items:
  - id: ask_police.default
    title: Politie
    text: ["Bel de politie."]
    source: [{id: politie}]
    verified_on: null
"""


def test_the_guidance_is_in_order():
    assert problems(load()) == []


@pytest.mark.parametrize(
    ("written", "line", "complaint"),
    [
        (ITEM.replace("title:", "titel:"), 2, "titel"),
        (ITEM.replace('["Bel de politie."]', "[]"), 2, "text"),
        (ITEM.replace('["Bel de politie."]', '["a", "b", "c", "d"]'), 2, "text"),
        (ITEM.replace("verified_on: null", "verified_on: gisteren"), 2, "verified_on"),
        (ITEM.replace("    source: [{id: politie}]\n", ""), 2, "source"),
        (ITEM.replace("title: Politie", "title: Politie\n    title: Nog eens"), 4, "twice"),
        (ITEM.replace('["Bel de politie."]', '["Bel de politie."'), 5, "YAML"),
        ("items: []\n", 1, "no item"),
        ("artikelen: []\n", 1, "items"),
        ("", 1, "name: value"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(copy, written, line, complaint):
    (copy / "nl" / "advice" / "ask_police.yml").write_text(written)
    with pytest.raises(GuidanceError) as error:
        load(copy)
    assert re.search(rf"ask_police\.yml:{line}:.*{complaint}", str(error.value)), str(error.value)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("Bel de politie.", "Bel 0900-8844."), "belongs in contacts.yml"),
        (("Bel de politie.", "Kijk op www.politie.nl."), "belongs in contacts.yml"),
        (("Bel de politie.", "Bel {polizie}."), "polizie"),
        (("Bel de politie.", "Een. Twee. Drie."), "sentences"),
        (("Bel de politie.", "Bel de politie " + "heel snel " * 30), "characters"),
        (("Bel de politie.", "Had je maar opgelet."), "blames"),
        (("{id: politie}", "{id: krant}"), "krant"),
        (("{id: politie}", "{id: article, passage: nergens}"), "nergens"),
        (("    source", "    contacts: [buurman]\n    source"), "buurman"),
        (("    source", "    asks: niets\n    source"), "niets"),
        (("    source", "    when: {offender: [stranjer]}\n    source"), "stranjer"),
        (("    source", "    when: {ofender: [stranger]}\n    source"), "ofender"),
        (("    source", "    unless: {told: [nowhere.default]}\n    source"), "nowhere.default"),
        (("Bel de politie.", "Bel de politie " + "en dan ook nog " * 8), "words"),
        (("Bel de politie.", "Verantwoordelijkheidsgevoelens veroorzaken communicatieproblematieken."), "hard to read"),
        (("    source", '    buttons: [{title: "Pizza?", intent: ask_pizza}]\n    source'), "ask_pizza"),
    ],
)
def test_what_the_schema_cannot_see_is_found(copy, change, complaint):
    (copy / "nl" / "advice" / "ask_police.yml").write_text(ITEM.replace(*change))
    found = problems(load(copy), copy)
    assert any(complaint in problem and "ask_police.yml:2:" in problem for problem in found), found


def test_what_nobody_can_reach_is_found(copy):
    (copy / "nl" / "advice" / "ask_pizza.yml").write_text(ITEM.replace("ask_police", "ask_pizza"))
    (copy / "nl" / "steps" / "dance.yml").write_text(
        (copy / "nl" / "steps" / "removal.yml").read_text().replace("removal.", "dance.")
    )
    found = problems(load(copy), copy)
    assert any("nothing leads to advice/ask_pizza" in problem for problem in found)
    assert any("never calls for the step dance" in problem for problem in found)


def test_a_variant_behind_one_that_always_applies_is_found(copy):
    second = ITEM.split("\n", 1)[1].replace("ask_police.default", "ask_police.second")
    (copy / "nl" / "advice" / "ask_police.yml").write_text(ITEM + second)
    assert any("stands behind ask_police.default" in problem for problem in problems(load(copy), copy))


def test_what_is_old_is_told(copy):
    library = load(copy)
    assert old(library, datetime.date(2026, 11, 28), copy) == []
    later = old(library, datetime.date(2027, 12, 1), copy)
    assert any("article was read" in line for line in later) and any(
        "112" in line or "emergency" in line for line in later
    )


def test_an_id_used_twice_is_refused(copy):
    (copy / "nl" / "advice" / "ask_evidence.yml").write_text(ITEM)
    with pytest.raises(GuidanceError, match="used in"):
        load(copy)


def test_a_missing_file_is_named(copy):
    (copy / "nl" / "questions.yml").unlink()
    with pytest.raises(GuidanceError, match=r"questions\.yml: this file is missing"):
        load(copy)
