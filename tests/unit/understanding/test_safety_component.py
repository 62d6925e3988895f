import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from naast.understanding.embedding.encoder import DIMENSION
from naast.understanding.safety import examples, patterns, signs
from naast.understanding.safety.component import SafetyGuard
from naast.understanding.safety.patterns import Reading
from naast.understanding.safety.verdict import Evidence, Thresholds, decide
from naast.understanding.trained import FILE

SAFE, SUICIDAL, DANGER = "ask_police", "report_suicidal_risk", "report_immediate_danger"
THRESHOLDS = Thresholds(alone=0.8, window=0.9, rest=0.5, denied=0.9)


def message(text, ranking=(SAFE, SUICIDAL, DANGER), confidence=0.6, doubt=0.01):
    """A message as the intent classifier left it: sure of the first of the ranking, little left to the others."""
    made = Message({TEXT: text})
    ranked = [{"name": name, "confidence": doubt if place else confidence} for place, name in enumerate(ranking)]
    made.set("intent_ranking", ranked, add_to_output=True)
    made.set(INTENT, ranked[0], add_to_output=True)
    return made


def embedded(made):
    """With an embedding that says nothing: the words must do."""
    made.add_features(Features(np.zeros((1, DIMENSION)), FEATURE_TYPE_SENTENCE, TEXT, "encoder"))
    return made


@pytest.fixture()
def storage(tmp_path):
    return LocalModelStorage.create(tmp_path)


@pytest.fixture()
def context():
    return ExecutionContext(GraphSchema({}), "1")


@pytest.fixture()
def guard(storage, context, monkeypatch):
    calm = ["ze zit beneden met haar zus", "hij zei dat hij twaalf was", "wij zijn boos op die man"]
    monkeypatch.setattr(examples, "load_calm", lambda: (calm, np.zeros((len(calm), DIMENSION))))
    said = {SAFE: "moeten we naar de politie", SUICIDAL: "hij wil niet meer leven", DANGER: "ze is weggelopen naar hem"}
    taught = [
        embedded(Message({TEXT: f"{text} {number}", INTENT: intent}))
        for intent, text in said.items()
        for number in range(6)
    ]
    component = SafetyGuard.create(SafetyGuard.get_default_config(), storage, Resource("guard"), context)
    component.train(TrainingData(taught))
    return component


def parsed(component, made):
    component.process([made])
    return made.as_dict(only_output_properties=True)


def test_a_pattern_rewrites_intent_and_head_of_the_ranking(guard):
    output = parsed(guard, message("hij wil dood"))
    assert output["intent"] == {"name": SUICIDAL, "confidence": 1.0}
    assert output["intent_ranking"][0] == output["intent"]
    assert [each["name"] for each in output["intent_ranking"]] == [SUICIDAL, SAFE, DANGER]
    assert output["safety"]["kind"] == "suicidal"
    assert output["safety"]["layers"][0] == {"layer": "pattern", "id": "wants_death", "score": 1.0}


def test_what_the_intent_classifier_leaves_to_safety_raises_the_alarm(guard):
    output = parsed(guard, message("woorden die geen patroon kent", (SAFE, DANGER), confidence=0.5, doubt=0.4))
    assert output["intent"]["name"] == DANGER and output["intent"]["confidence"] >= 0.9
    assert output["safety"] == {"kind": "danger", "layers": [{"layer": "message", "id": None, "score": 0.4}]}
    assert output["safety_score"] > 0.5


@pytest.mark.parametrize(
    "text, alarms", [("hij wil toch niet meer leven", True), ("ze zit beneden met haar zus", False)]
)
def test_the_sign_model_confirms_or_weakens_what_the_intent_classifier_suspects(guard, monkeypatch, text, alarms):
    monkeypatch.setattr(patterns, "read", lambda said: Reading([], [], [said], [said]))
    ranking = (SAFE, SUICIDAL)
    output = parsed(guard, embedded(message(text, ranking, confidence=0.6, doubt=0.3)))
    assert (output.get("safety") is not None) == alarms
    assert (output["safety_score"] > parsed(guard, message(text, ranking, doubt=0.3))["safety_score"]) == alarms


def test_two_views_that_disagree_meet_in_the_middle():
    assert signs.agreed(0.5, 0.5) == pytest.approx(0.5)
    assert signs.agreed(0.9, 0.1) == pytest.approx(0.5)
    assert signs.agreed(0.0, 0.9) > 0.05, "an intent that is not ranked is unlikely, not impossible"
    assert signs.agreed(0.2, 0.9) == signs.agreed(0.9, 0.2)


def test_what_is_borrowed_as_calm_holds_no_sign_that_the_patterns_know(monkeypatch):
    monkeypatch.setattr(examples, "encode_for_training", lambda texts: np.zeros((len(texts), DIMENSION)))
    texts, dense = examples.load_calm()
    assert dense.shape == (len(texts), DIMENSION) and len(texts) > 5_000
    own = sum(map(len, examples.own_examples().values()))
    assert not [text for text in texts[own:] if patterns.read(text).hits]


