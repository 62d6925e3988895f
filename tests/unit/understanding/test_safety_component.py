import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from naast.understanding.safety import patterns
from naast.understanding.safety.component import SafetyGuard
from naast.understanding.safety.patterns import Reading
from naast.understanding.safety.verdict import Evidence, Thresholds, decide

SAFE, SUICIDAL, DANGER = "ask_police", "report_suicidal_risk", "report_immediate_danger"
COLUMN = {SAFE: 0, SUICIDAL: 1, DANGER: 2}
THRESHOLDS = Thresholds(alone=0.8, window=0.9, intent=0.0, seconded=0.3, rest=0.5)


def message(text, likeness=SAFE, said=None, confidence=0.6, ranking=(SAFE, SUICIDAL, DANGER)):
    """A message whose fake features look like those of `likeness`, as the intent classifier left it."""
    made = Message({TEXT: text, INTENT: said if isinstance(said, str) else None})
    counts, dense = np.zeros((1, 3)), np.full((1, 4), 0.1)
    counts[0, COLUMN[likeness]] = 1
    dense[0, COLUMN[likeness]] = 1
    made.add_features(Features(sparse.csr_matrix(counts), FEATURE_TYPE_SENTENCE, TEXT, "counts"))
    made.add_features(Features(dense, FEATURE_TYPE_SENTENCE, TEXT, "dense"))
    made.set("intent_ranking", [{"name": name, "confidence": confidence} for name in ranking], add_to_output=True)
    made.set(INTENT, {"name": ranking[0], "confidence": confidence}, add_to_output=True)
    return made


@pytest.fixture()
def storage(tmp_path):
    return LocalModelStorage.create(tmp_path)


@pytest.fixture()
def context():
    return ExecutionContext(GraphSchema({}), "1")


@pytest.fixture()
def guard(storage, context):
    examples = []
    for likeness in COLUMN:
        for number in range(6):
            example = message(f"voorbeeld {likeness} {number}", likeness)
            example.set(INTENT, likeness)
            examples.append(example)
    component = SafetyGuard.create(SafetyGuard.get_default_config(), storage, Resource("guard"), context)
    component.train(TrainingData(examples))
    return component


def parsed(component, made):
    component.process([made])
    return made.as_dict(only_output_properties=True)


def test_a_pattern_rewrites_intent_and_head_of_the_ranking(guard):
    output = parsed(guard, message("hij wil dood", SAFE))
    assert output["intent"] == {"name": SUICIDAL, "confidence": 1.0}
    assert output["intent_ranking"][0] == output["intent"]
    assert [each["name"] for each in output["intent_ranking"]] == [SUICIDAL, SAFE, DANGER]
    assert output["safety"]["kind"] == "suicidal"
    assert output["safety"]["layers"][0] == {"layer": "pattern", "id": "wants_death", "score": 1.0}


def test_the_classifier_alone_raises_the_alarm(guard):
    output = parsed(guard, message("woorden die geen patroon kent", DANGER))
    assert output["intent"]["name"] == DANGER and output["intent"]["confidence"] >= 0.9
    assert output["safety"]["kind"] == "danger"
    assert [layer["layer"] for layer in output["safety"]["layers"]] == ["classifier"]
    assert output["safety"]["layers"][0]["id"] is None


def test_the_intent_is_a_layer_too(guard):
    made = message("woorden die geen patroon kent", SUICIDAL, ranking=(SUICIDAL, SAFE, DANGER))
    assert "intent" in [layer["layer"] for layer in parsed(guard, made)["safety"]["layers"]]


def test_the_fallback_does_not_hide_an_alarm(guard):
    output = parsed(guard, message("hij wil dood", SAFE, ranking=("nlu_fallback", SAFE, SUICIDAL)))
    assert output["intent"]["name"] == SUICIDAL
    assert [each["name"] for each in output["intent_ranking"]] == [SUICIDAL, "nlu_fallback", SAFE]


