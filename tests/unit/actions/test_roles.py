"""The same question from a teacher, a grandmother, the parent of a child that forwarded, a home that is not safe."""

import pytest

from actions.advise import ActionAdvise
from actions.meet_blame import ActionMeetBlame
from actions.next_steps import ActionNextSteps
from naast.guidance.conversation import Companion, Situation
from naast.guidance.library import load
from tests.unit.actions.test_actions import items, run, tracker

CASE = {"child_relation": "daughter", "child_age": 14.0, "demands": ["images"], "paid": False, "spread": False}
SETTLED = {"risk_state": "denied", "asked": ["child_safe", "suicide_check"], "told": ["first_report.default"]}
FORWARDED = {"child_relation": "son", "circumstance": ["child_forwarded"], **SETTLED}


def said(messages):
    return " ".join(message["text"] for message in messages if message.get("text"))


def test_a_teacher_gets_words_for_the_class_and_for_the_pupil_who_did_it():
    topics = [("topic", "group_message"), ("topic", "confronts")]
    state = tracker("ask_start_conversation", "wat zeg ik in de klas", topics, writer="professional", **CASE, **SETTLED)
    messages, _, _ = run(ActionAdvise(), state)
    told = [item for item in items(messages) if item]
    assert {"group_message.professional", "confronts.professional"} <= set(told)


def test_a_teacher_is_sent_to_no_kitchen():
    state = tracker("ask_start_conversation", "hoe begin ik", writer="professional", **CASE, **SETTLED)
    messages, _, _ = run(ActionAdvise(), state)
    assert items(messages)[0] == "ask_start_conversation.professional" and "koken" not in said(messages)


@pytest.mark.parametrize(
    ("intent", "action"),
    [("ask_start_conversation", ActionAdvise), ("express_blame", ActionMeetBlame)],
)
def test_who_is_in_the_picture_is_not_to_blame(intent, action):
    messages, _, _ = run(action(), tracker(intent, "wat zeg ik", **FORWARDED))
    assert items(messages)[0] == f"{intent}.forwarded"
    assert "geen schuld" in said(messages) and "niets fout gedaan" not in said(messages)


def test_sorry_and_the_parents_of_the_other_child_are_both_answered_and_only_there():
    topics = [("topic", "say_sorry"), ("topic", "other_childs_parents")]
    messages, _, _ = run(ActionAdvise(), tracker("ask_next_steps", "sorry? ouders?", topics, **FORWARDED))
    assert {"say_sorry.default", "other_childs_parents.default"} <= set(items(messages))
    messages, _, _ = run(ActionAdvise(), tracker("ask_police", "sorry? ouders?", topics, **CASE, **SETTLED))
    assert not {"say_sorry.default", "other_childs_parents.default"} & set(items(messages))


def test_a_grandmother_is_no_parent():
    text = "Dit ligt niet aan jou als ouder. Blijf bij je kind."
    assert Companion(load()).fill(text, Situation({"writer": "grandparent"})) == (
        "Dit ligt niet aan jou. Blijf bij je kleinkind."
    )


def test_what_the_police_cost_and_the_fear_of_them_are_both_answered():
    topics = [("topic", "police_cost"), ("topic", "police_fear")]
    messages, _, _ = run(ActionAdvise(), tracker("ask_police", "kost geld? bang", topics, **CASE, **SETTLED))
    assert {"police_cost.default", "police_fear.default"} <= set(items(messages))


def test_in_a_home_that_is_not_safe_the_child_does_not_go_and_the_police_are_told_so():
    home = {**CASE, "demands": ["meeting"], "circumstance": ["home_unsafe"], **SETTLED}
    messages, _, _ = run(ActionNextSteps(), tracker("ask_next_steps", "en nu", **home))
    assert "safe_home.meeting" in items(messages)
    messages, _, _ = run(ActionAdvise(), tracker("ask_police", "moet ik bellen", **home))
    assert items(messages)[0] == "ask_police.unsafe" and not said(messages).startswith("Ja, en wacht")


def test_the_night_has_the_telephone_in_it_also_behind_the_numbers():
    state = tracker("ask_next_steps", "hoe komen we de nacht door", [("topic", "tonight")], **CASE, **SETTLED)
    state.slots["risk_state"] = "signalled"
    messages, _, _ = run(ActionNextSteps(), state)
    assert "buiten de slaapkamer" in said(messages) and "113" in said(messages)


def test_a_mass_mail_is_bluff_most_likely_and_elsewhere_nothing_is_said_of_mails():
    mail = {"child_relation": "son", "circumstance": ["mass_mail"], **SETTLED}
    messages, _, _ = run(ActionAdvise(), tracker("ask_fake_images", "zeker?", [("topic", "bluff_sure")], **mail))
    assert items(messages)[0] == "bluff_sure.default"
    messages, _, _ = run(
        ActionAdvise(), tracker("ask_fake_images", "zeker?", [("topic", "bluff_sure")], **CASE, **SETTLED)
    )
    assert items(messages)[0] != "bluff_sure.default"