def test_less_is_a_doubt_that_the_conversation_asks_about(guard):
    output = parsed(guard, message("geen patroon kent dit", (SAFE, DANGER, SUICIDAL), confidence=0.7, doubt=0.1))
    assert output.get("safety") is None and output["safety_doubt"] == 0.2 and output["safety_score"] < 0.5
    assert output["intent"]["name"] == SAFE


def test_the_fallback_does_not_hide_an_alarm(guard):
    output = parsed(guard, message("hij wil dood", ("nlu_fallback", SAFE, SUICIDAL)))
    assert output["intent"]["name"] == SUICIDAL
    assert [each["name"] for each in output["intent_ranking"]] == [SUICIDAL, "nlu_fallback", SAFE]


def test_an_idiom_withdraws_the_intent_of_the_classifier(guard):
    output = parsed(guard, message("ik schaam me dood", (SUICIDAL, DANGER, SAFE)))
    assert output.get("safety") is None
    assert output["intent"]["name"] == SAFE and output["intent_ranking"][0]["name"] == SAFE
    assert {each["name"] for each in output["intent_ranking"]} == {SAFE, SUICIDAL, DANGER}


def test_without_a_hit_nothing_changes(guard):
    made = message("moeten we naar de politie")
    before = (made.get(INTENT), made.get("intent_ranking"))
    output = parsed(guard, made)
    assert output.get("safety") is None and (made.get(INTENT), made.get("intent_ranking")) == before


def test_danger_comes_first_where_both_fit(guard):
    assert parsed(guard, message("afscheidsbrief gevonden en hij is vermist"))["safety"]["kind"] == "danger"


@pytest.mark.parametrize("text", ["/report_suicidal_risk", '/choose{"child": "son"}', "", "   ", None])
def test_buttons_and_nothing_at_all_are_left_alone(guard, text):
    made = message(text, (SUICIDAL, SAFE))
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
    long = "Er is vanavond van alles gezegd en wij zitten hier. " * 6 + "Ze is weggelopen naar hem toe."
    assert parsed(loaded, message(long)) == parsed(guard, message(long))
    with storage.read_from(Resource("guard")) as directory:
        np.load(directory / FILE, allow_pickle=False)


def test_the_fingerprint_follows_the_pattern_files(monkeypatch, tmp_path):
    before = SafetyGuard.fingerprint_addon({})
    assert before == SafetyGuard.fingerprint_addon({})
    (tmp_path / "suicidal.yml").write_text("[]")
    monkeypatch.setattr(patterns, "DIRECTORY", tmp_path)
    assert SafetyGuard.fingerprint_addon({}) != before


def test_a_safety_intent_that_is_not_sure_enough_makes_place(guard):
    output = parsed(guard, message("woorden die geen patroon kent", (SUICIDAL, SAFE), confidence=0.2, doubt=0.15))
    assert output.get("safety") is None and output["intent"]["name"] == SAFE


def test_an_exclusion_does_not_silence_what_else_is_said():
    reading = Reading([], ["idiom_ashamed_to_death"], ["x"], ["x"], excused=frozenset({"suicidal", "danger"}))
    alarming = {"suicidal": 0.9, "danger": 0.0}
    assert decide(Evidence(reading, alarming, None, {"suicidal": 0.7, "danger": 0.0}), THRESHOLDS).kind
    assert not decide(Evidence(reading, alarming, None, {"suicidal": 0.1, "danger": 0.0}), THRESHOLDS).kind


def test_what_speaks_against_danger_outside_says_nothing_about_wanting_to_die():
    reading = patterns.read("hij zit beneden")
    assert reading.excused == {"danger"}
    calm = {"suicidal": 0.1, "danger": 0.0}
    assert decide(Evidence(reading, {"suicidal": 0.85, "danger": 0.1}, None, calm), THRESHOLDS).kind == "suicidal"
    assert decide(Evidence(reading, {"suicidal": 0.1, "danger": 0.85}, None, calm), THRESHOLDS).kind is None


@pytest.mark.parametrize(
    "text, denies",
    [
        ("over doodgaan heeft ze niks gezegd", True),
        ("ze wil niet dood, dat heb ik gevraagd", True),
        ("ik heb gevraagd of zij dood wil. Zij zegt nee oma", True),
        ("hoe weet ik zeker dat hij niet dood wil?", False),
        ("ik heb gevraagd of hij aan zelfmoord denkt. hij zei ja soms", False),
        ("hij gaat niet meer naar school en praat over doodgaan", False),
        ("ze zegt dat ze niet dood wil, maar ik vertrouw het niet", False),
    ],
)
def test_a_denial_is_read_and_a_question_is_none(text, denies):
    assert patterns.read(text).denies == denies
