"""What a button says can be typed too: it is understood as what pressing it sends."""

import asyncio

import pytest
from rasa.core.agent import Agent

from scripts.button_titles import titles_by_intent
from tests.http.reading import library, said
from tests.servers import MODEL


@pytest.fixture(scope="module")
def agent() -> Agent:
    return Agent.load(str(MODEL))


def test_every_button_title_is_understood_when_typed(agent):
    wrong = {}
    for intent, titles in titles_by_intent(library()).items():
        for title in titles:
            understood = asyncio.run(agent.parse_message(title))["intent"]["name"]
            if understood != intent:
                wrong[title] = (intent, understood)
    assert not wrong


@pytest.mark.parametrize("title", ["Thuis, ik ben erbij", "Niet bij mij, wel veilig", "Ik weet niet waar"])
def test_typing_and_pressing_give_the_same_answer(servers, title):
    typing, pressing = servers.conversation(), servers.conversation()
    for parent in (typing, pressing):
        parent.say("mijn dochter wordt gechanteerd met een naaktfoto")
    assert said(typing.say(title)) == said(pressing.press(title))
