"""Practising what to say: what is typed is meant for the child, and a sign is still a sign."""

import pytest

from actions.advise import ActionAdvise
from actions.fallback import ActionDefaultFallback
from actions.meet_blame import ActionMeetBlame
from actions.respond_to_report import ActionRespondToReport
from actions.safety import ActionSafety
from actions.short_answer import ActionShortAnswer
from tests.unit.actions.test_actions import items, run, tracker
from tests.unit.actions.test_companion import CASE


def practising(intent, text, blame=None, **slots):
    state = tracker(intent, text, [("blames_child", True)] if blame else [], open_question="practice", **slots)
    state.latest_message["blame_kind"] = blame
    return state


@pytest.mark.parametrize("kind", ["reproach", "why_question", "i_told_you_so", "conditional", "punishment", "insult"])
def test_each_kind_of_blame_gets_its_own_kinder_sentence_and_another_try(kind):
    messages, slots, _ = run(ActionMeetBlame(), practising("express_blame", "waarom ben je zo dom", kind))
    assert items(messages) == [f"blamed.{kind}"] * 3 and slots.get("open_question", "practice") == "practice"


def test_a_second_sentence_that_blames_is_met_mildly_and_a_kind_one_praised():
    messages, slots, _ = run(ActionMeetBlame(), practising("express_blame", "x", "insult", told=["blamed.reproach"]))
    assert items(messages)[0] == "blamed.again"
    messages, slots, _ = run(
        ActionDefaultFallback(), practising("nlu_fallback", "ik hou van je", told=["blamed.insult"])
    )
    assert items(messages)[0] == "kind.after_blame"


@pytest.mark.parametrize("intent", ["ask_impact_on_child", "report_sextortion", "child_speaking", "out_of_scope"])
def test_whatever_it_sounds_like_a_sentence_for_the_child_is_read_as_one(intent):
    action = ActionSafety() if intent == "child_speaking" else ActionAdvise()
    messages, slots, _ = run(action, practising(intent, "wat is er gebeurd lieverd, ik ben er voor jou"))
    assert items(messages)[0] == "kind.default" and "writer" not in slots


def test_a_sign_is_a_sign_even_while_practising():
    messages, slots, _ = run(ActionSafety(), practising("report_suicidal_risk", "ze zegt net dat ze dood wil"))
    assert items(messages)[0].startswith("report_suicidal_risk") and slots["risk_state"] == "signalled"


def test_practising_says_nothing_about_the_case():
    state = practising("report_sextortion", "heb je 500 euro betaald?", **CASE)
    state.latest_message["entities"] = [
        {"entity": "amount_eur", "value": 500},
        {"entity": "demands", "value": "images"},
    ]
    state.slots["amount_eur"] = 500.0  # as Rasa has filled it already
    state.events = [{"event": "slot", "name": name, "value": value} for name, value in CASE.items()]
    state.events += [{"event": "user"}, {"event": "slot", "name": "amount_eur", "value": 500.0}]
    _, slots, _ = run(ActionRespondToReport(), state)
    assert slots["amount_eur"] is None and slots.get("demands", ["money"]) == ["money"]


def test_done_practising_ends_it():
    messages, slots, _ = run(ActionShortAnswer(), practising("deny", "klaar"))
    assert items(messages)[0].startswith("stop.") and slots["open_question"] is None


def test_a_sentence_for_the_child_is_no_denial():
    state = practising("deny", "je wilt toch niet dood lieverd", risk_state="signalled")
    state.latest_message["safety_denied"] = True
    _, slots, _ = run(ActionDefaultFallback(), state)
    assert slots.get("risk_state", "signalled") == "signalled"


def test_a_sentence_that_was_thought_of_is_tried_out():
    state = tracker("nlu_fallback", "ik dacht aan: jij hebt vast iets stoms uitgehaald")
    messages, _, _ = run(ActionDefaultFallback(), state)
    assert items(messages)[0].startswith("blamed.")


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("report_sextortion", "Zijn broer heeft een schermafdruk van het account, dat is toch goed?"),
        ("deny", "Nee, ik ga niet naar de politie, dat wil ik niet"),
        ("express_own_guilt", "mijn dochter wil niet dat je weet hoe ze heet"),
        ("nlu_fallback", "er komt net een nieuw account binnen"),
    ],
)
def test_news_a_question_or_a_refusal_is_no_sentence_for_the_child(intent, text):
    for told in (["practice.default"], ["kind.default"]):
        messages, _, _ = run(ActionDefaultFallback(), practising(intent, text, told=told, **CASE))
        assert not items(messages)[0].startswith(("kind.", "blamed."))


@pytest.mark.parametrize(
    "text",
    ["No, we won't report it to the cops, his dad works with us", "Her brother took a photo of the chat. ok right?"],
)
def test_in_english_too_what_is_told_leaves_practice(text):
    state = practising("deny", text, told=["kind.default"], language="en", **CASE)
    assert not items(run(ActionDefaultFallback(), state)[0])[0].startswith(("kind.", "blamed."))


@pytest.mark.parametrize("text", ["we lossen dit samen op", "ik ben niet boos"])
def test_a_few_words_without_you_are_still_for_the_child(text):
    assert items(run(ActionDefaultFallback(), practising("nlu_fallback", text))[0])[0] == "kind.default"
