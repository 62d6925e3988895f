"""What stays with a parent through a conversation: special questions, asking again, the summary, the plan."""

import pytest

from actions.advise import ActionAdvise
from actions.calm_response import ActionCalmResponse
from actions.confirm import ActionRestart
from actions.fallback import ActionDefaultFallback
from actions.next_steps import ActionNextSteps
from actions.respond_to_report import ActionRespondToReport
from actions.safety import ActionSafety
from actions.short_answer import ActionShortAnswer
from tests.unit.actions.test_actions import items, run, tracker

CASE = {"child_relation": "son", "child_age": 14.0, "demands": ["money"], "paid": False, "spread": False}
SETTLED = {"risk_state": "denied", "asked": ["child_safe", "suicide_check"], "told": ["first_report.default"]}


@pytest.mark.parametrize(
    "topic", ["tonight", "siblings", "school", "other_parent", "punishable", "later", "who_may_know"]
)
def test_a_question_more_special_than_its_intent_gets_its_own_answer(topic):
    messages, _, _ = run(ActionAdvise(), tracker("ask_aftercare", "en nu?", [("topic", topic)], **SETTLED))
    assert items(messages)[0].startswith(f"{topic}.")


def test_a_report_that_mentions_school_is_still_a_report():
    messages, _, _ = run(ActionRespondToReport(), tracker("report_sextortion", "x", [("topic", "school")]))
    assert items(messages)[0].startswith("first_report.")


@pytest.mark.parametrize(("topic", "kind", "count"), [("take_away", "attachment", 2), ("reminders", "calendar", 1)])
def test_what_is_taken_away_rides_along_as_files(topic, kind, count):
    state = tracker("ask_next_steps", "kan ik dit printen", [("topic", topic)], **CASE, **SETTLED)
    messages, _, _ = run(ActionNextSteps(), state)
    assert messages[-1]["custom"]["kind"] == kind and len(messages[-1]["custom"]["files"]) == count


def test_files_are_handed_out_even_with_the_numbers_in_front():
    state = tracker("ask_aftercare", "herinner me", [("topic", "reminders")], risk_state="signalled")
    messages, _, _ = run(ActionAdvise(), state)
    assert len(messages) == 3 and messages[0]["item"] == "after.default"
    assert messages[-1]["custom"]["kind"] == "calendar"


@pytest.mark.parametrize("unsafe", [{"circumstance": ["home_unsafe"]}, {"offender": "family"}])
def test_where_someone_may_look_nothing_is_handed_out(unsafe):
    for topic in ("take_away", "reminders", "preparation"):
        messages, _, _ = run(ActionAdvise(), tracker("ask_police", "x", [("topic", topic)], **unsafe, **SETTLED))
        assert all((message.get("custom") or {}).get("kind") in (None, "contact") for message in messages)


@pytest.mark.parametrize("change", [("spread", True), ("circumstance", "came_back"), ("circumstance", "deadline")])
def test_a_no_is_asked_again_when_something_changes(change):
    state = tracker("report_image_spread", "en nu dit", [change], **SETTLED)
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert slots["open_question"] == "suicide_check_again"
    assert all(number in messages[-1]["text"] for number in ("113", "1813", "112"))


@pytest.mark.parametrize(
    ("asked", "question"),
    [(["child_safe"], "suicide_check"), (["child_safe", "suicide_check"], "suicide_check_again")],
)
def test_a_ruined_life_raises_the_question(asked, question):
    state = tracker(
        "express_panic", "hij zegt dat zijn leven verpest is", [("circumstance", "life_ruined")], asked=asked
    )
    _, slots, _ = run(ActionCalmResponse(), state)
    assert slots["open_question"] == question


def test_without_a_change_a_no_is_left_in_peace():
    state = tracker("ask_police", "moet ik naar de politie", **CASE, **SETTLED)
    _, slots, _ = run(ActionAdvise(), state)
    assert slots.get("open_question") != "suicide_check_again"


