"""The trained archive, loaded with Rasa's own Agent: what the contract promises to whoever parses a message."""

import asyncio

import pytest
from rasa.core.agent import Agent

from tests.servers import MODEL


@pytest.fixture(scope="module")
def parse():
    agent = Agent.load(str(MODEL))
    return lambda text: asyncio.run(agent.parse_message(text))


def facts(parsed):
    found = {}
    for entity in parsed["entities"]:
        assert entity["extractor"] and 0 <= entity["start"] <= entity["end"]
        found.setdefault(entity["entity"], []).append(entity["value"])
    return found


def test_facts_come_typed_and_one_entry_for_each_element_of_a_list(parse):
    found = facts(parse("mijn zoon van 14 wordt via snap en insta afgeperst, ze willen 300 euro, nog niks betaald"))
    assert found["child_relation"] == ["son"] and found["child_age"] == [14] and type(found["child_age"][0]) is int
    assert sorted(found["platforms"]) == ["instagram", "snapchat"]
    assert found["demands"] == ["money"] and found["amount_eur"] == [300] and found["paid"] == [False]


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("moeten we betalen?", "paid"),
        ("ze gaan het naar al zijn vrienden sturen", "spread"),
        ("zal ik hem blokkeren?", "contact_cut"),
        ("ik las op facebook over sextortion", "platforms"),
    ],
)
def test_what_was_not_said_is_not_read(parse, text, absent):
    assert absent not in facts(parse(text))


def test_a_safety_verdict_leads_and_says_which_layer_saw_it(parse):
    parsed = parse("ze zegt dat ze niet meer wil leven")
    assert parsed["intent"]["name"] == "report_suicidal_risk" == parsed["intent_ranking"][0]["name"]
    assert parsed["safety"]["kind"] == "suicidal" and parsed["safety"]["layers"]
    # Rasa leaves a value of None out of its answer.
    assert parse("mijn telefoon is bijna dood").get("safety") is None


def test_blame_is_an_entity_with_a_kind_beside_any_intent(parse):
    parsed = parse("het is zijn eigen stomme schuld, moet hij maar geen foto's sturen")
    assert facts(parsed)["blames_child"] == [True] and parsed["blame_kind"]
    parsed = parse("het is niet haar schuld, die man is een crimineel")
    assert "blames_child" not in facts(parsed) and parsed.get("blame_kind") is None


@pytest.mark.parametrize("text", ["", "   ", "\ud800", "😢😢", "a" * 10_000, "<b></b>", "\x00", "woord " * 500])
def test_bad_input_is_parsed_without_an_error(parse, text):
    assert parse(text)["intent"]["name"]
