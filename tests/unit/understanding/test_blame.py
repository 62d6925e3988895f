import statistics
import time

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from naast.understanding.blame import examples, patterns
from naast.understanding.blame.component import BlameDetector
from naast.understanding.embedding import encoder
from naast.understanding.facts import examples as of_facts
from tests.trained import trained


@pytest.fixture(scope="module")
def detector(tmp_path_factory):
    return trained(BlameDetector, tmp_path_factory.mktemp("model"))


def message(text, intent=None):
    made = Message(data={TEXT: text, INTENT: intent})
    if isinstance(text, str):
        made.add_features(Features(encoder.encode([text]), FEATURE_TYPE_SENTENCE, TEXT, "test"))
    return made


def judged(detector, text):
    return detector.process([message(text)])[0]


def blames(detector, text):
    return [entity["entity"] for entity in judged(detector, text).get("entities", [])] == ["blames_child"]


@pytest.mark.parametrize(
    "text, kind",
    [
        ("het is haar eigen schuld", "reproach"),
        ("het is zijn schuld", "reproach"),
        ("Ze heeft er zelf om gevraagd met die foto's.", "reproach"),
        ("hoe kun je zo stom zijn", "why_question"),
        ("waarom stuur je dan ook zoiets", "why_question"),
        ("ik had hem nog zo gewaarschuwd", "i_told_you_so"),
        ("had hij maar naar ons geluisterd", "conditional"),
        ("Hij krijgt huisarrest, klaar.", "punishment"),
        ("dom kind", "insult"),
    ],
)
def test_blame_is_found_and_named(detector, text, kind):
    assert blames(detector, text)
    assert judged(detector, text).as_dict(only_output_properties=True)["blame_kind"] == kind


@pytest.mark.parametrize(
    "text",
    [
        "het is niet haar schuld",
        "het is mijn eigen schuld, ik had beter moeten opletten",
        "wat een gore klootzak, kinderen bang maken",
        "mijn schoonmoeder zegt dat het haar eigen schuld is, ik vind dat niet",
        "Hij geeft zichzelf de schuld, wat zeg ik dan?",
        "Mijn zoon wordt afgeperst via Snapchat, ze willen 300 euro",
        "hoe zorg ik dat ze zich niet beschuldigd voelt",
        "hallo",
    ],
)
def test_near_misses_are_left_alone(detector, text):
    assert not blames(detector, text)
    assert judged(detector, text).get("blame_kind") is None


def test_the_entity_covers_the_message_and_keeps_what_others_found(detector):
    text = "het is zijn eigen schuld"
    made = message(text)
    made.set("entities", [{"entity": "child_relation", "value": "son"}], add_to_output=True)
    first, second = detector.process([made])[0].get("entities")
    assert first["entity"] == "child_relation"
    assert 0.5 <= second.pop("confidence_entity") <= 1
    assert second == {
        "entity": "blames_child", "value": True, "start": 0, "end": len(text), "extractor": "BlameDetector"
    }  # fmt: skip


@pytest.mark.parametrize("text", [None, "", "   ", "😢", "\ud800", "\x00", "?!", "a" * 10_000, "dom " * 2_500, 3])
def test_bad_input_never_raises(detector, text):
    judged(detector, text)


def test_a_message_without_embedding_and_a_button_are_left_alone(detector):
    assert detector.process([Message(data={TEXT: "eigen schuld"})])[0].get("entities") is None
    assert "blame_kind" not in judged(detector, "/express_blame").data


def test_one_clause_of_blame_is_found_in_a_long_message(detector):
    story = "We hebben gisteren met de politie gesproken en alles bewaard. Ze waren vriendelijk en duidelijk. " * 5
    assert blames(detector, story + "Het is wel gewoon haar eigen schuld. " + story)


def test_a_loaded_model_judges_as_the_trained_one(tmp_path, monkeypatch):
    texts, labels = (column[::60] for column in examples.load_examples())
    pieces = of_facts.load_pieces()[:40]
    monkeypatch.setattr(examples, "load_examples", lambda: (texts, labels))
    monkeypatch.setattr(of_facts, "load_pieces", lambda: pieces)
    storage, context = LocalModelStorage.create(tmp_path), ExecutionContext(GraphSchema({}))
    detector = BlameDetector.create({}, storage, Resource("blame"), context)
    detector.train(TrainingData([message("het is haar schuld", examples.BLAMING_INTENT), message("hallo", "greet")]))
    loaded = BlameDetector.load({}, storage, Resource("blame"), context)
    for text in ("eigen schuld dikke bult", "het is niet zijn schuld"):
        assert judged(loaded, text).get("entities") == judged(detector, text).get("entities")


def test_the_fingerprint_follows_the_examples(monkeypatch, tmp_path):
    before = BlameDetector.fingerprint_addon({})
    assert before == BlameDetector.fingerprint_addon({})
    changed = tmp_path / "nl.yml"
    changed.write_text("none: []")
    monkeypatch.setattr(of_facts, "DIRECTORY", tmp_path)
    assert BlameDetector.fingerprint_addon({}) != before


def test_examples_have_one_label_each_and_every_kind_has_patterns():
    texts, labels = examples.load_examples()
    assert len(texts) == len(set(texts))
    assert set(labels) == {*patterns.load_patterns().blame, examples.NONE}


def test_it_is_quick(detector):
    def median(text):
        made, times = [message(text) for _ in range(15)], []
        for one in made:
            start = time.perf_counter()
            detector.process([one])
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    # Twice the budget of 3 ms and 300 ms: another process may share the core.
    assert (
        median("mijn zoon van vijftien heeft een foto gestuurd naar iemand op snap en nu willen ze geld van ons")
        < 0.006
    )
    assert median("We hebben alles bewaard en de politie gebeld vanmorgen. " * 55) < 0.6


def test_weak_examples_leave_doubtful_intents_out():
    positions, blaming = examples.weak_examples(["greet", "ask_punishment", "express_blame", "ask_sexting_normal"])
    assert dict(zip(positions, blaming)) == {0: False, 2: True}
    assert np.all(np.diff(sorted(positions)) > 0)