def test_a_threat_at_home_is_asked_about_once_and_a_no_takes_it_back():
    entities = [("circumstance", "home_unsafe")]
    state = tracker("express_panic", "haar vader vermoordt haar", entities, **SETTLED)
    _, slots, _ = run(ActionAdvise(), state)
    assert slots["open_question"] == "home_danger" and slots["circumstance"] == ["home_unsafe"]
    answer = tracker(
        "deny", "nee zo bedoel ik het niet", open_question="home_danger", circumstance=["home_unsafe"], **SETTLED
    )
    _, slots, _ = run(ActionShortAnswer(), answer)
    assert slots["circumstance"] == []
    answer = tracker("affirm", "ja", open_question="home_danger", circumstance=["home_unsafe"], **SETTLED)
    messages, _, _ = run(ActionShortAnswer(), answer)
    assert items(messages)[0] == "home_unsafe.default"


def test_the_summary_is_confirmed_before_the_plan_and_a_no_asks_what_is_wrong():
    state = tracker("affirm", "ja", **CASE, **SETTLED)
    messages, slots, _ = run(ActionShortAnswer(), state)
    assert slots["open_question"] == "summary" and "je zoon van 14" in messages[-1]["text"]
    messages, slots, _ = run(ActionShortAnswer(), tracker("deny", "nee", open_question="summary", **CASE, **SETTLED))
    assert slots["open_question"] == "correction"
    asked = {**SETTLED, "asked": [*SETTLED["asked"], "summary"]}
    messages, slots, _ = run(ActionShortAnswer(), tracker("affirm", "ja", open_question="summary", **CASE, **asked))
    assert "plan.default" in items(messages) and slots["open_question"].startswith("step.")


def test_a_step_without_a_fact_is_ticked_off_by_yes():
    known = {"evidence_saved": True, "contact_cut": True, "reported_helpwanted": True, "reported_police": True}
    case = {**CASE, **known, "steps_done": ["know_this"]}
    state = tracker("affirm", "gedaan", open_question="step.tonight.step_default", **case, **SETTLED)
    messages, slots, _ = run(ActionShortAnswer(), state)
    assert slots["steps_done"] == ["know_this", "tonight"] and "plan_done.default" in items(messages)


def test_where_were_we_shows_the_plan_and_its_progress():
    state = tracker("ask_next_steps", "waar waren we", [("topic", "progress")], **CASE, **SETTLED)
    messages, slots, _ = run(ActionNextSteps(), state)
    assert "plan.default" in items(messages) and slots["open_question"].startswith("step.")


def test_after_a_helpline_is_named_it_is_asked_whether_it_worked():
    messages, slots, _ = run(ActionAdvise(), tracker("human_handover", "ik wil een mens", **CASE, **SETTLED))
    assert slots["open_question"] == "reached"
    contacts = messages[-1]["custom"]["contacts"]
    assert all({"phone", "url", "open_now", "what_happens"} <= set(contact) for contact in contacts)
    messages, _, _ = run(ActionShortAnswer(), tracker("deny", "nee", open_question="reached", **CASE, **SETTLED))
    assert items(messages)[0].startswith("not_reached.")


@pytest.mark.parametrize("words", ["hij zegt van niet", "ze zegt nee, ze denkt niet aan zelfmoord"])
def test_what_the_child_answered_is_a_no(words):
    state = tracker("nlu_fallback", words, open_question="suicide_check", **CASE, asked=["child_safe", "suicide_check"])
    messages, slots, _ = run(ActionDefaultFallback(), state)
    assert slots["risk_state"] == "denied" and items(messages)[0] == "denied.default"


@pytest.mark.parametrize(("said", "state"), [("ja ik heb haar telefoon hier liggen", None), ("ja", "signalled")])
def test_a_yes_about_something_else_is_no_sign(said, state):
    asked = tracker("affirm", said, open_question="suicide_check", **CASE, asked=["child_safe", "suicide_check"])
    messages, slots, _ = run(ActionShortAnswer(), asked)
    assert slots.get("risk_state") == state and "113" in messages[0]["text"]


def test_one_word_answers_what_the_offender_wants():
    state = tracker("ask_financial_vs_sexual", "geld", open_question="demands", asked=["child_safe", "suicide_check"])
    _, slots, _ = run(ActionAdvise(), state)
    assert slots["demands"] == ["money"] and slots["open_question"] == "paid"


