"""113 and 112 come first, in any state of the conversation, and a "nee" does not close it without one open check."""

import pytest

from tests.http.reading import assert_kind, library, phone, said, says, words

SUICIDAL = "ze schreef net dat iedereen beter af is als zij er niet meer is"
DANGER = "ze is vannacht weggelopen om die man te ontmoeten en ze neemt niet op"

STATES = {
    "at once": [],
    "after a report": ["mijn dochter wordt gechanteerd met een naaktfoto"],
    "inside the question about suicide": ["mijn dochter wordt gechanteerd met een naaktfoto", "ze is bij mij thuis"],
    "inside the question about the demand": ["mijn dochter wordt gechanteerd met een foto", "ze is bij mij", "nee"],
    "while asked to erase": ["verwijder dit gesprek"],
    "while asked to start over": ["begin opnieuw"],
    "inside a step": ["wat moeten we nu doen?"],
    "after small talk": ["hallo", "wat kun je allemaal?"],
    "after not being understood": ["xq zzv qqk"],
}


@pytest.mark.parametrize("before", STATES.values(), ids=STATES.keys())
def test_a_suicidal_sign_is_answered_first_in_any_state(parent, before):
    for message in before:
        parent.say(message)
    answer = parent.say(SUICIDAL)
    assert_kind(answer)
    assert phone("suicide_prevention") in answer[0]["text"] and phone("zelfmoordlijn") in answer[0]["text"]
    assert "112" in answer[0]["text"]


@pytest.mark.parametrize("before", STATES.values(), ids=STATES.keys())
def test_danger_is_answered_with_112_first_in_any_state(parent, before):
    for message in before:
        parent.say(message)
    answer = parent.say(DANGER)
    assert_kind(answer)
    assert answer[0]["text"].startswith("Bel nu 112")


def test_it_is_answered_inside_every_question(servers):
    for question in library().question_order:
        parent = servers.conversation()
        parent.say("mijn zoon wordt gechanteerd met een naaktfoto, ze willen geld")
        for message in ("hij is bij mij", "nee", "nee niks betaald"):
            if says(parent.answers[-1], f"question.{question}"):
                break
            parent.say(message)
        answer = parent.say("hij zegt dat hij er een einde aan wil maken, en hij is 14")
        assert phone("suicide_prevention") in answer[0]["text"], question


@pytest.mark.parametrize("closing", ["nee", "laat maar", "nee hoor", "niet nodig"])
def test_a_no_after_it_gets_one_open_check_and_is_then_respected(parent, closing):
    parent.say(SUICIDAL)
    check = parent.say(closing)
    assert "not_accompanied.default" in said(check)
    assert phone("suicide_prevention") in words(check)
    respected = parent.say("nee, het valt wel mee")
    assert "denied.default" in said(respected)
    assert not says(parent.say("moeten we betalen?"), "after")


def test_the_reminder_stays_in_front_until_it_is_settled(parent):
    parent.say(SUICIDAL)
    answer = parent.say("moeten we betalen?")
    assert said(answer)[0] == "after.default" and says(answer, "ask_should_we_pay")
    assert_kind(answer)


def test_someone_is_with_the_child_and_the_question_is_asked(parent):
    parent.say(SUICIDAL)
    assert "accompanied.default" in said(parent.say("ja ik zit bij haar"))
    assert "how_to_ask.default" in said(parent.say("nee nog niet"))
    assert says(parent.press("Mijn kind zegt ja"), "report_suicidal_risk")


def test_starting_over_keeps_that_a_child_may_be_in_danger(parent):
    parent.say(SUICIDAL)
    parent.say("opnieuw beginnen")
    parent.press("Ja, begin opnieuw")
    assert said(parent.say("moeten we betalen?"))[0] == "after.default"


def test_flanders_gets_its_own_number(parent):
    parent.say("wij wonen in Antwerpen, ons dochter wordt gechanteerd met een naaktfoto")
    first = parent.say(SUICIDAL)[0]["text"]
    assert phone("zelfmoordlijn") in first and phone("suicide_prevention") not in first


def test_the_child_itself_gets_words_of_its_own(parent):
    answer = parent.say("ik ben 14 en iemand dreigt mijn foto rond te sturen, help")
    assert "child_speaking.default" in said(answer)
    text = words(answer)
    for name in ("helpwanted", "kindertelefoon", "suicide_prevention", "zelfmoordlijn", "child_focus"):
        assert phone(name) in text
    assert "112" in text and "vertel het je ouders" not in text.lower()
    later = words(parent.say("moet ik betalen?"))
    assert "je kind" not in later


def test_the_child_that_does_not_want_to_live_is_spoken_to_as_a_child(parent):
    parent.say("ik ben 15 en iemand chanteert mij met een filmpje")
    assert "report_suicidal_risk.child_writes" in said(parent.say("ik wil niet meer leven"))


IDIOMS = [
    "ik schaam me dood dat ik dit niet heb gezien",
    "ik vermoord die vent als ik hem vind",
    "mijn telefoon is bijna dood dus ik moet snel zijn",
    "nee, aan zelfmoord denkt hij niet, dat heb ik hem gevraagd",
]


@pytest.mark.parametrize("message", IDIOMS)
def test_a_manner_of_speaking_is_no_alarm(parent, message):
    assert not says(parent.say(message), "report_suicidal_risk")
