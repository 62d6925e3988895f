"""Where the country is known, the numbers of the other one are left out."""

import pytest

from naast.guidance.conversation import Bubble, Companion, Situation
from naast.guidance.library import load

TEXTS = {
    "nl": "Bel {helpwanted}, in België {child_focus}. Spoed: {police.phone}, in België bij spoed {police_be.phone}.",
    "en": "Call {helpwanted}, in Belgium {child_focus}. Or {police.phone}, in Belgium if urgent {police_be.phone}.",
}


@pytest.fixture(params=["nl", "en"])
def companion(request):
    return Companion(load(language=request.param))


@pytest.mark.parametrize(
    ("country", "said", "left_out"),
    [
        ("be", ("116 000", "101"), ("020-261 52 75", "0900-8844", "Belg")),
        ("nl", ("020-261 52 75", "0900-8844"), ("116 000", "101", "Belg")),
        (None, ("116 000", "101", "020-261 52 75", "0900-8844", "Belg"), ()),
    ],
)
def test_of_two_numbers_the_one_of_the_country_is_said(companion, country, said, left_out):
    text = companion.fill(TEXTS[companion.library.language], Situation({"country": country}))
    assert all(each in text for each in said) and not any(each in text for each in left_out)


@pytest.mark.parametrize("country", ["be", "nl", None])
def test_where_life_is_in_danger_both_numbers_stay(country):
    text = Companion(load()).fill(
        "Bel {suicide_prevention}, in België {zelfmoordlijn}", Situation({"country": country})
    )
    assert "0800-0113" in text and "1813" in text


def test_what_is_no_pair_stays():
    text = "Bel {veilig_thuis} of {helpwanted}, in België {line_1712} of {child_focus}."
    said = Companion(load()).fill(text, Situation({"country": "nl"}))
    assert "België" in said and "1712" in said


def test_the_cards_are_of_the_country_too():
    companion = Companion(load())
    bubble = Bubble("x", contacts=["police", "child_focus", "emergency", "suicide_prevention"])
    shown = companion.custom(bubble, Situation({"country": "be"}))["contacts"]
    assert {each["id"] for each in shown} == {"child_focus", "emergency", "suicide_prevention"}
    only_dutch = companion.custom(Bubble("x", contacts=["veilig_thuis"]), Situation({"country": "be"}))["contacts"]
    assert [each["id"] for each in only_dutch] == ["veilig_thuis"]
