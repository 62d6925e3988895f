"""A message does two things at once: it tells and asks, it brings news in mid-case, it answers in passing."""

import pytest

from actions.advise import ActionAdvise
from actions.another import is_age_of_another
from actions.fallback import ActionDefaultFallback
from actions.respond_to_report import ActionRespondToReport
from actions.safety import ActionSafety
from actions.short_answer import ActionShortAnswer
from naast.guidance.schema import MAX_CHARACTERS
from tests.unit.actions.test_actions import corrected, items, run, tracker
from tests.unit.actions.test_alarms import REPORTED, alarm
from tests.unit.actions.test_companion import CASE, SETTLED

ASKED = {"asked": ["child_safe", "suicide_check"], "told": ["first_report.default"]}


def names(messages):
    return [item.split(".")[0] for item in items(messages)]


def asking(state, *acts):
    state.latest_message["also_asked"] = [{"intent": name, "confidence": 0.95} for name in acts]
    return state


def test_a_correction_does_not_swallow_the_question_beside_it():
    before = {"child_relation": "son", "child_age": 15, "platforms": ["instagram"]}
    state = corrected(
        "report_sextortion", "oh wacht, hij is al 17. scheelt dat bij de politie", ("child_age", 17), before
    )
    state.slots["told"] = ["first_report.default"]
    messages, _, _ = run(ActionRespondToReport(), asking(state, "ask_police"))
    assert "ask_police.own_say" in items(messages)
    assert all(len(message["text"]) <= MAX_CHARACTERS for message in messages)


def test_a_no_to_a_question_does_not_swallow_the_question_beside_it():
    text = "nee, nog geen cent. hoe krijgen we die foto eraf?"
    state = tracker("deny", text, [("paid", False)], open_question="paid", **{**CASE, "paid": None}, **SETTLED)
    messages, slots, _ = run(ActionShortAnswer(), asking(state, "ask_image_removal"))
    assert "ask_image_removal" in names(messages) and slots["open_question"]


def test_a_step_that_is_done_does_not_swallow_the_question_beside_it():
    told = {**SETTLED, "told": ["first_report.default", "plan.default"]}
    text = "bewijs staat op een stick. moet ik hem nou betalen?"
    state = tracker("report_sextortion", text, [("evidence_saved", True)], **CASE, **told)
    messages, _, _ = run(ActionRespondToReport(), asking(state, "ask_should_we_pay"))
    assert "ask_should_we_pay" in names(messages)


def test_who_asks_for_somebody_to_call_beside_a_denial_is_told_whom():
    state = tracker("deny", "neen, daar denkt ze niet aan. wie bel ik best?", open_question="suicide_check", **ASKED)
    state.latest_message["safety_denied"] = True
    state.slots["country"] = "be"
    messages, slots, _ = run(ActionShortAnswer(), asking(state, "human_handover"))
    assert "human_handover.belgium" in items(messages) and slots["risk_state"] == "denied"


@pytest.mark.parametrize("act", ["ask_parent_support", "ask_how_offenders_work"])
def test_what_only_sounds_like_a_question_is_not_answered(act):
    state = tracker("nlu_fallback", "ze zucht en gooit de deur achter zich toe", confidence=0.1, **CASE, **SETTLED)
    state.latest_message["also_asked"] = [{"intent": act, "confidence": 0.7}]
    messages, _, _ = run(ActionDefaultFallback(), state)
    assert act not in names(messages)


@pytest.mark.parametrize(
    ("facts", "item"),
    [
        ({}, "came_back.default"),
        ({"reported_police": True}, "came_back.reported"),
        ({"offender": "ex_partner"}, "came_back.known_offender"),
    ],
)
def test_a_new_account_is_met_first_and_the_child_is_asked_after_anew(facts, item):
    state = tracker(
        "report_sextortion", "daar is hij weer, ander nummer", [("circumstance", "came_back")], **ASKED, **facts
    )
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0] == item and slots["open_question"] == "suicide_check_again"


def test_images_in_a_group_are_met_whatever_the_intent_and_the_child_is_asked_after_anew():
    state = tracker("report_sextortion", "het staat in de app van het team", [("spread", True)], **ASKED)
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0].startswith("spread_now.") and slots["open_question"] == "suicide_check_again"


def test_an_answer_about_the_demand_is_no_change():
    state = tracker("report_sextortion", "nog een filmpje", [("demands", "images")], open_question="demands", **ASKED)
    _, slots, _ = run(ActionRespondToReport(), state)
    assert slots["open_question"] != "suicide_check_again"