def test_who_asks_instead_of_answering_gets_the_answer_and_the_question_once_more():
    case = {**CASE, "asked": ["child_safe", "suicide_check"], "told": ["first_report.default"]}
    state = tracker("ask_police", "moet ik naar de politie", open_question="suicide_check", **case)
    messages, slots, _ = run(ActionAdvise(), state)
    assert items(messages)[0].startswith("ask_police") and items(messages)[-1] == "question.suicide_check"
    again = {**case, "told": slots["told"]}
    _, slots, _ = run(ActionAdvise(), tracker("ask_evidence", "en bewijs", open_question="suicide_check", **again))
    assert slots["open_question"] is None


def test_a_fact_is_no_place():
    entities = [("child_age", 13)]
    state = tracker("report_sextortion", "hij is 13", entities, open_question="child_safe", asked=["child_safe"])
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert items(messages)[-1] == "question.child_safe"


def test_who_speaks_of_a_son_is_not_spoken_to_as_one():
    state = tracker("child_speaking", "mijn zoon kreeg een bericht", [("child_relation", "son")], confidence=0.97)
    messages, slots, _ = run(ActionSafety(), state)
    assert items(messages)[0].startswith("first_report") and "writer" not in slots


@pytest.mark.parametrize("open_question", ["child_safe", "spread", None])
def test_a_bare_word_answers_what_was_asked_before(open_question):
    state = tracker("ask_financial_vs_sexual", "geld", open_question=open_question, told=["first_report.default"])
    _, slots, _ = run(ActionAdvise(), state)
    assert slots["demands"] == ["money"]


def test_a_no_before_the_question_is_no_denial_of_it():
    state = tracker("deny", "nee ze zegt van niet", open_question="child_safe", asked=["child_safe"])
    _, slots, _ = run(ActionShortAnswer(), state)
    assert "risk_state" not in slots


@pytest.mark.parametrize("words", ["ze zegt van niet maar ik vertrouw het niet", "hij zegt nee, ik geloof hem niet"])
def test_a_no_that_is_doubted_is_no_denial(words):
    state = tracker("nlu_fallback", words, open_question="suicide_check", **CASE, asked=["child_safe", "suicide_check"])
    messages, slots, _ = run(ActionDefaultFallback(), state)
    assert "risk_state" not in slots


@pytest.mark.parametrize(
    ("said", "item"), [("hij zit nu bij mij op schoot", "accompanied"), ("niet bij mij", "not_acc")]
)
def test_who_is_with_the_child_is_understood(said, item):
    state = tracker("report_sextortion", said, open_question="safety_with_child", risk_state="signalled")
    messages, _, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0].startswith(item)


@pytest.mark.parametrize("intent", ["out_of_scope", "suspect_something", "express_panic", "ask_police"])
def test_a_first_message_that_tells_the_case_is_a_report_whatever_it_was_taken_for(intent):
    entities = [("child_age", 10), ("platforms", "fortnite"), ("demands", "images")]
    messages, slots, _ = run(ActionAdvise(), tracker(intent, "kreeg skins en nu wil die kerel er meer", entities))
    assert items(messages)[0].startswith("first_report") and slots["open_question"] == "child_safe"


def test_whoever_answered_as_a_parent_is_not_taken_for_the_child():
    state = tracker("child_speaking", "mag dat met mijn eigen telefoon", confidence=0.7, asked=["child_safe"])
    _, slots, _ = run(ActionSafety(), state)
    assert "writer" not in slots


def test_news_of_the_case_is_news_whatever_it_was_taken_for():
    state = tracker("restart", "er komt net een tweede profiel binnen", [("circumstance", "came_back")], **SETTLED)
    _, slots, _ = run(ActionRestart(), state)
    assert slots["open_question"] == "suicide_check_again"


@pytest.mark.parametrize("said", ["geen rooie cent", "niks hoor"])
def test_nothing_paid_is_said_in_many_ways(said):
    case = {"demands": ["money"], "asked": ["child_safe", "suicide_check", "paid"]}
    _, slots, _ = run(ActionDefaultFallback(), tracker("nlu_fallback", said, open_question="paid", **case))
    assert slots["paid"] is False


def test_a_relative_named_as_company_is_no_offender():
    said, entities = "op zolder, zijn broer zit op de trap", [("offender", "family")]
    state = tracker("report_sextortion", said, entities, open_question="child_safe", asked=["child_safe"])
    state.slots["offender"] = "family"  # as Rasa has filled it already
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert slots["offender"] is None and slots["open_question"] == "suicide_check"
