"""The training messages: enough for each intent, plain text, and none of the held-out ones among them."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from naast.understanding.blame.examples import load_examples
from naast.understanding.facts.examples import load_messages
from scripts.evaluation.sets import MEASURES, pooled

ROOT = Path(__file__).resolve().parents[2]
MANY = {"report_sextortion", "report_suicidal_risk", "report_immediate_danger", "express_blame", "out_of_scope"}


def messages(path):
    for block in yaml.safe_load(path.read_text())["nlu"]:
        for line in block["examples"].splitlines():
            yield block["intent"], line.removeprefix("- ")


def plain(text):
    return re.sub(r"\W+", " ", text.lower()).strip()


TRAINING = [pair for path in sorted((ROOT / "data" / "nlu").rglob("*.yml")) for pair in messages(path)]
INTENTS = yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_enough_really_different_messages(intent):
    different = {plain(text) for label, text in TRAINING if label == intent}
    assert len(different) >= (60 if intent in MANY else 40)


def test_no_message_stands_under_two_intents():
    labels = {}
    for intent, text in TRAINING:
        labels.setdefault(text.lower(), set()).add(intent)
    assert not {text: names for text, names in labels.items() if len(names) > 1}


def test_every_block_says_in_whose_voice_it_is():
    for path in (ROOT / "data" / "nlu").rglob("*.yml"):
        for block in yaml.safe_load(path.read_text())["nlu"]:
            assert block["metadata"]["voice"], (path, block["intent"])


def test_held_out_messages_are_not_trained_on():
    trained = {plain(text) for _, text in TRAINING}
    trained |= {plain(text) for text in load_examples()[0]}
    trained |= {plain(" ".join(piece.text for piece in message)) for message in load_messages()}
    held_out = [each.text for measure in MEASURES for each in pooled(measure)]
    journeys = yaml.safe_load((ROOT / "tests" / "conversations" / "test_journeys.yml").read_text())["stories"]
    held_out += [step["user"] for story in journeys for step in story["steps"] if "user" in step]
    # A few words ("ja hoor") are said by everyone.
    assert not {text for text in held_out if plain(text) in trained and len(text.split()) > 3}


def test_the_evaluation_has_at_least_ten_messages_an_intent():
    counts = Counter(each.label for each in pooled("intents"))
    assert {intent: counts[intent] for intent in INTENTS if counts[intent] < 10} == {}