def test_where_the_offender_now_wants_to_meet_the_child_does_not_go():
    state = tracker("report_sextortion", "nu moet ze zondag langskomen", [("demands", "meeting")], **ASKED)
    state.slots["circumstance"] = ["home_unsafe"]
    messages, _, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0] == "urgent.unsafe" and items(messages)[1].startswith("safe_home.")


@pytest.mark.parametrize("text", ["jij weet niet hoe dat voelt", "dat hielp al geen bal, ze zucht alleen"])
def test_what_brings_nothing_is_not_thanked_for_as_help(text):
    messages, _, _ = run(ActionDefaultFallback(), tracker("nlu_fallback", text, confidence=0.1, **CASE, **SETTLED))
    assert "Dank je" not in messages[0]["text"]


@pytest.mark.parametrize("open_question", ["safety_with_child", "safety_recheck"])
@pytest.mark.parametrize(
    "text",
    [
        "heb het rechtuit gevraagd en ze is niks van plan, is vooral moe. ligt nu naast me op de bank hier",
        "ik vroeg het hem. hij heeft geen plan zegt ie",
    ],
)
def test_who_asked_and_sits_beside_the_child_is_not_sent_to_it(text, open_question):
    state = alarm(text, 0.6, calm="deny", open_question=open_question, risk_state="signalled", **ASKED)
    messages, slots, _ = run(ActionSafety(), state)
    assert items(messages)[0] == "accompanied_and_asked.default" and "risk_state" not in slots
    assert all(number in messages[1]["text"] for number in ("113", "1813", "112"))


def test_who_asked_from_afar_is_still_sent_to_the_child():
    text = "gevraagd via de app, er is niemand bij haar"
    state = tracker("deny", text, open_question="safety_with_child", risk_state="signalled", **ASKED)
    messages, _, _ = run(ActionShortAnswer(), state)
    assert items(messages)[0] == "not_accompanied.default"


@pytest.mark.parametrize(("score", "first"), [(0.6, "child_in_a_room.default"), (0.9, "perhaps.default")])
def test_a_child_in_its_room_is_looked_in_on(score, first):
    said = "geen idee, op haar kamer geloof ik, deur toe"
    state = alarm(said, score, calm="suspect_something", open_question="child_safe", **REPORTED, **CASE)
    messages, slots, _ = run(ActionSafety(), state)
    assert items(messages)[0] == first and "child_in_a_room.default" in items(messages)
    assert slots["open_question"] == "suicide_check"


def test_a_doubt_in_the_first_questions_is_the_next_question():
    state = tracker(
        "report_sextortion", "ze zit beneden en is 12", [("child_age", 12)], open_question="child_safe", **REPORTED
    )
    state.latest_message["safety_doubt"] = 0.2
    _, slots, _ = run(ActionRespondToReport(), state)
    assert slots["open_question"] == "suicide_check"


def test_a_summary_is_not_said_above_the_question_whether_it_is_right():
    case = {**CASE, "platforms": ["tiktok"]}
    state = tracker("report_sextortion", "ze is ook bang voor maandag", [("complied", True)], **case, **SETTLED)
    messages, slots, _ = run(ActionRespondToReport(), state)
    if slots["open_question"] == "summary":
        assert sum("TikTok" in message["text"] for message in messages) == 1


def test_who_keeps_the_child_company_is_no_offender():
    state = tracker(
        "report_sextortion",
        "haar begeleidster waakt",
        [("offender", "acquaintance")],
        open_question="child_safe",
        **REPORTED,
    )
    _, slots, _ = run(ActionRespondToReport(), state)
    assert slots.get("offender") is None


@pytest.mark.parametrize(
    ("text", "number", "relation", "of_another"),
    [
        ("mag dat zomaar, hij is ook nog maar 12", "12", "daughter", True),
        ("die jongen is 15", "15", "daughter", True),
        ("de klasgenoot is pas 14", "14", "son", True),
        ("hij is zelf ook 13", "13", "son", True),
        ("hij is 13", "13", "son", False),
        ("ze is trouwens 12", "12", "daughter", False),
        ("sorry, ze is ook geen 14 maar 13", "13", "daughter", False),
        ("mijn dochter is 16", "16", "son", False),
    ],
)
def test_the_age_of_another_child_is_not_that_of_the_child(text, number, relation, of_another):
    assert is_age_of_another(text, text.rindex(number), relation, "nl") is of_another


def test_erasing_is_heard_behind_a_goodbye():
    state = asking(tracker("goodbye", "moet stoppen, gooi dit weg", **CASE, **SETTLED), "delete_my_data")
    _, slots, _ = run(ActionAdvise(), state)
    assert slots["open_question"] == "confirm_erase"
