"""Special questions, several in one message, and news that cannot wait for the next question."""

import pytest

from actions.advise import ActionAdvise
from actions.next_steps import ActionNextSteps
from actions.respond_to_report import ActionRespondToReport
from actions.safety import ActionSafety
from actions.short_answer import ActionShortAnswer
from naast.guidance.schema import MAX_CHARACTERS
from tests.unit.actions.test_actions import items, run, tracker
from tests.unit.actions.test_alarms import alarm
from tests.unit.actions.test_companion import CASE, SETTLED

REPORTED = {"asked": ["child_safe"], "told": ["first_report.default"]}


def test_two_topics_and_a_question_get_a_short_answer_each():
    named = [("topic", "money_back"), ("topic", "school")]
    state = tracker("ask_break_contact", "geld terug? school? en blokkeren?", named, **CASE, **SETTLED)
    messages, _, _ = run(ActionAdvise(), state)
    assert [item.split(".")[0] for item in items(messages)] == ["money_back", "school", "ask_break_contact"]
    assert all(len(message["text"]) <= MAX_CHARACTERS for message in messages)


def test_of_two_topics_in_the_same_words_one_is_answered():
    state = tracker("ask_police", "school", [("topic", "school"), ("topic", "confronts")], **CASE, **SETTLED)
    for entity in state.latest_message["entities"]:
        entity.update(start=0, end=6)
    messages, _, _ = run(ActionAdvise(), state)
    assert {item.split(".")[0] for item in items(messages)} == {"school"}


@pytest.mark.parametrize("news", [("demands", "meeting"), ("circumstance", "live_now")])
def test_news_that_cannot_wait_shows_what_to_do_now(news):
    state = tracker("report_sextortion", "hij is thuis", [news], open_question="child_safe", **REPORTED)
    messages, _, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0] in ("plan.default", "urgent.default")
    assert items(messages)[1].startswith(("police.", "stop_contact_now."))


@pytest.mark.parametrize("text", ["ik heb het gevraagd, hij zegt nee oma", "vroeg het haar: nee, nu niet"])
def test_what_the_child_answered_is_heard_whatever_was_asked_last(text):
    state = tracker("deny", text, open_question="safety_with_child", risk_state="signalled", **REPORTED)
    messages, slots, _ = run(ActionShortAnswer(), state)
    assert items(messages)[0] == "denied.default" and slots["risk_state"] == "denied"


@pytest.mark.parametrize("text", ["hij zegt dat hij het wel meende", "ja ze denkt er aan zegt ze"])
def test_a_child_that_means_it_is_heard_and_nobody_is_asked_again(text):
    told = ["report_suicidal_risk.default"]
    state = tracker("report_sextortion", text, open_question="safety_with_child", risk_state="signalled", told=told)
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0] == "report_suicidal_risk.default" and "113" in messages[0]["text"]


def test_a_no_that_is_not_believed_settles_nothing():
    text = "ze zegt nee maar ik geloof haar niet"
    state = tracker("deny", text, open_question="suicide_check", **REPORTED)
    _, slots, _ = run(ActionShortAnswer(), state)
    assert slots.get("risk_state") != "denied"


def test_a_no_that_may_be_a_sign_settles_nothing():
    state = tracker(
        "deny", "ze zei dat niemand haar zou missen als ze weg was", open_question="suicide_check", **REPORTED
    )
    state.latest_message["safety_score"] = 0.3
    _, slots, _ = run(ActionShortAnswer(), state)
    assert slots.get("risk_state") != "denied"


def test_not_daring_to_ask_is_no_no():
    text = "dat weet ik niet, dat durf ik hem niet te vragen"
    state = tracker("deny", text, open_question="suicide_check", **CASE, **REPORTED)
    messages, slots, _ = run(ActionShortAnswer(), state)
    assert items(messages)[0].startswith("ask_your_child.") and slots.get("risk_state") != "denied"


def test_danger_at_home_is_heard_in_more_than_a_word():
    text = "ja echt gevaar. zijn broer heeft vroeger ook zo gedaan"
    state = tracker("express_blame", text, open_question="home_danger", circumstance=["home_unsafe"], **REPORTED)
    messages, _, _ = run(ActionAdvise(), state)
    assert items(messages)[0].startswith("home_unsafe.")


def test_violence_of_the_parent_is_calmed_and_not_taken_for_danger_to_the_child():
    state = alarm("ik sla zijn kop eraf", 0.62, calm="report_sextortion", **CASE, **REPORTED)
    state.latest_message["entities"] = [{"entity": "topic", "value": "own_threat", "start": 0, "end": 9}]
    messages, _, _ = run(ActionSafety(), state)
    assert items(messages)[0].startswith("own_threat.")


def test_who_stays_home_is_praised_and_asked_nothing_more():
    told = ["first_report.default", "own_threat.default"]
    state = tracker("goodbye", "ok ik blijf thuis", [("topic", "stays_home")], **CASE, **{**SETTLED, "told": told})
    messages, _, _ = run(ActionAdvise(), state)
    assert set(items(messages)) == {"stays_home.default"}


def test_a_sentence_for_the_child_is_read_without_having_been_asked_for():
    state = tracker("ask_avoid_blame", "ik wil zeggen: hoe kon je nou zo dom zijn zeg", **CASE, **SETTLED)
    state.latest_message["entities"] = [{"entity": "blames_child", "value": True, "start": 0, "end": 9}]
    state.latest_message["blame_kind"] = "reproach"
    messages, _, _ = run(ActionAdvise(), state)
    assert items(messages)[0].startswith("blamed.")


def test_what_is_told_of_the_child_while_practising_is_no_sentence_for_it():
    state = tracker("report_sextortion", "ze zit op haar kamer", open_question="practice", **CASE, **REPORTED)
    messages, _, _ = run(ActionRespondToReport(), state)
    assert not items(messages)[0].startswith(("kind.", "blamed."))


def test_while_a_child_is_missing_no_plan_comes_in_between():
    told = ["report_immediate_danger.default"]
    state = tracker("ask_next_steps", "wat moet ik doen", risk_state="signalled", told=told, asked=["child_safe"])
    assert set(items(run(ActionNextSteps(), state)[0])) == {"report_immediate_danger.default"}
    state.slots["told"] = [*told, "emergency_called.default"]
    assert items(run(ActionNextSteps(), state)[0]) == ["emergency_called.default"] * 2


def test_niks_in_a_longer_sentence_does_not_say_that_nothing_was_paid():
    state = tracker("ask_helpwanted", "naar wie moet ik bellen, ik ken daar niks van", open_question="paid", **REPORTED)
    _, slots, _ = run(ActionAdvise(), state)
    assert slots.get("paid") is None
