"""What the model said is read otherwise now and then: the action of that other intent replies, whichever Rasa chose."""

import pathlib

import pytest
import yaml

from actions import corrections
from actions.advise import ActionAdvise
from actions.base import NaastAction
from actions.calm_response import ActionCalmResponse
from actions.confirm import ActionConfirmErase
from actions.fallback import ActionDefaultFallback
from actions.respond_to_report import ActionRespondToReport
from actions.safety import ActionSafety
from actions.short_answer import ActionShortAnswer
from actions.turn import Turn
from tests.unit.actions.test_actions import corrected, items, run, tracker

RULES = pathlib.Path(__file__).parents[3] / "data" / "rules"
REPORTED = {"asked": ["child_safe", "suicide_check"], "told": ["first_report.default"], "risk_state": "denied"}
ASKED_ONCE = {"told": ["first_report.default"], "asked": ["child_safe", "suicide_check"]}


def rules():
    for path in sorted(RULES.glob("*.yml")):
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]:
            yield rule["steps"][0]["intent"], rule["steps"][1]["action"]


@pytest.mark.parametrize(("intent", "action"), rules())
def test_the_rules_and_the_actions_agree_on_who_answers_what(intent, action):
    assert NaastAction._by_intent[intent]().name() == action
    assert ActionCalmResponse in NaastAction._by_intent.values()  # every module of actions/ is loaded, as in the server


@pytest.mark.parametrize("slots", [{}, REPORTED])
@pytest.mark.parametrize(
    ("action", "intent", "entities"),
    [
        (ActionSafety, "child_speaking", [("paid", True), ("demands", "money")]),
        (ActionSafety, "child_speaking", [("contact_cut", True)]),
        (ActionSafety, "child_speaking", [("child_relation", "son")]),
        (ActionAdvise, "report_child_forwarded", [("complied", True)]),
        (ActionDefaultFallback, "nlu_fallback", [("paid", True)]),
    ],
)
def test_a_parent_who_tells_of_the_case_is_answered(action, intent, entities, slots):
    state = tracker(intent, "en toen stuurde hij er nog een", entities, confidence=0.45, **slots)
    messages, answered, _ = run(action(), state)
    taken_in = ("more_facts", "first_report", "paid_already", "news")
    assert items(messages)[0].startswith(taken_in) and answered["open_question"]


def test_a_question_beside_a_no_is_not_lost():
    text = "hij zegt nee, wat moet ik nou bewaren van die chats"
    state = tracker("ask_evidence", text, open_question="suicide_check", **ASKED_ONCE)
    messages, slots, _ = run(ActionAdvise(), state)
    assert slots["risk_state"] == "denied" and not slots.get("also_asked")
    assert "ask_evidence" in {item.split(".")[0] for item in items(messages)}


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("suicide_check", "ask_your_child"),
        ("suicide_check_again", "ask_your_child"),
        ("safety_doubt", "ask_your_child"),
        ("child_answer", "after"),
        ("demands", "unsure"),
        ("paid", "unsure"),
        ("spread", "unsure"),
        ("home_danger", "home_unsafe"),
    ],
)
def test_the_button_weet_ik_niet_is_no_no(question, item):
    state = tracker("deny", '/deny{"unsure": true}', [("unsure", True)], open_question=question, **ASKED_ONCE)
    messages, slots, _ = run(ActionShortAnswer(), state)
    assert items(messages)[0].startswith(item)
    assert not {"paid", "spread"} & slots.keys() and slots.get("risk_state") != "denied"


@pytest.mark.parametrize("question", ["suicide_check", "suicide_check_again", "safety_doubt"])
def test_what_is_not_understood_behind_a_question_about_dying_gets_the_careful_answer(question):
    state = tracker("nlu_fallback", "tja de kat en de buren", open_question=question, confidence=0.08, **ASKED_ONCE)
    messages, slots, _ = run(ActionDefaultFallback(), state)
    assert items(messages)[0].startswith("ask_your_child") and "risk_state" not in slots
    assert items(messages)[-1] == ("question.suicide_check" if question == "suicide_check" else "question.demands")


def test_who_is_with_the_child_is_not_asked_of_who_told_it():
    entities = [("child_age", 17), ("platforms", "whatsapp"), ("spread", True)]
    said = "haar ex zette filmpjes in de groep, ze zit op haar kamer met haar beste vriendin"
    messages, slots, _ = run(ActionRespondToReport(), tracker("report_image_spread", said, entities))
    assert items(messages)[-1] == "question.suicide_check" and "child_safe" in slots["asked"]


