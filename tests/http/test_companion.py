"""Whole conversations, as parents hold them: the plan of this case, practising, this night, and coming back."""

import pytest
from icalendar import Calendar

from tests.http.reading import assert_kind, library, phone, said, says, titles, words

REPORT = "mijn zoon van 14 wordt op snapchat gechanteerd door een onbekende die 300 euro wil voor zijn naaktfoto"


def plan_of(parent, *messages):
    """The steps of the plan after these messages, as one text."""
    for message in messages:
        assert_kind(parent.say(message))
    answer = parent.say("wat moeten we nu doen?")
    assert_kind(answer)
    return next(bubble["text"] for bubble in answer if bubble["text"].startswith("Dit is de volgorde"))


def title(step_id):
    return library().item(step_id).title


CASES = {
    "paid already": (
        "Mijn dochter heeft al 150 euro betaald aan een onbekende die dreigt met haar foto",
        ["stop_paying.default"],
    ),
    "gave more": (
        "Mijn zoon wordt gechanteerd en heeft uit angst nog twee naaktfoto's gestuurd",
        ["stop_giving.default"],
    ),
    "images are out": ("De naaktfoto van mijn dochter is naar de hele klas gestuurd", ["removal.default"]),
    "hacked": (
        "De snapchat van mijn dochter is gehackt en nu chanteren ze haar met haar foto's",
        ["secure_accounts.default"],
    ),
    "fake police": (
        "Iemand die zegt van de politie te zijn eist een boete van 200 euro van mijn zoon vanwege zijn naaktfoto",
        ["know_this.fake_police"],
    ),
    "an ex": (
        "De ex van mijn dochter dreigt haar naaktfoto's van toen ze samen waren rond te sturen",
        ["police.default", "contact.known_offender"],
    ),
    "a meeting": (
        "Hij chanteert mijn dochter van 13 met een naaktfoto en eist dat ze volgende week met hem afspreekt",
        ["police.danger", "contact.danger"],
    ),
    "a foster child": (
        "Mijn pleegzoon wordt gechanteerd met een naaktfilmpje, hij heeft een voogd van jeugdzorg",
        ["guardian.default"],
    ),
    "an adult child": ("Mijn zoon van 19 wordt afgeperst met een naaktfoto", ["own_decision.adult"]),
    "came back": (
        "We hadden hem geblokkeerd maar hij chanteert mijn zoon nu weer met een nieuw account",
        ["contact.came_back"],
    ),
}


@pytest.mark.parametrize(("report", "steps"), CASES.values(), ids=CASES.keys())
def test_the_plan_is_the_plan_of_this_case(parent, report, steps):
    shown = plan_of(parent, report, "thuis, ik zit ernaast")
    for step in steps:
        assert title(step) in shown, shown


def test_evidence_stands_before_blocking(parent):
    shown = plan_of(parent, REPORT, "hij zit naast me", "nee")
    assert shown.index(title("evidence.snapchat")) < shown.index(title("contact.default"))


def test_a_meeting_means_police_before_all_else(parent):
    shown = plan_of(parent, CASES["a meeting"][0], "ze is thuis bij mij")
    assert shown.index(title("police.danger")) < shown.index(title("evidence.default"))


def test_from_the_first_word_to_the_last_step(parent):
    parent.say(REPORT)
    parent.say("hij zit naast me op de bank")
    parent.say("nee, dat niet")
    parent.say("nee, nog niets betaald")
    answer = parent.say("nee")
    assert "question.summary" in said(answer) and "300 euro" in words(answer)
    answer = parent.say("ja klopt")
    assert says(answer, "plan.default") and says(answer, "evidence.snapchat")
    for _ in range(12):
        answer = parent.press(next(button for button in titles(parent.answers[-1]) if button.startswith("Ja")))
        assert_kind(answer)
        if says(answer, "plan_done"):
            return
    raise AssertionError(f"the plan never ended: {words(answer)}")


def test_what_was_done_is_ticked_off_in_words_and_where_we_were_is_remembered(parent):
    parent.say(REPORT)
    parent.say("hij zit naast me")
    parent.say("wat moeten we nu doen?")
    answer = parent.say("screenshots zijn gemaakt")
    assert library().wording.done_mark in words(answer)
    parent.say("gaan ze het echt verspreiden?")
    answer = parent.say("waar waren we gebleven?")
    assert says(answer, "plan.default") and library().wording.done_mark in words(answer)


