"""Rasa component around the act model: what a message asks beside its main act, as `also_asked`."""

from __future__ import annotations

import hashlib
import inspect
import pathlib
from typing import Any, Dict, List, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from naast.understanding import features, linear, ngrams, sentences
from naast.understanding.acts import model

ALSO_ASKED = "also_asked"
LEFT_OUT = frozenset(
    {
        "greet",
        "goodbye",
        "thank",
        "affirm",
        "deny",
        "bot_challenge",
        "restart",
        "ask_rephrase",
        "ask_capabilities",
        "out_of_scope",
        "child_speaking",
        "report_suicidal_risk",
        "report_immediate_danger",
    }
)
"""What has nothing to answer beside the rest, and what the safety component judges for itself."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActFinder(GraphComponent, IntentClassifier):
    """Adds `also_asked` to every parse: the acts of a message beside its intent, as [{"intent", "confidence"}].

    A frightened parent tells, asks and panics in one breath. Rasa gives a message one intent; the others are kept here,
    so that they are answered too. It stands behind the intent classifier and leaves its verdict alone.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "C": 20.0,
            # On 160 messages with several acts 0.4, 0.5 and 0.6 gave precision 0.59, 0.69 and 0.80, recall 0.47, 0.37
            # and 0.33. A button too many costs little, a question passed over costs trust.
            "threshold": 0.4,
        }

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> str:
        """Rasa sees this class only: the modules that it learns with must make it train again too."""
        helpers = (model, features, linear, ngrams, sentences)
        paths = [pathlib.Path(inspect.getfile(module)) for module in helpers]
        return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._model: model.ActModel | None = None

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ActFinder":
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        messages = [message for message in training_data.intent_examples if message.get(TEXT)]
        texts, intents = ([message.get(key) for message in messages] for key in (TEXT, INTENT))
        self._model = model.ActModel.learn(texts, intents, self._config["C"])
        with self._model_storage.write_to(self._resource) as directory:
            np.savez_compressed(directory / "acts.npz", **self._model.arrays())
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "ActFinder":
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            arrays = dict(np.load(directory / "acts.npz", allow_pickle=False))
        component._model = model.ActModel.from_arrays(arrays)
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        # Nothing behind this component learns from the acts of its training messages.
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            readable = isinstance(text, str) and not text.startswith("/")  # "/..." is the payload of a button
            acts = self._model.find(text, self._config["threshold"]) if readable else []
            main = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
            left_out = LEFT_OUT | {main}
            also = [{"intent": name, "confidence": round(score, 4)} for name, score in acts if name not in left_out]
            message.set(ALSO_ASKED, also, add_to_output=True)
        return messages
