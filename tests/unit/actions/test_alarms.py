"""An alarm comes first in any state: strong it commands, weak it asks, and only what fits it ends it."""

import pytest

from actions.respond_to_report import ActionRespondToReport
from actions.safety import ActionSafety
from actions.short_answer import ActionShortAnswer
from tests.unit.actions.test_actions import items, run, tracker
from tests.unit.actions.test_companion import CASE


def alarm(text, score, layer="message", calm="ask_next_steps", **slots):
    state = tracker("report_immediate_danger", text, **slots)
    state.latest_message["safety"] = {"kind": "danger", "layers": [{"layer": layer, "id": None, "score": 0.3}]}
    state.latest_message["safety_score"] = score
    state.latest_message["intent_ranking"].append({"name": calm, "confidence": 0.6})
    return state


def test_a_weak_alarm_asks_with_the_numbers_in_view_instead_of_commanding():
    messages, slots, _ = run(ActionSafety(), alarm("ik wil het plan meenemen", 0.6))
    assert slots["open_question"] == "safety_doubt" and "risk_state" not in slots
    assert all(number in messages[-1]["text"] for number in ("113", "1813", "112"))


@pytest.mark.parametrize(("score", "layer"), [(0.99, "message"), (0.6, "pattern"), (1.0, "pattern")])
def test_a_strong_alarm_comes_first(score, layer):
    messages, slots, _ = run(ActionSafety(), alarm("ze staat op het dak", score, layer))
    assert items(messages)[0].startswith("report_immediate_danger") and slots["risk_state"] == "signalled"


REPORTED = {"asked": ["child_safe"], "told": ["first_report.default"]}
DANGER = ["report_immediate_danger.default"]


def test_a_child_that_was_found_is_welcomed_and_the_sign_is_not_forgotten():
    state = tracker("affirm", "ja hij is gevonden", [("topic", "safe_now")], risk_state="signalled", told=DANGER)
    messages, slots, _ = run(ActionShortAnswer(), state)
    assert items(messages)[0] == "danger_passed.default" and "risk_state" not in slots
    assert all(number in messages[-1]["text"] for number in ("113", "1813", "112"))


def test_being_home_says_nothing_about_wanting_to_live():
    told = ["report_suicidal_risk.default"]
    state = tracker("affirm", "ze is nu thuis bij mij", [("topic", "safe_now")], risk_state="signalled", told=told)
    messages, slots, _ = run(ActionShortAnswer(), state)
    assert "danger_passed.default" not in items(messages) and "risk_state" not in slots


BEFORE = {
    "after a no": {"risk_state": "denied", "asked": ["child_safe", "suicide_check", "safety_doubt"]},
    "after a sign": {"risk_state": "signalled", "told": ["after.default"] * 9},
    "where the child is": {"open_question": "child_safe", "asked": ["child_safe"], **CASE},
    "while practising": {"open_question": "practice"},
    "inside a step": {"open_question": "step.evidence.default", **CASE},
    "the child writes": {"writer": "child"},
    "an unsafe home": {"circumstance": ["home_unsafe"]},
    "while asked to erase": {"open_question": "confirm_erase"},
}


@pytest.mark.parametrize("state", BEFORE.values(), ids=BEFORE.keys())
def test_a_weak_alarm_brings_the_numbers_in_any_state(state):
    message = alarm("ze ligt daar maar en wil niks meer", 0.55, **state)
    message.latest_message["entities"].append({"entity": "circumstance", "value": "home_unsafe"})
    messages, slots, _ = run(ActionSafety(), message)
    assert all(number in messages[0]["text"] for number in ("113", "1813", "112"))


def test_a_weak_alarm_is_not_asked_about_twice_running():
    state = alarm("ze gaat nooit meer naar school", 0.55, open_question="safety_doubt", asked=["child_safe"], **CASE)
    messages, slots, _ = run(ActionSafety(), state)
    assert items(messages)[0] == "ask_your_child.default" and slots["open_question"] != "safety_doubt"


@pytest.mark.parametrize(
    ("entities", "slots", "item"),
    [
        ([("topic", "confronts")], CASE, "confronts.default"),
        ([("demands", "images"), ("child_age", 14)], {}, "first_report.default"),
        ([("evidence_saved", True)], {"risk_state": "signalled", **REPORTED, **CASE}, "more_facts.default"),
        ([("circumstance", "home_unsafe")], {"asked": ["child_safe"], **CASE}, "question.home_danger"),
    ],
)
def test_a_weak_alarm_stands_in_front_of_what_is_answered_as_well(entities, slots, item):
    state = alarm("ik bel die vent vanavond op", 0.55, calm="report_sextortion", **slots)
    state.latest_message["entities"] = [
        {"entity": name, "value": value, "start": 0, "end": 1} for name, value in entities
    ]
    state.latest_message["intent_ranking"] = [{"name": "report_sextortion", "confidence": 0.6}]
    messages, _, _ = run(ActionSafety(), state)
    assert items(messages)[0].startswith(("perhaps", "after")) and item in items(messages)


