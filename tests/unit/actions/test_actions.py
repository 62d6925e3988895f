"""The actions without servers: a tracker in, bubbles and slots out."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.advise import ActionAdvise
from actions.confirm import ActionConfirmErase, ActionRestart
from actions.facts import LIST_FACTS, SCALAR_FACTS
from actions.fallback import ActionDefaultFallback
from actions.next_steps import ActionNextSteps
from actions.respond_to_report import ActionRespondToReport
from actions.safety import ActionSafety
from actions.say_simpler import ActionSaySimpler
from actions.short_answer import ActionShortAnswer
from actions.turn import Turn
from naast.guidance.conversation import Bubble, Reply
from naast.guidance.schema import Button


def tracker(intent, text="", entities=(), confidence=0.9, **slots):
    everything = dict.fromkeys([*SCALAR_FACTS, *LIST_FACTS, "open_question", "told", "asked"])
    everything.update(slots)
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [{"name": intent, "confidence": confidence}, {"name": "ask_police", "confidence": 0.05}],
        "entities": [
            {"entity": name, "value": value, "start": place, "end": place + 1}
            for place, (name, value) in enumerate(entities)
        ],
    }
    return Tracker("someone", everything, message, [], False, None, {}, "action_listen")


def corrected(intent, text, said, before):
    """A tracker whose slots were `before` when the parent wrote `text`, after the question where the child is."""
    name, value = said
    filled = {name: value} if name in SCALAR_FACTS else {}
    state = tracker(intent, text, [said], open_question="child_safe", asked=["child_safe"], **{**before, **filled})
    state.events = [{"event": "slot", "name": name, "value": value} for name, value in before.items()]
    state.events += [{"event": "user", "text": text}]
    state.events += [{"event": "slot", "name": name, "value": value} for name, value in filled.items()]
    return state


def run(action, state):
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, state, {}))
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return dispatcher.messages, slots, events


def items(messages):
    return [message.get("item") for message in messages]


def test_a_list_of_facts_grows_until_something_is_taken_back():
    turn = Turn.from_tracker(
        tracker("report_sextortion", entities=[("platforms", "snapchat")], platforms=["instagram"])
    )
    assert turn.facts["platforms"] == ["instagram", "snapchat"]
    state = tracker("report_sextortion", entities=[("retracted", "instagram")], platforms=["instagram", "snapchat"])
    assert Turn.from_tracker(state).facts["platforms"] == ["snapchat"]


def test_the_first_report_is_understood_and_asks_where_the_child_is():
    state = tracker("report_sextortion", entities=[("demands", "money")], child_relation="son", child_age=14.0)
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert messages[0]["text"].startswith("Ik begrijp: je zoon van 14, er wordt geld gevraagd.")
    assert slots["open_question"] == "child_safe" and slots["demands"] == ["money"] and slots["asked"] == ["child_safe"]


@pytest.mark.parametrize(
    ("text", "said", "shown"),
    [
        ("nee, 13", ("child_age", 13), "je zoon van 13"),
        ("nee, snapchat", ("platforms", "snapchat"), "via Snapchat,"),
        ("300, niet 200", ("amount_eur", 300), "300 euro"),
    ],
)
def test_a_correction_after_the_summary_replaces_the_right_fact_and_asks_again(text, said, shown):
    before = {
        "child_relation": "son",
        "child_age": 14,
        "platforms": ["instagram"],
        "demands": ["money"],
        "amount_eur": 200,
    }
    messages, slots, _ = run(ActionShortAnswer(), corrected("deny", text, said, before))
    assert items(messages) == ["corrected.default", "question.child_safe"]
    assert shown in messages[0]["text"]
    assert "risk_state" not in slots


def test_a_further_platform_in_an_answer_does_not_replace_the_first():
    state = corrected("report_sextortion", "ook op snapchat", ("platforms", "snapchat"), {"platforms": ["instagram"]})
    _, slots, _ = run(ActionRespondToReport(), state)
    assert slots["platforms"] == ["instagram", "snapchat"]


def test_what_was_also_asked_is_offered_first_and_what_finds_no_room_beside_a_step_waits():
    companion = ActionNextSteps().speaking("nl").companion
    own = [Button(title="Moeten we betalen?", intent="ask_should_we_pay"), Button(title="Ja, gedaan", intent="affirm")]
    asked = ["ask_police", "ask_should_we_pay", "ask_evidence", "ask_image_removal"]
    reply = companion.offer_answers(Reply(bubbles=[Bubble("...", buttons=list(own))]), asked)
    assert [button.intent for button in reply.bubbles[-1].buttons] == asked and reply.waiting == []
    reply = companion.offer_answers(Reply(bubbles=[Bubble("...", buttons=list(own))], open_question="step.x"), asked)
    assert [button.intent for button in reply.bubbles[-1].buttons][-1] == "affirm"
    assert reply.waiting == ["ask_evidence", "ask_image_removal"]


def test_nothing_that_was_also_asked_stands_beside_the_answer_to_a_sign_but_it_is_not_lost():
    state = tracker("report_suicidal_risk", "ze wil niet meer leven. moeten we betalen?", also_asked=["ask_police"])
    messages, slots, _ = run(ActionSafety(), state)
    offered = [button["title"] for message in messages for button in message["buttons"] or []]
    assert "Moet ik naar de politie?" not in offered
    assert "also_asked" not in slots or slots["also_asked"] == ["ask_police"]


def test_weet_ik_niet_is_read_against_the_question():
    asked = ["child_safe", "suicide_check"]
    state = tracker("ask_parent_support", text="Weet ik niet!", open_question="suicide_check", asked=asked)
    messages, slots, _ = run(ActionAdvise(), state)
    assert items(messages)[0] == "ask_your_child.default"
    assert slots["open_question"] == "demands"


@pytest.mark.parametrize(("intent", "paid"), [("affirm", True), ("deny", False)])
def test_yes_and_no_fill_the_fact_that_was_asked(intent, paid):
    state = tracker(intent, open_question="paid", demands=["money"], asked=["child_safe", "suicide_check", "demands"])
    _, slots, _ = run(ActionShortAnswer(), state)
    assert slots["paid"] is paid


def test_a_fact_outweighs_the_yes_or_no_around_it():
    state = tracker(
        "deny", "nee hij heeft al betaald", [("paid", True)], open_question="paid", paid=True, demands=["money"]
    )
    messages, _, _ = run(ActionShortAnswer(), state)
    assert "paid_already.default" in items(messages)


def test_a_step_that_is_told_to_be_done_moves_the_plan_on():
    state = tracker(
        "ask_evidence", "screenshots zijn gemaakt", [("evidence_saved", True)], evidence_saved=True,
        open_question="step.evidence.default",
    )  # fmt: skip
    messages, slots, _ = run(ActionAdvise(), state)
    assert slots["open_question"] == "step.contact.default" and "✓ Bewijs is bewaard" in messages[0]["text"]


def test_yes_to_a_step_ticks_it_off_and_no_waits():
    _, slots, _ = run(ActionShortAnswer(), tracker("affirm", open_question="step.evidence.default"))
    assert slots["evidence_saved"] is True and slots["open_question"] == "step.contact.default"
    messages, slots, _ = run(ActionShortAnswer(), tracker("deny", open_question="step.evidence.default"))
    assert items(messages) == ["step_not_yet.default"] and "evidence_saved" not in slots


def test_safety_comes_with_the_numbers_as_contacts_and_stays_in_front():
    messages, slots, _ = run(ActionSafety(), tracker("report_suicidal_risk"))
    assert slots["risk_state"] == "signalled" and slots["open_question"] == "safety_with_child"
    assert {contact["phone"] for contact in messages[-1]["custom"]["contacts"]} >= {"112", "0800-0113", "1813"}
    messages, _, _ = run(ActionNextSteps(), tracker("ask_next_steps", risk_state="signalled"))
    assert items(messages)[0] == "after.default" and len(messages) == 3


def test_the_reminder_is_not_said_for_ever():
    state = tracker("ask_next_steps", risk_state="signalled", told=["after.default"] * 4)
    assert "after.default" not in items(run(ActionNextSteps(), state)[0])


def test_doubt_is_shown_as_choices_and_the_second_time_as_people():
    messages, slots, _ = run(ActionAdvise(), tracker("ask_how_common", confidence=0.12, open_question=None))
    assert items(messages) == ["fallback.choices"]
    assert [button["payload"] for button in messages[0]["buttons"]][:2] == ["/ask_how_common", "/ask_police"]
    messages, _, _ = run(ActionDefaultFallback(), tracker("nlu_fallback", confidence=0.1, told=slots["told"]))
    assert items(messages)[0] == "fallback.people"


def test_doubt_behind_a_question_of_the_case_is_taken_as_an_answer():
    state = tracker(
        "out_of_scope", "op het voetbalveld", confidence=0.4, open_question="child_safe", asked=["child_safe"]
    )
    messages, slots, _ = run(ActionAdvise(), state)
    assert items(messages)[0] == "heard.default" and slots["open_question"] == "suicide_check"


def test_a_doubtful_sign_is_asked_about_once_with_the_numbers():
    state = tracker("ask_police")
    state.latest_message["safety_doubt"] = 0.3
    messages, slots, _ = run(ActionAdvise(), state)
    assert slots["open_question"] == "safety_doubt" and "0800-0113" in messages[-1]["text"]
    state.slots["asked"] = ["safety_doubt"]
    assert run(ActionAdvise(), state)[1].get("open_question") != "safety_doubt"


def test_doubt_behind_a_safety_question_is_answered_with_care():
    state = tracker("out_of_scope", "tja", confidence=0.2, open_question="safety_with_child", risk_state="signalled")
    assert items(run(ActionAdvise(), state)[0])[0] == "not_accompanied.default"


def test_simpler_words_repeat_what_was_said_last_and_keep_the_question_open():
    state = tracker("ask_rephrase", told=["ask_police.default"], open_question="paid")
    messages, slots, _ = run(ActionSaySimpler(), state)
    assert items(messages)[0] == "ask_police.default" and "open_question" not in slots
    assert items(run(ActionSaySimpler(), tracker("ask_rephrase"))[0]) == ["nothing_to_simplify.default"]


def test_not_understanding_a_question_gets_the_question_again():
    state = tracker("ask_rephrase", told=["child_is_safe.default", "denied.default"], open_question="demands")
    messages, slots, _ = run(ActionSaySimpler(), state)
    assert items(messages) == ["question.demands"] and messages[0]["buttons"] and "open_question" not in slots
    state = tracker("ask_rephrase", told=["accompanied.default"], open_question="asked_about_suicide")
    assert set(items(run(ActionSaySimpler(), state)[0])) == {"accompanied.default"}


def test_a_parent_who_told_of_a_child_is_not_taken_for_the_child():
    before = {"child_relation": "son"}
    state = corrected("child_speaking", "ok, en nu dan", ("child_age", 14), before)
    state.latest_message["intent"]["confidence"] = 0.6
    assert Turn.from_tracker(state).intent == "nlu_fallback"
    state.latest_message["intent"]["confidence"] = 0.97
    assert Turn.from_tracker(state).child_writes


def test_a_step_that_is_done_is_ticked_off_after_a_question_in_between():
    told = ["plan.default", "evidence.default", "ask_will_images_spread.default"]
    state = tracker("child_speaking", "ok screenshots heb ik nu", [("evidence_saved", True)], told=told)
    state.slots["evidence_saved"] = True
    messages, slots, _ = run(ActionSafety(), state)
    assert "✓ Bewijs is bewaard" in messages[0]["text"] and slots["open_question"].startswith("step.")


@pytest.mark.parametrize("said", ["ja", "ja ze denkt eraan", "ja, ik heb het gevraagd"])
def test_a_yes_after_the_question_about_suicide_is_never_a_denial(said):
    state = tracker("affirm", said, open_question="asked_about_suicide", risk_state="signalled")
    messages, slots, _ = run(ActionShortAnswer(), state)
    assert slots.get("risk_state") != "denied" and slots["open_question"] == "child_answer"
    assert "113" in messages[0]["text"] and "112" in messages[0]["text"]


def test_erasing_is_asked_about_and_then_marked_for_the_channel():
    _, slots, _ = run(ActionConfirmErase(), tracker("delete_my_data"))
    assert slots["open_question"] == "confirm_erase"
    messages, _, _ = run(ActionShortAnswer(), tracker("affirm", open_question="confirm_erase"))
    assert messages[-1]["custom"] == {"kind": "erase"}
    messages, _, _ = run(ActionShortAnswer(), tracker("deny", open_question="confirm_erase"))
    assert all((message.get("custom") or {}).get("kind") != "erase" for message in messages)


def test_starting_over_forgets_the_case_but_not_the_danger():
    _, slots, _ = run(ActionRestart(), tracker("restart"))
    assert slots["open_question"] == "confirm_restart"
    _, _, events = run(ActionShortAnswer(), tracker("affirm", open_question="confirm_restart", risk_state="signalled"))
    assert [event["event"] for event in events] == ["reset_slots", "slot"]
    assert events[1]["name"] == "risk_state" and events[1]["value"] == "signalled"


def test_a_child_is_never_spoken_to_as_a_parent():
    for intent in ("ask_aftercare", "ask_prevention", "ask_police", "ask_how_to_react"):
        messages, _, _ = run(ActionAdvise(), tracker(intent, writer="child"))
        assert "je kind" not in " ".join(message["text"] for message in messages)
