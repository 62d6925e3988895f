"""Whom "haar" and "hem" mean, and what is answered to where a parent goes."""

import pytest

from actions.advise import ActionAdvise
from actions.pronouns import meant
from actions.safety import ActionSafety
from tests.unit.actions.test_actions import items, run, tracker

REPORTED = {"asked": ["child_safe", "suicide_check"], "told": ["first_report.default"], "risk_state": "denied"}


@pytest.mark.parametrize(
    ("said", "child", "told", "topic"),
    [
        ("goes_to_her", "daughter", [], "goes_to_child"),
        ("goes_to_her", "son", [], "own_threat"),
        ("goes_to_him", "son", [], "goes_to_child"),
        ("goes_to_him", "daughter", [], "own_threat"),
        ("goes_to_him", None, [], "own_threat"),
        ("goes_to_him", "son", ["own_threat.default"], "own_threat"),
        ("goes_to_her", "daughter", ["own_threat.default"], "goes_to_child"),
        ("calls_him", "son", [], "goes_to_child"),
        ("calls_him", "daughter", [], "confronts"),
    ],
)
def test_a_pronoun_is_the_child_where_it_fits_nobody_else(said, child, told, topic):
    assert [each for _, _, each in meant([(0, 9, said)], {"child_relation": child}, told)] == [topic]


def test_beside_the_offender_a_pronoun_is_the_offender():
    spans = [(0, 9, "confronts"), (12, 20, "goes_to_him")]
    assert {topic for _, _, topic in meant(spans, {"child_relation": "son"}, [])} == {"confronts", "own_threat"}


@pytest.mark.parametrize("country", [None, "be"])
def test_who_goes_to_the_child_is_let_go_warmly(country):
    state = tracker(
        "thank", "dank u, ik ga bij haar zitten", [("topic", "goes_to_her")], child_relation="daughter", **REPORTED
    )
    state.slots["country"] = country
    messages, slots, _ = run(ActionAdvise(), state)
    assert items(messages)[0].startswith("goes_to_child.") and not slots.get("open_question")
    assert "0900" not in " ".join(message["text"] for message in messages)


def seen(text, topic, **slots):
    state = tracker("report_immediate_danger", text, [("topic", topic)], **{**REPORTED, **slots})
    state.latest_message["safety"] = {"layers": [{"layer": "pattern", "id": "on_the_way", "score": 1.0}]}
    state.latest_message["safety_score"] = 1.0
    return state


def test_a_parent_on_the_way_to_the_child_is_no_child_on_its_way():
    messages, _, _ = run(ActionSafety(), seen("ik ga nu naar hem toe", "goes_to_him", child_relation="son"))
    assert items(messages)[0].startswith("goes_to_child.")


def test_a_child_on_its_way_is():
    messages, _, _ = run(ActionSafety(), seen("ik ga nu naar hem toe", "goes_to_him", writer="child"))
    assert not items(messages)[0].startswith("goes_to_child.")
    messages, _, _ = run(ActionSafety(), seen("ze gaat nu naar hem toe", "own_threat", child_relation="daughter"))
    assert items(messages)[0].startswith("report_immediate_danger.")