def test_what_was_asked_beside_a_weak_alarm_waits_for_its_turn():
    _, slots, _ = run(ActionSafety(), alarm("ik wil het plan meenemen", 0.6, calm="ask_evidence"))
    assert "ask_police" in slots["also_asked"] or "ask_evidence" in slots["also_asked"]


def test_a_denial_does_not_find_a_child_that_is_missing():
    state = tracker("report_sextortion", "ze heeft nooit gezegd dat ze dood wil", risk_state="signalled", told=DANGER)
    state.latest_message["safety_denied"] = True
    _, slots, _ = run(ActionRespondToReport(), state)
    assert slots.get("risk_state", "signalled") == "signalled"
    state.slots["told"] = [*DANGER, "danger_passed.default"]
    _, slots, _ = run(ActionRespondToReport(), state)
    assert slots["risk_state"] == "denied"


def test_a_ruined_life_behind_a_door_brings_113_but_never_takes_112_from_who_stands_at_it():
    ruined = [("circumstance", "life_ruined")]
    guessed = alarm("ze roept dat haar leven verpest is, de deur zit op slot", 0.99)
    seen = alarm("hij staat voor de deur, mijn leven is verpest", 1.0, "pattern")
    for state in (guessed, seen):
        state.latest_message["entities"] = [{"entity": name, "value": value} for name, value in ruined]
    assert items(run(ActionSafety(), guessed)[0])[0].startswith("report_suicidal_risk")
    assert items(run(ActionSafety(), seen)[0])[0].startswith("report_immediate_danger")


def test_a_child_that_is_gone_is_searched_for_and_welcomed_when_found():
    gone = tracker("report_immediate_danger", "ze is verdwenen", [("circumstance", "missing")])
    messages, slots, _ = run(ActionSafety(), gone)
    assert items(messages)[0] == "report_immediate_danger.missing"
    state = {"risk_state": "signalled", "told": slots["told"], "circumstance": ["missing"]}
    called = tracker("out_of_scope", "112 verwittigd", [("topic", "emergency_called")], **state)
    assert items(run(ActionRespondToReport(), called)[0])[0] == "emergency_called.missing"
    found = tracker("report_sextortion", "de politie heeft haar", [("topic", "safe_now")], **state)
    messages, slots, _ = run(ActionRespondToReport(), found)
    assert items(messages)[0] == "danger_passed.found" and slots["circumstance"] == []


@pytest.mark.parametrize("topic", ["wounded", "at_hospital"])
def test_what_follows_on_a_sign_is_not_answered_with_the_first_answer_again(topic):
    state = alarm("een snee", 0.99, risk_state="signalled", told=["report_suicidal_risk.default"])
    state.events = [{"event": "slot", "name": "risk_state", "value": "signalled"}, {"event": "user"}]
    state.latest_message["entities"] = [{"entity": "topic", "value": topic, "start": 0, "end": 1}]
    messages, slots, _ = run(ActionSafety(), state)
    assert items(messages)[0] == f"{topic}.default" and slots.get("risk_state", "signalled") == "signalled"


def test_a_child_that_goes_silent_is_asked_about_again():
    quiet = [("circumstance", "silent"), ("topic", "gone_quiet")]
    messages, slots, _ = run(ActionRespondToReport(), tracker("suspect_something", "hij is stil", quiet, **REPORTED))
    assert items(messages)[0] == "gone_quiet.default" and slots["open_question"] == "child_answer"


def test_danger_at_home_that_is_meant_is_acted_on_however_long_the_answer():
    said = "ja dat meen ik. " + "haar oom deed het ook al eens bij zijn dochter en niemand zei er iets van " * 2
    state = alarm(said, 0.6, open_question="home_danger", circumstance=["home_unsafe"])
    assert items(run(ActionSafety(), state)[0])[0] == "home_unsafe.default"