def test_a_child_is_asked_about_itself():
    state = tracker("child_speaking", "ik kan niet meer", writer="child", told=["child_speaking.default"])
    state.latest_message["safety_doubt"] = 0.2
    messages, slots, _ = run(ActionSafety(), state)
    assert slots["open_question"] == "own_safety_doubt" and "113" in messages[-1]["text"]


@pytest.mark.parametrize("intent", ["greet", "nlu_fallback", "out_of_scope"])
def test_news_that_was_not_understood_is_taken_in(intent):
    case = {**REPORTED, "demands": ["money"]}
    state = tracker(intent, "mentor gebeld, fijne vrouw, zij let morgen op", confidence=0.4, **case)
    messages, slots, _ = run(ActionDefaultFallback(), state)
    assert items(messages)[0] == "heard.default" and slots["open_question"]


@pytest.mark.parametrize("said", ["brabbel", "hoe zit het met de mentor en zo dan"])
def test_a_question_that_was_not_understood_is_not_thanked_for(said):
    state = tracker("nlu_fallback", said, confidence=0.08, **REPORTED, demands=["money"])
    messages, _, _ = run(ActionDefaultFallback(), state)
    assert items(messages)[0].startswith("fallback")


def erases(messages):
    return {"kind": "erase"} in [message.get("custom") for message in messages]


def test_only_a_yes_that_was_understood_erases():
    asked = {"open_question": "confirm_erase", **REPORTED}
    sure, _, _ = run(ActionShortAnswer(), tracker("affirm", "ja", **asked))
    guessed, _, _ = run(ActionShortAnswer(), tracker("affirm", "tja hmm dus", confidence=0.2, **asked))
    state = corrected("affirm", "ja, 13", ("child_age", 13), {"child_age": 14})
    state.slots.update(asked)
    told_otherwise, _, _ = run(ActionShortAnswer(), state)
    again, _, _ = run(ActionConfirmErase(), tracker("delete_my_data", "wis alles", **asked))
    assert [erases(messages) for messages in (sure, guessed, told_otherwise, again)] == [True, False, False, False]


def test_starting_over_forgets_the_case_and_keeps_danger_and_language():
    told = ["first_report.default", "report_immediate_danger.default"]
    case = {"demands": ["money"], "child_age": 12, "language": "en", "risk_state": "signalled"}
    state = tracker("affirm", "ja", open_question="confirm_restart", told=told, **case)
    _, slots, events = run(ActionShortAnswer(), state)
    assert events[0]["event"] == "reset_slots"
    assert slots == {"risk_state": "signalled", "language": "en", "told": told[1:]}


def test_what_was_said_before_starting_over_is_not_known_any_more():
    state = tracker("report_sextortion", "mijn dochter van 12", [("child_age", 12)], child_age=12)
    user, over = {"event": "user", "text": "x"}, {"event": "reset_slots"}
    old, new = ({"event": "slot", "name": "child_age", "value": age} for age in (14, 12))
    state.events = [user, old, user, over, user, new]
    turn = Turn.from_tracker(state)
    assert not turn.facts_before and not corrections.corrected(turn)


def test_a_report_is_answered_by_the_action_of_reports():
    """The action that Rasa chose stays the one that replies where nothing was read otherwise."""
    messages, _, _ = run(ActionRespondToReport(), tracker("report_sextortion", "mijn zoon wordt gechanteerd"))
    assert items(messages)[0].startswith("first_report")


def test_who_denies_and_asks_something_else_is_not_asked_again():
    said = "over doodgaan heeft hij nooit iets gezegd, maar als we betalen houdt het toch op"
    state = tracker("ask_should_we_pay", said, open_question="suicide_check", **ASKED_ONCE)
    state.latest_message["safety_denied"] = True
    messages, slots, _ = run(ActionAdvise(), state)
    assert slots["risk_state"] == "denied" and "question.suicide_check" not in items(messages)


def test_a_no_around_where_the_child_is_tells_where_it_is():
    said = "nee ik ga niet, ze ligt boven en haar moeder ligt ernaast"
    state = tracker("deny", said, open_question="child_safe", asked=["child_safe"])
    assert items(run(ActionShortAnswer(), state)[0])[0] == "child_is_safe.default"
