"""Once 112 was named: questions are answered with the number in front, and good news ends it."""

import pytest

from actions.advise import ActionAdvise
from actions.fallback import ActionDefaultFallback
from actions.respond_to_report import ActionRespondToReport
from actions.safety import ActionSafety
from tests.unit.actions.test_actions import items, run, tracker
from tests.unit.actions.test_alarms import alarm
from tests.unit.actions.test_companion import CASE

DANGER = ["report_immediate_danger.default"]
OPEN = {"risk_state": "signalled", "asked": ["child_safe"], "told": DANGER, "open_question": "called_emergency", **CASE}


def test_a_question_that_is_understood_is_answered_behind_one_line_with_the_number():
    messages, _, _ = run(ActionAdvise(), tracker("ask_evidence", "hoe bewaar ik die berichten?", **OPEN))
    assert items(messages)[0] == "still_danger.default" and "112" in messages[0]["text"]
    assert any(item.startswith("ask_evidence") for item in items(messages))


def test_the_line_is_said_twice_at_most():
    state = {**OPEN, "told": [*DANGER, "still_danger.default", "still_danger.default"]}
    messages, _, _ = run(ActionAdvise(), tracker("ask_evidence", "hoe bewaar ik die berichten?", **state))
    assert "still_danger.default" not in items(messages)


@pytest.mark.parametrize("score", [0.6, 0.999])
def test_what_only_classifiers_see_does_not_swallow_a_topic(score):
    state = alarm("zij wil zelf bepalen wat school te horen krijgt", score, **OPEN)
    state.latest_message["entities"] = [{"entity": "topic", "value": "child_decides", "start": 0, "end": 9}]
    messages, _, _ = run(ActionSafety(), state)
    assert items(messages)[:2] == ["still_danger.default", "child_decides.default"]


def test_112_is_commanded_twice_at_most_for_what_no_pattern_sees():
    once = run(ActionSafety(), alarm("hij zegt laat maar mama", 0.999, calm="nlu_fallback", **OPEN))[0]
    assert items(once)[0].startswith("report_immediate_danger")
    twice = {**OPEN, "told": DANGER * 2}
    messages, _, _ = run(ActionSafety(), alarm("hij zegt laat maar mama", 0.999, calm="nlu_fallback", **twice))
    assert items(messages)[0] == "emergency_not_called.default"  # is it over? the number is in it


def test_a_pattern_still_commands_however_often_it_was_said():
    state = alarm("hij staat nu op het dak", 1.0, "pattern", **{**OPEN, "told": DANGER * 5})
    assert items(run(ActionSafety(), state)[0])[0].startswith("report_immediate_danger")


def test_what_is_not_understood_is_asked_about_once_and_then_not_again():
    first, slots, _ = run(ActionDefaultFallback(), tracker("nlu_fallback", "bla", **OPEN))
    assert items(first)[0] == "emergency_not_called.default" and slots["open_question"] == "danger_over"
    after = {**OPEN, "told": [*DANGER, "emergency_not_called.default"], "open_question": "danger_over"}
    messages, _, _ = run(ActionDefaultFallback(), tracker("nlu_fallback", "bla", **after))
    assert items(messages)[0] == "still_danger.default" and "112" in messages[0]["text"]


@pytest.mark.parametrize(
    ("topic", "item"),
    [
        ("help_is_here", "help_is_here.default"),
        ("sleeps_now", "sleeps_now.default"),
        ("stays_away", "stays_away.default"),
        ("safe_now", "danger_passed.default"),
    ],
)
def test_good_news_ends_the_danger(topic, item):
    state = alarm("het gaat", 0.999, **OPEN)
    state.latest_message["entities"] = [{"entity": "topic", "value": topic, "start": 0, "end": 3}]
    messages, slots, _ = run(ActionSafety(), state)
    assert items(messages)[0] == item
    later = {**OPEN, "told": slots["told"], "open_question": None}
    messages, _, _ = run(ActionAdvise(), tracker("ask_evidence", "hoe bewaar ik die berichten?", **later))
    assert "still_danger.default" not in items(messages)


def test_sleep_ends_nothing_where_something_may_have_been_swallowed():
    state = tracker("report_sextortion", "slaapt nu", [("topic", "sleeps_now")], **OPEN, circumstance=["means_at_hand"])
    assert "sleeps_now.default" not in items(run(ActionRespondToReport(), state)[0])


def test_a_farewell_of_a_child_that_cannot_be_reached_is_112_first():
    state = tracker("report_suicidal_risk", "zij schreef dank voor alles", [("circumstance", "missing")], **CASE)
    messages, _, _ = run(ActionSafety(), state)
    assert items(messages)[0] == "report_immediate_danger.missing" and "112" in messages[0]["text"]


@pytest.mark.parametrize("circumstance", ["at_the_door", "home_unsafe", "violence_threatened"])
def test_the_door_is_kept_shut_only_against_somebody(circumstance):
    at_the_door = tracker("report_immediate_danger", "help", [("circumstance", circumstance)], **CASE)
    assert "deur dicht" in run(ActionSafety(), at_the_door)[0][1]["text"]
    for entities in ([], [("demands", "self_harm")], [("demands", "meeting")]):
        messages, _, _ = run(ActionSafety(), tracker("report_immediate_danger", "help", entities))
        assert not any("deur dicht" in message["text"] for message in messages)


def test_who_goes_to_the_offender_gets_words_of_their_own():
    state = alarm("they have gone after him with a bat", 1.0, "pattern", **CASE)
    state.latest_message["safety"]["layers"][0]["id"] = "en_goes_after_the_offender"
    state.latest_message["entities"] = [{"entity": "topic", "value": "own_threat", "start": 0, "end": 4}]
    assert items(run(ActionSafety(), state)[0])[0] == "own_threat.default"


def test_who_must_stop_is_not_held_up():
    state = tracker("goodbye", "moet weg, mijn man komt binnen", [("topic", "someone_comes")], **OPEN)
    messages, _, _ = run(ActionAdvise(), state)
    assert (
        items(messages) == ["someone_comes.default"] and messages[0]["buttons"][0]["title"] == "Verwijder dit gesprek"
    )


def test_a_no_behind_which_the_danger_is_told_is_no_no():
    said = [("circumstance", "home_unsafe")]
    text = "nee, geen mes, maar zijn oom sloeg haar al eens en ze zou uitgehuwelijkt worden denk ik"
    state = tracker(
        "deny", text, said, open_question="home_danger", asked=["child_safe", "home_danger"], confidence=0.2
    )
    assert "home_is_safe.default" not in items(run(ActionAdvise(), state)[0])