def test_an_idiom_withdraws_the_intent_of_the_classifier(guard):
    output = parsed(guard, message("ik schaam me dood", SUICIDAL, ranking=(SUICIDAL, DANGER, SAFE)))
    assert output.get("safety") is None
    assert output["intent"]["name"] == SAFE and output["intent_ranking"][0]["name"] == SAFE
    assert {each["name"] for each in output["intent_ranking"]} == {SAFE, SUICIDAL, DANGER}


def test_without_a_hit_nothing_changes(guard):
    made = message("moeten we naar de politie", SAFE)
    before = (made.get(INTENT), made.get("intent_ranking"))
    output = parsed(guard, made)
    assert output.get("safety") is None and (made.get(INTENT), made.get("intent_ranking")) == before


def test_danger_comes_first_where_both_fit(guard):
    assert parsed(guard, message("afscheidsbrief gevonden en hij is vermist"))["safety"]["kind"] == "danger"


@pytest.mark.parametrize("text", ["/report_suicidal_risk", '/choose{"child": "son"}', "", "   ", None])
def test_buttons_and_nothing_at_all_are_left_alone(guard, text):
    made = message(text, SUICIDAL)
    before = made.get(INTENT)
    assert parsed(guard, made).get("safety") is None and made.get(INTENT) == before


def test_a_typed_slash_does_not_hide_an_alarm(guard):
    assert parsed(guard, message("/ hij wil dood"))["safety"]["kind"] == "suicidal"


@pytest.mark.parametrize("text", ["😢", "\ud800", "?", "a" * 10_000, "\x00", "woord " * 2_000])
def test_odd_text_never_raises(guard, text):
    parsed(guard, message(text))


def test_a_message_without_features_intent_or_ranking_never_raises(guard):
    assert parsed(guard, Message({TEXT: "hij wil dood"}))["intent"]["name"] == SUICIDAL


def test_the_last_sentence_of_a_long_message_counts(guard):
    text = "Mijn zoon wordt afgeperst en wij weten het niet meer. " * 60 + "Nu staat hij op het dak."
    assert parsed(guard, message(text))["safety"]["kind"] == "danger"


def test_what_was_trained_survives_as_plain_arrays(guard, storage, context):
    loaded = SafetyGuard.load(SafetyGuard.get_default_config(), storage, Resource("guard"), context)
    for likeness in COLUMN:
        text = "woorden die geen patroon kent"
        assert parsed(loaded, message(text, likeness)) == parsed(guard, message(text, likeness))
    with storage.read_from(Resource("guard")) as directory:
        np.load(directory / "safety.npz", allow_pickle=False)


def test_the_fingerprint_follows_the_pattern_files(monkeypatch, tmp_path):
    before = SafetyGuard.fingerprint_addon({})
    assert before == SafetyGuard.fingerprint_addon({})
    (tmp_path / "suicidal.yml").write_text("[]")
    monkeypatch.setattr(patterns, "DIRECTORY", tmp_path)
    assert SafetyGuard.fingerprint_addon({}) != before


def test_an_intent_nobody_seconds_is_withdrawn():
    calm = Evidence(Reading([], [], ["x"], ["x"]), {"suicidal": 0.1, "danger": 0.0}, None, None, SUICIDAL, 0.4)
    assert decide(calm, THRESHOLDS).kind is None and decide(calm, THRESHOLDS).withdrawn


def test_an_exclusion_does_not_silence_what_else_is_said():
    reading = Reading([], ["idiom_ashamed_to_death"], ["x"], ["x"])
    alarming = {"suicidal": 0.9, "danger": 0.0}
    assert decide(Evidence(reading, alarming, None, {"suicidal": 0.7, "danger": 0.0}, SAFE, 0.4), THRESHOLDS).kind
    assert not decide(Evidence(reading, alarming, None, {"suicidal": 0.1, "danger": 0.0}, SAFE, 0.4), THRESHOLDS).kind
