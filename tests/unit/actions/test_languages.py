"""The actions in more than one language: what is said, how it changes, and what is said in a language Naast lacks."""

import json

import pytest

from actions.advise import ActionAdvise
from actions.fallback import ActionDefaultFallback
from actions.next_steps import ActionNextSteps
from actions.respond_to_report import ActionRespondToReport
from actions.safety import ActionSafety
from actions.short_answer import ActionShortAnswer
from tests.unit.actions.test_actions import items, run, tracker

ENGLISH = {"code": "en", "gap": 0.3, "words": 8, "asked": None}
DUTCH = {"code": "nl", "gap": 0.3, "words": 8, "asked": None}
TURKISH = {"code": "tr", "gap": 0.3, "words": 8, "asked": None}
NOTHING = {"code": None, "gap": 0.0, "words": 0, "asked": None}


def wrote(said, intent, text="", entities=(), **slots):
    state = tracker(intent, text, entities, **slots)
    state.latest_message["language"] = said
    return state


def payloads(messages):
    return {button["title"]: button["payload"] for message in messages for button in message["buttons"] or []}


def test_an_english_report_is_understood_in_english():
    said = [("demands", "money"), ("child_relation", "son"), ("child_age", 14)]
    state = wrote(ENGLISH, "report_sextortion", "my son ...", said, child_relation="son", child_age=14.0)
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert messages[0]["text"].startswith("I understand: your son, aged 14, they want money.")
    assert {message["language"] for message in messages} == {"en"} and slots["language"] == "en"
    assert slots["open_question"] == "child_safe"


def test_the_language_of_a_conversation_is_remembered():
    messages, slots, _ = run(ActionNextSteps(), wrote(NOTHING, "ask_next_steps", "ok?", language="en"))
    assert messages[0]["language"] == "en" and messages[0]["custom"]["lead"] == "This is the order that fits now:"
    assert "language" not in slots


@pytest.mark.parametrize(("text", "question"), [("no", "no"), ("yeah", "yes"), ("i don't know", "unsure")])
def test_short_english_answers_are_read(text, question):
    intent = {"no": "deny", "yes": "affirm", "unsure": "nlu_fallback"}[question]
    state = wrote(NOTHING, intent, text, language="en", open_question="paid", demands=["money"], asked=["paid"])
    action = ActionDefaultFallback() if question == "unsure" else ActionShortAnswer()
    messages, slots, _ = run(action, state)
    assert messages[0]["language"] == "en"
    assert slots.get("paid") == {"no": False, "yes": True, "unsure": None}[question]


def test_asked_for_another_language_what_was_open_is_asked_in_it():
    state = wrote({**ENGLISH, "asked": "en"}, "out_of_scope", "English please", language="nl")
    state.slots.update(open_question="spread", asked=["spread"], told=["first_report.default"])
    messages, slots, _ = run(ActionAdvise(), state)
    assert items(messages) == ["language_changed.default", "question.spread"]
    assert messages[1]["text"] == "Have the images been sent to others yet?"
    assert slots["language"] == "en" and "open_question" not in slots


def test_asked_in_the_first_message_the_greeting_is_enough():
    messages, _, _ = run(ActionAdvise(), wrote({**ENGLISH, "asked": "en"}, "greet", "english please"))
    assert items(messages)[0] == "greet.default" and messages[0]["language"] == "en"


def test_a_button_changes_the_language_and_the_greeting_offers_it():
    messages, _, _ = run(ActionAdvise(), wrote(DUTCH, "greet", "hallo"))
    assert json.loads(payloads(messages)["English please"].removeprefix("/greet")) == {"language": "en"}
    pressed = wrote(None, "greet", '/greet{"language": "en"}', [("language", "en")], language="en")
    pressed.slots["told"] = ["greet.default"]
    messages, _, _ = run(ActionAdvise(), pressed)
    assert items(messages) == ["language_changed.default"] and messages[0]["language"] == "en"
    assert "Liever Nederlands" in payloads(messages)


