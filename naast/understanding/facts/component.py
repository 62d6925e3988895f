"""Rasa wiring of the fact extractor: what `extract` reads becomes entities of the message."""

from __future__ import annotations

import logging
import pathlib
from typing import Any, Dict, Iterable, List, Text, Type

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    EXTRACTOR,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from naast.privacy.logs import where
from naast.privacy.redact import without_digits
from naast.understanding import features
from naast.understanding.embedding import encoder
from naast.understanding.embedding.component import SENTENCES, SentenceEmbeddingFeaturizer
from naast.understanding.facts import examples, lexicon, model, roles
from naast.understanding.facts.clauses import Reading
from naast.understanding.facts.extract import Fact, extract, extract_from, join, reader
from naast.understanding.language.component import LANGUAGE
from naast.understanding.linear import LinearModel
from naast.understanding.trained import TrainedComponent

logger = logging.getLogger(__name__)

LEAST_WORDS = 4
MIXED = 0.16
"""Below this gap to the next language a message may be written in two (docs/languages.md)."""
UNSAFE_HOME = "home_unsafe"
NUMBERS = "numbers."
"""Before the names of the arrays of the number model, which share a file with those of the pieces."""
HAPPENED = frozenset(model.ONE_OF) - {"child_relation", "offender"}
"""Facts that tell what happened or was done: what is asked, imagined, threatened, advised or feared is none."""
SPREADING = ("SPREAD_WORD", "GOES_ROUND", "SENT", "ONLINE")
NEEDS = {
    ("paid", None): ("MONEY", "PAID", "PAYING", "CURRENCY"),
    ("demands", "self_harm"): ("FORCE",),
    ("evidence_saved", None): ("SAVED", "SCREENSHOT", "CHAT", "IMAGE", "DELETED"),
    ("spread", True): SPREADING,
}
"""Concepts of the lexicon without which a guess of the model says nothing, by fact and value."""
DONE = frozenset({"evidence_saved", "contact_cut", "reported_police", "reported_helpwanted", "complied"})
NOT_HAPPENED = frozenset({"question", "question_mark", "hypothetical", "threat", "advice", "fear", "wish"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FactExtractor(TrainedComponent, EntityExtractorMixin):
    """Adds one entity per fact that is said: by the patterns, and by a model for what they did not foresee.

    It learns from its own annotated examples (facts/examples), so that the training messages of the intents stay plain
    text; those are left alone.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        return [SentenceEmbeddingFeaturizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        # Each writer of the examples left out in turn: F1 over all facts 0.78 at a threshold of 0.45, 0.79 at 0.65,
        # 0.78 at 0.75; the patterns alone 0.68. Numbers: 0.885 for ages at 0.5 (patterns 0.74), amounts 0.77 (0.72).
        return {"C": 2.0, "dense_scale": 1.0, "threshold": 0.65, "number_C": 1.0, "number_threshold": 0.45}

    @staticmethod
    def required_packages() -> List[Text]:
        return ["spacy", "spacy_lookups_data"]

    @classmethod
    def learns_from(cls) -> Iterable[pathlib.Path]:
        return [
            pathlib.Path(__file__).parent,
            lexicon.PATTERNS,
            examples.DIRECTORY,
            pathlib.Path(encoder.__file__).parent,
        ]

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._pieces: model.PieceFacts | None = None
        self._numbers: roles.NumberRoles | None = None

    def learn(self, training_data: TrainingData) -> Dict[str, np.ndarray]:
        messages = examples.load_messages()
        pieces = [piece for message in messages for piece in message]
        silent = examples.silent_messages([m for m in training_data.intent_examples if m.get(TEXT)])
        dense = encoder.encode_for_training([piece.text for piece in pieces])
        if silent:
            dense = np.vstack([dense, features.dense_vectors(silent)])
            pieces += [examples.Piece(message.get(TEXT), frozenset(), frozenset()) for message in silent]
        self._pieces = model.PieceFacts.learn(
            pieces, dense, dense_scale=self._config["dense_scale"], c=self._config["C"]
        )
        self._numbers = roles.NumberRoles.learn(messages, c=self._config["number_C"])
        numbers = {NUMBERS + name: array for name, array in self._numbers.model.arrays().items()}
        return {**self._pieces.arrays(), **numbers}

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        numbers = {name: arrays.pop(NUMBERS + name) for name in ("labels", "weights", "bias")}
        self._pieces = model.PieceFacts.from_arrays(arrays)
        self._numbers = roles.NumberRoles(LinearModel.from_arrays(numbers))

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            message.set(ENTITIES, message.get(ENTITIES, []) + self._entities(message), add_to_output=True)
        return messages

    def _entities(self, message: Message) -> List[Dict[Text, Any]]:
        """Never raises: a message whose facts cannot be read still has to reach the safety check and get an answer."""
        text = message.get(TEXT)
        if not isinstance(text, str) or text.startswith("/"):  # "/..." is the payload of a button
            return []
        try:
            facts = self._read(text, message)
        except Exception as error:
            logger.error("naast.facts.failed: none read from %s characters %s", len(text), where(error))
            return []
        return [
            {
                ENTITY_ATTRIBUTE_TYPE: fact.name,
                ENTITY_ATTRIBUTE_VALUE: fact.value,
                ENTITY_ATTRIBUTE_START: fact.start,
                ENTITY_ATTRIBUTE_END: fact.end,
                "confidence_entity": 1.0,
                EXTRACTOR: self.name,
            }
            for fact in facts
        ]

    def _read(self, text: Text, message: Message) -> List[Fact]:
        """What the patterns say, and what the models add where the patterns are silent."""
        first, *others = _languages(message.get(LANGUAGE))
        numbered = without_digits(text)
        reading = reader(first).read(numbered)
        if reading is None:
            return []
        guessed = self._numbers.read(reading, self._config["number_threshold"])
        embedding = message.get_dense_features(TEXT)[1]
        if embedding is not None:
            sentences_read = self._pieces.read(
                text, embedding.features[0], message.get(SENTENCES), self._config["threshold"]
            )
            guessed += [
                fact
                for fact in sentences_read
                if _says_enough(reading, fact)
                and (fact.name not in HAPPENED or _happened(reading, fact))
                and _is_spoken_of(reading, fact)
            ]
        said = extract_from(reading)
        for language in others:
            said = join(said, extract(numbered, language))
        if any(fact.value == UNSAFE_HOME for fact in said):
            # "haar vader vermoordt haar als hij het hoort": the danger is at home, the offender somebody else.
            guessed = [fact for fact in guessed if (fact.name, fact.value) != ("offender", "family")]
        return join(said, guessed)


def _languages(said: Dict[Text, Any] | None) -> List[Text]:
    """Whose patterns read a message: those of its language, and of a mixed message ("mijn son wordt blackmailed") the
    others too."""
    code = (said or {}).get("code")
    if code not in lexicon.languages():
        return [lexicon.FIRST]
    mixed = said["gap"] < MIXED and said["words"] >= LEAST_WORDS
    return [code, *(other for other in lexicon.languages() if mixed and other != code)]


def _says_enough(reading: Reading, fact: Fact) -> bool:
    """A word or two ("beneden", "ja klopt") is the patterns' business: a model always guesses something."""
    words = [token for token in reading.tokens if token.start < fact.end and token.start >= fact.start]
    return len(words) >= LEAST_WORDS


def _is_spoken_of(reading: Reading, fact: Fact) -> bool:
    """Nothing is paid where no money is spoken of; no self-harm is demanded where nobody forces the child."""
    needed = NEEDS.get((fact.name, fact.value), NEEDS.get((fact.name, None)))
    if needed is None:
        return True
    return any(reading.has(index, concept) for index in range(len(reading.tokens)) for concept in needed)


def _happened(reading: Reading, fact: Fact) -> bool:
    """Does a clause of the sentence that the fact was read from tell, and not only ask, imagine or threaten?"""
    clauses = [
        clause
        for clause in reading.clauses
        if reading.tokens[clause.start].start < fact.end and reading.tokens[clause.end - 1].end > fact.start
    ]
    if any("condition" in clause.flags for clause in clauses) and fact.name in DONE:
        return False  # "als ik een screenshot maak, ziet hij dat dan": nothing in it was done
    if (fact.name, fact.value) == ("spread", True):
        # "hij heeft foto's van haar, anders stuurt hij ze naar haar klas": what tells of no threat spreads nothing.
        clauses = [clause for clause in clauses if clause.present & set(SPREADING)]
    return any(not clause.flags & NOT_HAPPENED for clause in clauses)
