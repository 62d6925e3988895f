"""News that is heard, questions of parents that were not, and a case that is over."""

import pytest

from actions.advise import ActionAdvise
from actions.fallback import ActionDefaultFallback
from actions.respond_to_report import ActionRespondToReport
from tests.unit.actions.test_actions import items, run, tracker
from tests.unit.actions.test_companion import CASE, SETTLED

BLAMED = {**SETTLED, "told": ["first_report.default", "express_blame.default"]}


@pytest.mark.parametrize(
    "topic", ["called_police", "called_school", "called_help", "chat_gone", "help_coming", "receipts_kept"]
)
def test_what_was_done_is_heard_and_the_case_goes_on(topic):
    messages, _, _ = run(ActionAdvise(), tracker("greet", "gedaan", [("topic", topic)], **CASE, **SETTLED))
    assert items(messages)[0].startswith(f"{topic}.") and len(messages) > 1


def test_what_was_done_is_not_praised_over_a_question():
    state = tracker("ask_image_removal", "mentor gebeld, hoe krijg ik het weg", [("topic", "called_school")], **SETTLED)
    assert items(run(ActionAdvise(), state)[0])[0].startswith("ask_image_removal.")
    state = tracker("greet", "x", [("topic", "called_school"), ("topic", "to_school")], **CASE, **SETTLED)
    assert items(run(ActionAdvise(), state)[0])[0].startswith("to_school.")


def test_what_was_done_is_part_of_the_story_in_a_first_report():
    entities = [("topic", "chat_gone"), ("demands", "money"), ("paid", False)]
    messages, _, _ = run(ActionRespondToReport(), tracker("report_sextortion", "x", entities))
    assert items(messages)[0].startswith("first_report.")


@pytest.mark.parametrize("intent", ["affirm", "deny", "report_sextortion", "express_own_guilt", "nlu_fallback"])
@pytest.mark.parametrize("topic", ["lets_go", "traces", "not_helped", "secret_check", "parents_away", "reminders"])
def test_whatever_it_sounds_like_the_question_is_answered(intent, topic):
    by_a_relative = {**CASE, **SETTLED, "writer": "relative"}
    messages, _, _ = run(ActionDefaultFallback(), tracker(intent, "x", [("topic", topic)], **by_a_relative))
    assert items(messages)[0].startswith(f"{topic}.")


def test_what_did_not_help_is_not_said_again():
    told = [*SETTLED["told"], "not_helped.default"]
    state = tracker("deny", "dat ook niet", [("topic", "not_helped")], **CASE, **{**SETTLED, "told": told})
    assert items(run(ActionAdvise(), state)[0])[0] == "not_helped.again"


def test_a_case_that_is_over_gets_no_first_aid_and_no_question_where_the_child_is():
    entities = [("circumstance", "after"), ("paid", False), ("child_age", 14)]
    state = tracker("report_sextortion", "x", entities, circumstance=["after"])
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0] == "first_report.after" and slots["open_question"] != "child_safe"
    state.latest_message["entities"].append({"entity": "topic", "value": "afterwards", "start": 9, "end": 12})
    messages, _, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0] == "afterwards.default" and "question.child_safe" not in items(messages)


def test_who_asks_what_is_kept_beside_a_topic_is_told_both():
    state = tracker("ask_chat_privacy", "x", [("topic", "later")], **CASE, **SETTLED)
    assert items(run(ActionAdvise(), state)[0]) == ["later.default", "ask_chat_privacy.default"]
    state = tracker("ask_chat_privacy", "x", [("topic", "traces")], **CASE, **SETTLED)
    assert set(items(run(ActionAdvise(), state)[0])) == {"traces.default"}


def test_how_to_go_on_is_no_aftercare_while_it_goes_on():
    state = tracker("ask_next_steps", "hoe nu verder", [("topic", "afterwards")], **CASE, **SETTLED)
    assert not items(run(ActionAdvise(), state)[0])[0].startswith("afterwards.")


@pytest.mark.parametrize("end", ["zo?", "is dat beter?", "Beter zo?"])
def test_a_sentence_tried_behind_an_answer_to_blame_is_read_as_one(end):
    text = f"goed: ik ben niet kwaad op je, we doen dit met z'n tweeën. {end}"
    messages, slots, _ = run(ActionAdvise(), tracker("ask_how_to_react", text, **CASE, **BLAMED))
    assert items(messages)[0].startswith("kind.") and slots["open_question"] == "practice"


def test_zo_alone_or_elsewhere_tries_nothing():
    for text, before in (("zo?", BLAMED), ("en dan bel ik de politie, zo?", SETTLED)):
        messages, _, _ = run(ActionAdvise(), tracker("ask_how_to_react", text, **CASE, **before))
        assert not items(messages)[0].startswith(("kind.", "blamed."))


