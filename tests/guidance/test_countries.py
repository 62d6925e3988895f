"""Only the numbers of the country that is known, and few cards at once."""

import pytest

from naast.guidance.conversation import Companion, Situation
from naast.guidance.countries import OneCountry
from naast.guidance.library import load


def one_country(language="nl"):
    library = load(language=language)
    return OneCountry(library.contacts, library.wording.one_country)


@pytest.mark.parametrize(
    ("language", "text", "dutch", "belgian"),
    [
        ("nl", "Bel {helpwanted}, of in België {child_focus}.", "Bel {helpwanted}.", "Bel {child_focus}."),
        (
            "nl",
            "Bel {suicide_prevention}, ook 's nachts, of in België de {zelfmoordlijn}. Bij gevaar {emergency}.",
            "Bel {suicide_prevention}, ook 's nachts. Bij gevaar {emergency}.",
            "Bel de {zelfmoordlijn}. Bij gevaar {emergency}.",
        ),
        (
            "nl",
            "Bel {veilig_thuis}, in België {line_1712} op werkdagen of {child_focus}.",
            "Bel {veilig_thuis}.",
            "Bel {line_1712} op werkdagen of {child_focus}.",
        ),
        (
            "en",
            "Call the police: {police.phone}, in Belgium if urgent {police_be.phone}.",
            "Call the police: {police.phone}.",
            "Call the police: {police_be.phone}.",
        ),
    ],
)  # fmt: skip
def test_one_of_two_numbers_is_left(language, text, dutch, belgian):
    countries = one_country(language)
    assert countries.text(text, "nl") == dutch and countries.text(text, "be") == belgian
    assert countries.text(text, None) == text


def test_the_number_of_the_police_is_not_replaced_by_another():
    text = "Bel de politie op {police.phone}, in België {child_focus}."
    assert one_country().text(text, "be") == text


def test_cards_are_few_near_and_hold_the_emergency_number():
    countries = one_country()
    many = ["helpwanted", "child_focus", "veilig_thuis", "luisterlijn", "emergency", "helpwanted"]
    assert countries.cards(many, "nl") == ["helpwanted", "veilig_thuis", "emergency"]
    assert countries.cards(many, "be") == ["child_focus", "emergency"]
    assert countries.cards(["helpwanted"], "be") == ["helpwanted"]


BOTH = {
    "nl": "Bel {helpwanted}, in België {child_focus}. Spoed: {police.phone}, in België bij spoed {police_be.phone}.",
    "en": "Call {helpwanted}, in Belgium {child_focus}. Or {police.phone}, in Belgium if urgent {police_be.phone}.",
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("country", "said", "left_out"),
    [
        ("be", ("116 000", "101"), ("020-261 52 75", "0900-8844", "Belg")),
        ("nl", ("020-261 52 75", "0900-8844"), ("116 000", "101", "Belg")),
        (None, ("116 000", "101", "020-261 52 75", "0900-8844", "Belg"), ()),
    ],
)
def test_what_is_said_is_of_the_country(language, country, said, left_out):
    companion = Companion(load(language=language))
    text = companion.fill(BOTH[companion.library.language], Situation({"country": country}))
    assert all(each in text for each in said) and not any(each in text for each in left_out)
