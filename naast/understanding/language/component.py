"""Rasa component around the detector: adds `language` to every parse. It learns nothing and changes nothing else."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from naast.understanding.language.detect import detect

LANGUAGE = "language"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LanguageDetector(GraphComponent, IntentClassifier):
    """Adds `language` to a parse: {"code", "gap", "words", "asked"} as in `detect.Language`; None for a button.

    What the conversation makes of it is decided where the conversation is known: naast/guidance/spoken.py.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {}

    @staticmethod
    def required_packages() -> List[Text]:
        return ["langidentify"]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageDetector":
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            typed = isinstance(text, str) and not text.startswith("/")  # "/..." is the payload of a button
            message.set(LANGUAGE, dataclasses.asdict(detect(text)) if typed else None, add_to_output=True)
        return messages
