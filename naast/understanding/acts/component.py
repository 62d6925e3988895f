"""Rasa component around the act model: what a message asks beside its main act, as `also_asked`."""

from __future__ import annotations

import pathlib
from typing import Any, Dict, Iterable, List, Text

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from naast.understanding.acts.model import ActModel
from naast.understanding.trained import TrainedComponent

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
class ActFinder(TrainedComponent, IntentClassifier):
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
    def learns_from(cls) -> Iterable[pathlib.Path]:
        return [pathlib.Path(__file__).parent]

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._model: ActModel | None = None

    def learn(self, training_data: TrainingData) -> Dict[str, np.ndarray]:
        messages = [message for message in training_data.intent_examples if message.get(TEXT)]
        texts, intents = ([message.get(key) for message in messages] for key in (TEXT, INTENT))
        self._model = ActModel.learn(texts, intents, self._config["C"])
        return self._model.arrays()

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        self._model = ActModel.from_arrays(arrays)

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