def test_a_wrong_summary_is_put_right(parent):
    for message in (REPORT, "hij zit naast me", "nee", "nee, niets betaald", "nee, nog niet"):
        answer = parent.say(message)
    assert "question.summary" in said(answer)
    answer = parent.say("nee")
    assert says(answer, "what_is_wrong")
    answer = parent.say("hij is 13 en ze willen 500 euro")
    assert "13" in words(answer) and "500" in words(answer)
    assert "question.summary" not in said(answer)


def test_practising_turns_a_reproach_into_a_kinder_sentence(parent):
    parent.say(REPORT)
    parent.say("hij zit boven, mijn vrouw is bij hem")
    parent.say("nee")
    answer = parent.say("mag ik oefenen wat ik tegen hem ga zeggen?")
    assert says(answer, "practice.")
    answer = parent.say("Hoe kon je zo stom zijn, ik had je nog zo gewaarschuwd!")
    assert says(answer, "blamed.")
    answer = parent.say("Ik hou van je en we lossen dit samen op")
    assert says(answer, "kind.after_blame")
    assert says(parent.press("Klaar met oefenen"), "stop.")


TOPICS = {
    "wat doen we vannacht?": "tonight",
    "wat zeg ik tegen zijn zusje?": "siblings",
    "moet ik de school inlichten?": "school",
    "mijn man wil hem straffen en ik niet, we zijn het niet eens": "other_parent",
    "hoe waarschuw ik de vrienden van mijn zoon?": "contacts_message",
    "is mijn kind zelf strafbaar?": "punishable",
    "wie mag dit allemaal weten?": "who_may_know",
    "moeten we hiervoor naar de huisarts?": "later",
}


@pytest.mark.parametrize(("question", "topic"), TOPICS.items(), ids=TOPICS.values())
def test_what_parents_forget_to_ask_has_an_answer(parent, question, topic):
    parent.say(REPORT)
    parent.say("hij zit naast me")
    parent.say("nee, dat niet")
    answer = parent.say(question)
    assert_kind(answer)
    assert says(answer, f"{topic}."), words(answer)


def test_a_parent_who_wants_to_go_there_is_calmed(parent):
    parent.say("mijn dochter wordt gechanteerd door een jongen uit haar klas met een naaktfoto")
    answer = parent.say("ik ga nu naar zijn huis en sla hem in elkaar")
    assert says(answer, "own_threat.") or says(answer, "express_anger_offender.")


def test_a_threat_at_home_is_asked_about_and_tells_nobody(parent):
    parent.say("mijn dochter van 16 wordt gechanteerd met een naaktfoto")
    answer = parent.say("als haar vader dit hoort vermoordt hij haar")
    assert "question.home_danger" in said(answer) or says(answer, "report_immediate_danger")
    answer = parent.say("ja, dat kan echt gebeuren")
    assert phone("veilig_thuis") in words(answer) or "112" in words(answer)


def test_a_no_about_suicide_is_asked_again_when_the_images_are_spread(parent):
    parent.say(REPORT)
    parent.say("hij zit naast me")
    answer = parent.say("nee, dat niet")
    assert "113" not in words(answer)
    answer = parent.say("nu heeft hij het naar de hele klas gestuurd")
    assert "question.suicide_check_again" in said(answer)
    assert all(number in words(answer) for number in ("113", "1813", "112"))


def test_a_person_is_named_with_one_tap_and_asked_after(parent):
    answer = parent.say("ik wil met een echt mens praten")
    contacts = [contact for bubble in answer for contact in (bubble.get("custom") or {}).get("contacts", [])]
    assert contacts and all(contact["phone"] or contact["url"] for contact in contacts)
    assert says(parent.say("nee, ik kreeg niemand te pakken"), "not_reached.")


def test_the_plan_and_the_reminders_can_be_taken_away(parent):
    parent.say(REPORT)
    parent.say("hij zit naast me")
    parent.say("nee, dat niet")
    answer = parent.say("kan ik dit plan printen?")
    (attachment,) = [bubble["custom"] for bubble in answer if (bubble.get("custom") or {}).get("kind") == "attachment"]
    assert {file["type"] for file in attachment["files"]} == {"text/plain", "text/html"}
    assert title("evidence.snapchat") in attachment["files"][0]["text"]
    answer = parent.say("kun je me eraan herinneren om te vragen hoe het gaat?")
    (calendar,) = [bubble["custom"] for bubble in answer if (bubble.get("custom") or {}).get("kind") == "calendar"]
    assert len(Calendar.from_ical(calendar["files"][0]["text"]).walk("VEVENT")) == 4