def test_who_goes_on_in_the_same_language_is_offered_no_other():
    dutch = {"code": "nl", "gap": 0.2, "words": 6, "asked": None}
    for spoken in (None, "nl"):
        state = wrote(
            dutch, "report_sextortion", "mijn zoon wordt gechanteerd", [("demands", "money")], language=spoken
        )
        messages, _, _ = run(ActionRespondToReport(), state)
        assert not [payload for payload in payloads(messages).values() if "language" in payload]


def test_a_guess_in_mid_conversation_leaves_a_way_back():
    state = wrote(ENGLISH, "ask_police", "the police is what I think of now", language="nl", told=["greet.default"])
    messages, slots, _ = run(ActionAdvise(), state)
    assert slots["language"] == "en" and "Liever Nederlands" in payloads(messages)


def test_danger_comes_before_a_change_of_language():
    state = wrote({**ENGLISH, "asked": "en"}, "report_suicidal_risk", "english please he wants to die", language="nl")
    messages, _, _ = run(ActionSafety(), state)
    assert items(messages)[0] == "report_suicidal_risk.default" and "113" in messages[0]["text"]
    assert messages[0]["text"].startswith("This comes first now")


def test_a_foreign_language_gets_an_honest_answer_in_it_and_in_english():
    state = wrote(TURKISH, "report_sextortion", "oğluma şantaj yapıyorlar", [("spread", True)], spread=True)
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert [message["language"] for message in messages] == ["tr", "tr", "en"]
    assert "112" in messages[0]["text"] and "113" in messages[0]["text"] and "1813" in messages[0]["text"]
    assert "Türkçe" in messages[2]["text"] and {"English please", "Liever Nederlands"} <= set(payloads(messages))
    assert {contact["id"] for contact in messages[1]["custom"]["contacts"]} == {"helpwanted", "child_focus"}
    assert slots["spread"] is None  # what was understood of it is not relied on


def test_danger_in_a_foreign_language_gets_the_numbers_and_the_english_answer():
    messages, slots, _ = run(ActionSafety(), wrote(TURKISH, "report_suicidal_risk", "ölmek istiyor"))
    assert [message["language"] for message in messages] == ["tr", "en", "en"]
    assert "113" in messages[0]["text"] and items(messages)[1] == "report_suicidal_risk.default"
    assert slots["risk_state"] == "signalled"


def test_doubt_in_a_foreign_language_is_answered_as_danger_whatever_it_was_taken_for():
    state = wrote(TURKISH, "report_sextortion", "oğluma şantaj yapıyorlar")
    state.latest_message["safety_doubt"] = True
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert items(messages)[1] == "report_suicidal_risk.default" and slots["risk_state"] == "signalled"


def test_after_a_foreign_message_the_conversation_goes_on_in_what_is_written_next():
    _, slots, _ = run(ActionAdvise(), wrote(TURKISH, "greet", "merhaba nasılsınız lütfen"))
    assert slots["language"] == "tr"
    messages, slots, _ = run(ActionAdvise(), wrote(ENGLISH, "ask_police", "should I go to the police", language="tr"))
    assert slots["language"] == "en" and messages[0]["language"] == "en"


def test_a_language_nobody_has_words_for_is_answered_in_english():
    spanish = {"code": None, "gap": 0.0, "words": 4, "asked": "es"}
    messages, slots, _ = run(ActionAdvise(), wrote(spanish, "ask_police", "hablo español por favor"))
    assert messages[0]["language"] == "en" == slots["language"]


def test_the_language_of_the_website_is_the_first_one():
    state = wrote(NOTHING, "greet", "?")
    state.latest_message["metadata"] = {"language": "en"}
    messages, slots, _ = run(ActionAdvise(), state)
    assert messages[0]["language"] == "en" == slots["language"]


def test_what_is_taken_away_is_in_the_language_of_the_conversation():
    state = wrote(NOTHING, "ask_next_steps", "print the plan", [("topic", "take_away")], language="en")
    messages, _, _ = run(ActionAdvise(), state)
    files = {file["type"]: file for message in messages for file in (message["custom"] or {}).get("files", [])}
    assert files["text/html"]["name"] == "steps.html" and '<html lang="en">' in files["text/html"]["text"]
