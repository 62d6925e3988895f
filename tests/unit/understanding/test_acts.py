"""What a message asks beside its main act."""

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from naast.understanding.acts.component import ActFinder

SAID = {
    "ask_should_we_pay": ["moeten we betalen", "zullen we het geld overmaken", "is betalen slim", "betalen of niet"],
    "report_sextortion": ["mijn zoon wordt gechanteerd", "ze chanteert hem met een foto", "hij wordt afgeperst"],
    "express_panic": ["ik ben in paniek", "help ik ben zo bang", "ik tril helemaal"],
    "greet": ["goedenavond allemaal", "hallo daar", "dag iedereen hier"],
}


@pytest.fixture(scope="module")
def finder(tmp_path_factory):
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("acts"))
    context, resource = ExecutionContext(GraphSchema({}), "1"), Resource("acts")
    examples = [Message({TEXT: text, INTENT: intent}) for intent, texts in SAID.items() for text in texts * 3]
    ActFinder.create({}, storage, resource, context).train(TrainingData(examples))
    return ActFinder.load({}, storage, resource, context)


def also(finder, text, main="report_sextortion"):
    message = Message({TEXT: text, INTENT: {"name": main, "confidence": 0.9}})
    finder.process([message])
    return [act["intent"] for act in message.get("also_asked")]


def test_a_question_inside_a_report_is_kept(finder):
    text = "Mijn zoon wordt gechanteerd met een foto. Moeten we betalen? Ik ben zo in paniek."
    assert set(also(finder, text)) == {"ask_should_we_pay", "express_panic"}


def test_the_main_act_is_not_named_again(finder):
    text = "Mijn zoon wordt gechanteerd. Moeten we betalen?"
    assert also(finder, text, main="ask_should_we_pay") == ["report_sextortion"]


def test_a_greeting_is_no_act_to_answer(finder):
    assert also(finder, "Goedenavond allemaal daar. Moeten we nu betalen?", main="ask_should_we_pay") == []


@pytest.mark.parametrize(
    "text", ["moeten we betalen", "", "   ", None, "😢", "/ask_police", "a" * 10_000, "\ud800. \ud800 x y."]
)
def test_one_sentence_or_odd_text_has_no_other_act(finder, text):
    assert also(finder, text) == []
