"""Rasa wiring of the fact extractor: what `extract` reads becomes entities of the message."""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
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

from naast.understanding.facts.extract import extract
from naast.understanding.facts.lexicon import fingerprint

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactExtractor(GraphComponent, EntityExtractorMixin):
    """Adds one entity per fact that is said. Training messages are left alone: they carry no facts to learn from."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {}

    @staticmethod
    def required_packages() -> List[Text]:
        return ["spacy", "spacy_lookups_data"]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FactExtractor":
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> str:
        """Rasa's cache sees this class only, while the pattern files decide what is found."""
        return fingerprint()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            entities = self._entities(message.get(TEXT))
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages

    def _entities(self, text: Any) -> List[Dict[Text, Any]]:
        """Never raises: a message whose facts cannot be read still has to reach the safety check and get an answer."""
        try:
            facts = extract(text)
        except Exception:
            logger.error("facts.failed: no facts read from a message of %s characters", len(str(text)))
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