def test_a_sign_behind_the_question_about_the_home_is_not_taken_for_its_answer():
    state = alarm("nee ze hoeft niet verder zegt ze", 0.995, open_question="home_danger", circumstance=["home_unsafe"])
    state.latest_message["intent"]["name"] = "report_suicidal_risk"
    messages, slots, _ = run(ActionSafety(), state)
    assert items(messages)[0].startswith("report_suicidal_risk") and slots["risk_state"] == "signalled"


@pytest.mark.parametrize("circumstance", [None, "means_at_hand"])
def test_a_wound_is_looked_at_only_where_nothing_is_worse(circumstance):
    state = alarm("diepe snee en buiten bewustzijn", 1.0, "pattern", risk_state="signalled", told=DANGER)
    entities = [("topic", "wounded"), *([("circumstance", circumstance)] if circumstance else [])]
    state.latest_message["entities"] = [{"entity": n, "value": v, "start": 0, "end": 1} for n, v in entities]
    assert items(run(ActionSafety(), state)[0])[0].startswith("report_immediate_danger")


def test_an_urgent_answer_to_what_may_be_a_sign_has_the_numbers_in_front():
    state = alarm("hij moet nu voor de camera van die lui", 0.6, calm="report_sextortion", **REPORTED, **CASE)
    state.latest_message["entities"] = [{"entity": "circumstance", "value": "live_now", "start": 0, "end": 1}]
    messages, _, _ = run(ActionSafety(), state)
    assert all(number in messages[0]["text"] for number in ("113", "1813", "112"))


def test_112_that_was_called_for_an_earlier_danger_is_not_called_for_this_one():
    told = [*DANGER, "emergency_called.default", "danger_passed.default", *DANGER]
    state = tracker("ask_next_steps", "wat nu", risk_state="signalled", told=told)
    assert set(items(run(ActionSafety(), state)[0])) == set(DANGER)


def test_who_does_not_know_has_not_told_where_the_child_is():
    state = tracker("nlu_fallback", "weet ik niet", open_question="safety_doubt", **CASE)
    _, slots, _ = run(ActionSafety(), state)
    assert "child_safe" not in slots["asked"] or slots["open_question"] == "child_safe"


def test_a_no_of_the_child_in_which_classifiers_hear_a_sign_is_neither_commanded_nor_a_denial():
    state = alarm(
        "heb het gevraagd, nee pap, zegt hij, dat doe ik niet", 0.99, risk_state="signalled", **REPORTED, **CASE
    )
    state.latest_message["intent"]["name"] = "report_suicidal_risk"
    messages, slots, _ = run(ActionSafety(), state)
    assert items(messages)[0] == "after.default" and slots.get("risk_state", "signalled") == "signalled"
    state.latest_message["safety"]["layers"][0]["layer"] = "pattern"
    assert items(run(ActionSafety(), state)[0])[0].startswith("report_suicidal_risk")


def test_who_is_forced_before_a_camera_now_gets_112_in_the_very_first_answer():
    said = [("child_relation", "son"), ("circumstance", "live_now"), ("topic", "forced_live")]
    state = tracker("report_sextortion", "hij zit op cam en die gast dwingt hem", said, circumstance=["live_now"])
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0] == "report_immediate_danger.live" and slots["risk_state"] == "signalled"


def test_who_was_forced_before_is_asked_where_the_child_is():
    said = [("child_relation", "son"), ("topic", "forced_live")]
    messages, slots, _ = run(ActionRespondToReport(), tracker("report_sextortion", "hij wordt gedwongen", said))
    assert slots["open_question"] == "child_safe" and "112" not in messages[0]["text"]


@pytest.mark.parametrize(
    "text",
    [
        "geen grapje mevrouw",
        "hij meent dat ja",
        "Nee hoor, mijn broer is geen lieve man en ze menen het echt, vorig jaar ook al",
    ],
)
def test_a_threat_at_home_that_is_meant_is_a_yes(text):
    state = tracker("nlu_fallback", text, open_question="home_danger", asked=["home_danger", "child_safe"], **CASE)
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0].startswith("home_unsafe")


@pytest.mark.parametrize(("relation", "answered"), [("daughter", True), ("son", False)])
def test_whose_father_the_parent_goes_to(relation, answered):
    told = {"asked": ["child_safe"], "told": ["first_report.default"], "child_relation": relation}
    state = tracker("ask_start_conversation", "ik ga praten met zijn vader", [("topic", "his_parents")], **told)
    messages, _, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0].startswith("confronts") is answered


def test_an_address_in_the_wrong_hands_names_the_police():
    state = tracker("nlu_fallback", "ze hebben ons adres", [("topic", "has_address")], **CASE, **REPORTED)
    messages, _, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0] == "has_address.default"
