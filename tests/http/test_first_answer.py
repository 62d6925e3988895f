"""The first answer to a report: understood, calm, one first step, and where the child is."""

import pytest

from tests.http.reading import assert_kind, said, says, titles, words

REPORTS = [
    "Hallo, mijn zoon van 14 kreeg via Snapchat een verzoek van een meisje en nu wil ze 300 euro hebben anders gaat "
    "zijn foto naar al zijn vrienden. Wat moeten we doen?",
    "dochter 13 word gechanteert op insta",
    "Ons dochter heeft een foto gestuurd naar iemand die ze nie kent en nu dreigt die ermee.",
    "mijn kind is slachtoffer van afpersing met een naaktfilmpje",
]


@pytest.mark.parametrize("report", REPORTS)
def test_it_calms_gives_one_first_step_and_asks_where_the_child_is(parent, report):
    answer = parent.say(report)
    assert_kind(answer)
    assert said(answer)[-1] == "question.child_safe"
    assert says(answer, "first_report.")


def test_it_shows_what_was_understood(parent):
    understood = words(parent.say(REPORTS[0]))
    for fact in ("je zoon van 14", "Snapchat", "300 euro"):
        assert fact in understood


def test_what_is_done_already_changes_the_first_step(parent):
    answer = parent.say(
        "mijn zoon wordt afgeperst met een naaktfoto, hij heeft al twee keer 50 euro betaald uit paniek"
    )
    assert "first_report.paid" in said(answer)


def test_a_demanded_meeting_means_the_police_today(parent):
    answer = parent.say(
        "iemand chanteert mijn dochter met een naaktfoto en eist dat ze volgende week met hem afspreekt"
    )
    assert says(answer, "first_report.danger") or says(answer, "report_immediate_danger")
    assert "112" in words(answer)


def test_spread_images_begin_with_help_to_remove_them(parent):
    answer = parent.say("de naaktfoto van mijn dochter staat op internet, haar hele klas heeft hem gezien")
    assert "first_report.spread" in said(answer)


def test_blame_inside_a_report_is_met(parent):
    answer = parent.say(
        "mijn zoon wordt gechanteerd met een naaktfoto die hij zelf gestuurd heeft, eigen schuld, hoe dom kun je zijn"
    )
    assert says(answer, "blame_beside") or says(answer, "express_blame")
    assert_kind(answer)


def test_the_same_question_is_not_asked_twice(parent):
    parent.say(REPORTS[1])
    parent.say("ze is thuis bij mij")
    asked = [name for answer in parent.answers for name in said(answer) if name.startswith("question.")]
    parent.say("wat erg dit")
    parent.say("en er is ook nog een filmpje")
    asked = [name for answer in parent.answers for name in said(answer) if name.startswith("question.")]
    # Whether the child may not want to live is asked once more when the parent said something else instead.
    repeated = [name for name in set(asked) if asked.count(name) > 1]
    assert repeated in ([], ["question.suicide_check"]) and asked.count("question.suicide_check") <= 2, asked


def test_what_was_said_is_not_asked(parent):
    parent.say("ze willen 200 euro van mijn zoon, hij heeft nog niks betaald en er is nog niks verspreid")
    parent.say("hij zit naast me")
    parent.say("nee")
    asked = {name for answer in parent.answers for name in said(answer) if name.startswith("question.")}
    assert asked <= {"question.child_safe", "question.suicide_check", "question.summary"}


def test_every_answer_of_the_path_offers_a_way_on(parent):
    parent.say(REPORTS[3])
    for _ in range(6):
        answer = parent.press(titles(parent.answers[-1])[0])
        assert_kind(answer)
        assert titles(answer), f"a dead end: {words(answer)}"


def test_a_correction_of_the_summary_is_taken_and_the_question_asked_again(parent):
    parent.say(REPORTS[0])
    answer = parent.say("nee, 13")
    assert said(answer) == ["corrected.default", "question.child_safe"]
    assert "je zoon van 13" in words(answer)
