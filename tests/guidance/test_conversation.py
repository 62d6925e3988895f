"""What is said next, without Rasa: caps, order, questions asked once."""

import pytest

from naast.guidance.conversation import Companion, Reply, Situation
from naast.guidance.library import load
from naast.guidance.schema import MAX_BUBBLES, MAX_BUTTONS, MAX_CHARACTERS
from naast.guidance.summary import summarise

LIBRARY = load()
COMPANION = Companion(LIBRARY)
FULL = {
    "child_relation": "daughter",
    "child_age": 14,
    "platforms": ["instagram", "dating_app", "snapchat"],
    "demands": ["money", "images", "sexual_acts"],
    "amount_eur": 1500,
    "offender": "acquaintance",
    "paid": False,
}


def groups():
    for group, by_name in {**LIBRARY.groups(), "steps": LIBRARY.steps}.items():
        for name in by_name:
            yield f"{group}/{name}"


@pytest.mark.parametrize("name", groups())
@pytest.mark.parametrize(
    "facts", [{}, FULL, {"writer": "child"}, {"country": "be"}], ids=["none", "full", "child", "be"]
)
@pytest.mark.parametrize("simpler", [False, True])
def test_every_item_fits_its_bubbles(name, facts, simpler):
    situation = Situation(facts)
    reply = COMPANION.say(Reply(), COMPANION.pick(name, situation), situation, simpler=simpler, values={"plan": "1. A"})
    assert len(reply.bubbles) <= MAX_BUBBLES
    for bubble in reply.bubbles:
        assert 0 < len(bubble.text) <= MAX_CHARACTERS and "{" not in bubble.text
        assert len(bubble.buttons) <= MAX_BUTTONS


def test_the_summary_shows_what_was_understood():
    facts = {
        "child_relation": "son",
        "child_age": 14.0,
        "platforms": ["snapchat"],
        "demands": ["money"],
        "amount_eur": 300.0,
    }
    assert summarise(LIBRARY, facts) == "Ik begrijp: je zoon van 14, via Snapchat, er wordt 300 euro gevraagd."
    assert summarise(LIBRARY, {}) == ""
    assert len(summarise(LIBRARY, FULL)) <= 200


def test_questions_come_one_at_a_time_in_order_and_never_for_what_is_known():
    facts, asked = {"demands": ["money"], "spread": False}, []
    while (question := COMPANION.unanswered(Situation(facts, asked=asked))) is not None:
        asked.append(question.id)
    assert asked == ["child_safe", "suicide_check", "paid", "summary"]


def test_what_is_too_little_to_sum_up_is_not_asked_about():
    asked = ["child_safe", "suicide_check", "paid", "spread"]
    assert COMPANION.unanswered(Situation({"demands": ["money"]}, asked=asked)) is None


def test_a_question_leaves_one_thing_to_answer():
    situation = Situation({})
    reply = COMPANION.say(Reply(), COMPANION.pick("advice/ask_police", situation), situation)
    COMPANION.ask(reply, LIBRARY.questions["child_safe"], situation)
    assert len(reply.bubbles) == MAX_BUBBLES and reply.open_question == "child_safe"
    assert [bool(bubble.buttons) for bubble in reply.bubbles] == [False, False, True]


def test_safety_cannot_be_conditioned_away():
    for name in ("report_suicidal_risk", "report_immediate_danger", "child_speaking"):
        assert not LIBRARY.safety[name][-1].when and not LIBRARY.safety[name][-1].unless


def test_every_advice_has_a_default_and_leads_on():
    for name, items in LIBRARY.advice.items():
        assert not items[-1].when or name == "ask_will_images_spread", name
        for item in items:
            assert item.buttons or item.asks, f"{item.id} is a dead end"


@pytest.mark.parametrize(
    "writer, said", [("grandparent", "je kleinkind"), ("professional", "het kind"), (None, "je kind")]
)
def test_who_is_no_parent_is_not_spoken_to_as_one(writer, said):
    situation = Situation({"writer": writer})
    reply = COMPANION.say(Reply(), COMPANION.pick("advice/ask_how_to_react", situation), situation)
    assert said in reply.bubbles[0].text
    assert all(len(bubble.text) <= MAX_CHARACTERS for bubble in reply.bubbles)
