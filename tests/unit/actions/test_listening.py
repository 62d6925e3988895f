"""What the last dialogues held by strangers taught: a natural "no" is heard, a place is a place, roles are kept."""

import pytest

from actions.advise import ActionAdvise
from actions.fallback import ActionDefaultFallback
from actions.respond_to_report import ActionRespondToReport
from actions.safety import ActionSafety
from tests.unit.actions.test_actions import corrected, items, run, tracker
from tests.unit.actions.test_companion import CASE, SETTLED


def denial(intent, text, **slots):
    state = tracker(intent, text, **slots)
    state.latest_message["safety_denied"] = True
    return state


def test_a_denial_in_passing_is_thanked_for_and_settles_the_question():
    asked = {"open_question": "child_safe", "asked": ["child_safe"], "told": ["first_report.default"]}
    state = denial("report_sextortion", "ze zit naast me en ze denkt niet aan doodgaan", **CASE, **asked)
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0] == "denied.default" and slots["risk_state"] == "denied"
    assert slots["open_question"] not in ("child_safe", "suicide_check")


def test_a_question_beside_a_denial_is_answered():
    asked = {
        "open_question": "suicide_check",
        "asked": ["child_safe", "suicide_check"],
        "told": ["first_report.default"],
    }
    state = denial("ask_police", "ze wil niet dood, dat heb ik gevraagd. moeten we naar de politie?", **CASE, **asked)
    messages, slots, _ = run(ActionAdvise(), state)
    assert items(messages)[0] == "denied.default" and slots["risk_state"] == "denied"
    assert any(item.startswith("ask_police.") for item in items(messages))


def test_who_says_how_old_it_is_is_the_child_whatever_boy_it_names():
    entities = [("child_relation", "son"), ("child_age", 13)]
    state = tracker("child_speaking", "ik ben 13 en een jongen op snap heeft een foto", entities, confidence=0.97)
    messages, slots, _ = run(ActionSafety(), state)
    assert items(messages)[0].startswith("child_speaking") and slots["writer"] == "child"


def test_a_grandmother_is_not_taken_for_the_child():
    state = tracker("child_speaking", "ik ben de oma van een jongen", [("writer", "adult")], confidence=0.97)
    messages, _, _ = run(ActionSafety(), state)
    assert items(messages)[0].startswith("first_report")


def test_the_same_alarm_again_comes_shorter():
    state = tracker("report_suicidal_risk", "hij wil dood", told=["report_suicidal_risk.netherlands"], country="nl")
    first, _, _ = run(ActionSafety(), tracker("report_suicidal_risk", "hij wil dood", country="nl"))
    again, _, _ = run(ActionSafety(), state)
    assert items(again) == items(first) and [each["text"] for each in again] != [each["text"] for each in first]


def test_a_place_answers_where_the_child_is_also_beside_something_new():
    asked = {"open_question": "child_safe", "asked": ["child_safe"], "told": ["first_report.default"]}
    told = [("complied", True)]
    state = tracker("report_sextortion", "op zijn woongroep, hij heeft er nog een gestuurd", told, **CASE, **asked)
    _, slots, _ = run(ActionRespondToReport(), state)
    assert slots["open_question"] == "suicide_check"


def test_no_button_offers_to_tell_what_was_told():
    messages, _, _ = run(ActionAdvise(), tracker("ask_break_contact", "moeten we blokkeren", **CASE, **SETTLED))
    offered = [button["payload"] for message in messages for button in message.get("buttons") or []]
    assert not [payload for payload in offered if payload == "/report_sextortion"]


def test_what_was_asked_is_answered_first_by_the_fact_that_was_told():
    asked = {
        "open_question": "paid",
        "asked": ["child_safe", "suicide_check", "paid"],
        "told": ["first_report.default"],
    }
    state = tracker("report_sextortion", "ja 50 euro. moeten we naar de politie?", [("paid", True)], **asked)
    state.latest_message["also_asked"] = [{"intent": "ask_police", "confidence": 0.9}]
    messages, _, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0].startswith("paid_already")


def english(intent, text, entities=(), **slots):
    state = tracker(intent, text, entities, language="en", **slots)
    state.latest_message["language"] = {"code": "en", "gap": 0.3, "words": 8, "asked": None}
    return state


ASKED = {"open_question": "safety_with_child", "risk_state": "signalled", "told": ["report_suicidal_risk.default"]}


@pytest.mark.parametrize(
    "text",
    [
        "had the talk, he said no and went back to his game",
        "She laughed at me and said of course not",
        "asked her, she says no, she is scared of that man",
        "I put it to him. No mum, he says, I want that lad gone",
        "asked whether he did not want to live any more, he said no",
    ],
)
def test_an_english_no_is_heard(text):
    _, slots, _ = run(ActionDefaultFallback(), english("nlu_fallback", text, **ASKED, **CASE))
    assert slots["risk_state"] == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "he said no but I doubt it",
        "she says no longer wants to live",
        "he said no one needs him",
        "asked if she wants to live, she said no",
        "I do not think she wants to live",
    ],
)
def test_an_english_no_that_is_none(text):
    _, slots, _ = run(ActionDefaultFallback(), english("nlu_fallback", text, **ASKED, **CASE))
    assert slots.get("risk_state") != "denied"


def test_a_no_to_wanting_to_live_is_no_relief():
    state = tracker("nlu_fallback", "gevraagd of ze nog wil leven, ze zegt nee", **ASKED, **CASE)
    _, slots, _ = run(ActionDefaultFallback(), state)
    assert slots.get("risk_state") != "denied"


@pytest.mark.parametrize(("make", "text"), [(tracker, "hoe vraag ik zoiets"), (english, "how do I bring that up")])
def test_how_to_ask_is_answered_with_how_to_ask(make, text):
    messages, slots, _ = run(ActionAdvise(), make("ask_start_conversation", text, [("topic", "how_to_ask")], **ASKED))
    assert "how_to_ask.default" in items(messages) and slots["open_question"] == "child_answer"


def test_elsewhere_the_same_words_are_an_ordinary_question():
    state = tracker("ask_start_conversation", "hoe vraag ik dat", [("topic", "how_to_ask")], **CASE, **SETTLED)
    messages, _, _ = run(ActionAdvise(), state)
    assert not any(item.startswith("how_to_ask") for item in items(messages))


def test_who_called_the_line_is_told_so():
    state = tracker("nlu_fallback", "we hebben ze gebeld", [("topic", "called_help")], **{**ASKED, **CASE})
    messages, _, _ = run(ActionDefaultFallback(), state)
    assert "called_help.default" in items(messages)


def test_a_correction_is_taken_over_where_nothing_was_asked():
    state = corrected("nlu_fallback", "kleine correctie, hij is 13", ("child_age", 13), {**CASE, "child_age": 14})
    state.slots["open_question"] = None
    messages, _, _ = run(ActionDefaultFallback(), state)
    assert items(messages)[0] == "corrected.default"


@pytest.mark.parametrize(
    "text",
    [
        "gevraagd. nee joh, doe niet zo raar zei ze",
        "ik vroeg het en hij riep nee opa, ben je gek",
        "zei hij nee, natuurlijk niet",
    ],
)
def test_a_quoted_no_with_an_exclamation_is_a_no_whatever_the_classifiers_see(text):
    asked = {
        "open_question": "suicide_check",
        "asked": ["child_safe", "suicide_check"],
        "told": ["first_report.default"],
    }
    messages, slots, _ = run(ActionSafety(), tracker("report_suicidal_risk", text, **CASE, **asked))
    assert items(messages)[0] == "denied.default" and slots["risk_state"] == "denied"
