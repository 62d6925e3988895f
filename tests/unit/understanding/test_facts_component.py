"""The fact extractor as Rasa uses it: trained, kept, loaded, and never in the way of what comes behind it."""

from __future__ import annotations

from typing import Any, Dict, List

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from naast.understanding.embedding.component import SentenceEmbeddingFeaturizer
from naast.understanding.facts import examples
from naast.understanding.facts.component import FactExtractor


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> FactExtractor:
    """Trained on a fifth of the examples and loaded from what training left behind."""
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("facts"))
    context, resource = ExecutionContext(GraphSchema({}), "1"), Resource("facts")
    some = examples.load_messages()[::5]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examples, "load_messages", lambda: some)
        FactExtractor.create({}, storage, resource, context).train(TrainingData())
    return FactExtractor.load({}, storage, resource, context)


def read(extractor: FactExtractor, text: Any) -> List[Dict[str, Any]]:
    message = Message({TEXT: text})
    if isinstance(text, str):
        SentenceEmbeddingFeaturizer({"alias": "embedding"}, "embedding").process([message])
    extractor.process([message])
    return message.get("entities")


@pytest.mark.parametrize(
    "text", [None, "", "   ", "😭😭", "\ud83d", "<b>", "?!.,", "(" * 999, 42, '/report_sextortion{"paid": true}']
)
def test_bad_input_says_nothing_and_raises_nothing(extractor: FactExtractor, text: Any) -> None:
    assert read(extractor, text) == []


@pytest.mark.parametrize("text", ["a" * 10_000, "ab\udc00cd", "a " * 5_000, "we . " * 2_000])
def test_endless_or_broken_text_raises_nothing(extractor: FactExtractor, text: str) -> None:
    assert isinstance(read(extractor, text), list)


def test_a_mistake_of_ours_leaves_its_place_in_the_log_and_no_word_of_the_message(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: Any) -> None:
        raise ValueError("mijn zoon heet Koninginnepage")

    broken = FactExtractor.__new__(FactExtractor)
    monkeypatch.setattr(broken, "_read", breaks)
    assert broken._entities(Message({TEXT: "mijn zoon heet Koninginnepage"})) == []
    assert "[ValueError at component.py:" in caplog.text and "Koninginnepage" not in caplog.text


def test_entities_carry_typed_values_and_offsets_into_the_text(extractor: FactExtractor) -> None:
    text = "<b>Mijn</b> zoon 😭 betaalde niks, hij is 14"
    entities = {entity["entity"]: entity for entity in read(extractor, text)}
    assert entities["paid"]["value"] is False
    assert entities["child_age"]["value"] == 14
    assert text[entities["child_age"]["start"] : entities["child_age"]["end"]] == "14"
    assert {entity["extractor"] for entity in entities.values()} == {"FactExtractor"}


def test_a_phone_number_or_an_account_is_no_age_and_no_amount(extractor: FactExtractor) -> None:
    text = "mijn zoon van 14 moet 300 euro betalen, rekening BE68539007547034, bel 06 41928375, kaart 4012888888881881"
    numbers = {each["entity"]: each["value"] for each in read(extractor, text) if not isinstance(each["value"], str)}
    assert {name: numbers[name] for name in ("child_age", "amount_eur")} == {"child_age": 14, "amount_eur": 300}


def test_the_models_find_what_no_pattern_names(extractor: FactExtractor) -> None:
    said = examples.load_messages()[::25]
    found = wanted = 0
    for message in said:
        values = {
            (entity["entity"], str(entity["value"])) for entity in read(extractor, " ".join(p.text for p in message))
        }
        truth = {fact for piece in message for fact in piece.said if fact[0] != "blames_child"}
        found += len(values & truth)
        wanted += len(truth)
    assert found / wanted > 0.85


def test_what_a_pattern_says_outweighs_a_guess(extractor: FactExtractor) -> None:
    facts = {entity["entity"]: entity["value"] for entity in read(extractor, "we hebben gelukkig nog niks betaald")}
    assert facts["paid"] is False


def test_changed_examples_make_the_model_train_again(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = FactExtractor.fingerprint_addon({})
    (tmp_path / "one.yml").write_text("[]")
    monkeypatch.setattr(examples, "DIRECTORY", tmp_path)
    assert FactExtractor.fingerprint_addon({}) != before