def test_a_topic_that_does_not_apply_hides_none_that_does():
    state = tracker("report_sextortion", "ik heb de politie gebeld", **CASE, **SETTLED)
    spans = [("police_at_home", 0, 24), ("called_police", 7, 24)]
    state.latest_message["entities"] = [
        {"entity": "topic", "value": name, "start": start, "end": end} for name, start, end in spans
    ]
    messages, _, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0] == "called_police.default"


def test_a_suspicion_that_is_none_gets_a_warm_word_and_no_question():
    said = [("topic", "all_clear"), ("offender", "acquaintance")]
    told = {"told": ["suspect_something.default"], "open_question": "child_safe", "asked": ["child_safe"]}
    state = tracker("report_sextortion", "hij heeft gewoon verkering, oef", said, offender="acquaintance", **told)
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert set(items(messages)) == {"all_clear.default"} and not slots.get("open_question")


def test_a_case_is_not_cleared_by_a_love():
    state = tracker("thank", "hij is verliefd, meer niet", [("topic", "all_clear")], **CASE, **SETTLED)
    messages, _, _ = run(ActionAdvise(), state)
    assert "all_clear.default" not in items(messages)


@pytest.mark.parametrize("text", ["dat is gedaan, op alle sites", "hebben we al gedaan vanavond"])
def test_a_password_that_was_changed_is_ticked(text):
    told = {**SETTLED, "told": ["first_report.default", "password_leak.default"]}
    state = tracker("report_image_spread", text, **CASE, circumstance=["mass_mail"], **{**told})
    messages, slots, _ = run(ActionRespondToReport(), state)
    assert items(messages)[0].startswith("ticked") and slots["steps_done"] == ["secure_accounts"]


def test_what_the_child_that_forwarded_can_say_speaks_of_the_other_child():
    state = tracker(
        "ask_start_conversation",
        "wat zegt hij tegen haar",
        [("topic", "words_for_the_other")],
        circumstance=["child_forwarded"],
        told=["report_child_forwarded.default"],
    )
    messages, _, _ = run(ActionAdvise(), state)
    assert items(messages)[0] == "words_for_the_other.default"


def test_once_the_child_is_known_to_have_forwarded_it_is_no_victim_to_ask_about():
    told = {
        "told": ["report_child_forwarded.default"],
        "asked": ["child_safe", "suicide_check"],
        "risk_state": "denied",
    }
    state = tracker("report_sextortion", "ik zal rustig met hem praten", circumstance=["child_forwarded"], **told)
    _, slots, _ = run(ActionRespondToReport(), state)
    assert slots["open_question"] not in ("demands", "paid")


def test_who_calls_now_is_not_kept_from_it():
    for topic in ("calls_now", "on_the_line"):
        state = tracker("nlu_fallback", "x", [("topic", topic)], **CASE, told=["first_report.default"])
        messages, slots, _ = run(ActionDefaultFallback(), state)
        assert items(messages) == [f"{topic}.default"] * len(messages) and not slots.get("open_question")


def test_paying_and_blocking_are_both_answered():
    named = [("topic", "whether_to_pay"), ("topic", "whether_to_block")]
    state = tracker("ask_break_contact", "betalen en blokkeren?", named, **CASE, **SETTLED)
    said = items(run(ActionAdvise(), state)[0])
    assert [item.split(".")[0] for item in said[:2]] == ["ask_should_we_pay", "ask_break_contact"]


@pytest.mark.parametrize("intent", ["ask_evidence", "ask_break_contact"])
def test_of_a_child_that_is_gone_112_comes_before_evidence_and_blocking(intent):
    told = ["report_immediate_danger.default"]
    messages, _, _ = run(ActionAdvise(), tracker(intent, "x", circumstance=["missing"], told=told))
    assert f"{intent}.gone" in items(messages)
    told.append("danger_passed.found")
    messages, _, _ = run(ActionAdvise(), tracker(intent, "x", circumstance=["missing"], told=told))
    assert f"{intent}.gone" not in items(messages)


def test_an_offender_in_the_family_is_not_simply_blocked():
    state = tracker("ask_break_contact", "x", **{**CASE, **SETTLED}, offender="family", evidence_saved=True)
    assert items(run(ActionAdvise(), state)[0])[0] == "ask_break_contact.at_home_family"


def test_what_is_off_topic_is_answered_without_the_open_question():
    slots = {**CASE, "asked": ["child_safe", "suicide_check"], "told": ["first_report.default"]}
    state = tracker("out_of_scope", "x", [("topic", "off_topic")], open_question="suicide_check", **slots)
    assert not any(item.startswith("question.suicide") for item in items(run(ActionAdvise(), state)[0]))
