"""Intent classifier: Rasa's logistic regression on weighted features, kept as plain arrays."""

from __future__ import annotations

import pathlib
from typing import Any, Dict, List, Text, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers import LABEL_RANKING_LENGTH
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.tensorflow.constants import RANKING_LENGTH

from naast.understanding.embedding import encoder
from naast.understanding.features import Weighting, dense_vectors, sparse_counts
from naast.understanding.linear import LinearModel
from naast.understanding.trained import fingerprint


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class WeightedLogisticRegressionClassifier(LogisticRegressionClassifier):
    """Rasa's classifier with what it does not offer: weighted features and a choice of C.

    C and the scale of the dense part were chosen by cross-validation over writers (`make cross-validate`). Rasa keeps
    the scikit-learn object; that loads untrained in silence when it does not fit, so arrays are kept instead and a
    model without them does not load.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "C": 20.0,
            "dense_scale": 0.5,
            "max_iter": 60,
            "tol": 1e-3,
            RANKING_LENGTH: LABEL_RANKING_LENGTH,
        }

    def __init__(
        self,
        config: Dict[Text, Any],
        name: Text,
        model_storage: ModelStorage,
        resource: Resource,
    ) -> None:
        self.name = name
        self.config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._weighting: Weighting | None = None
        self._model: LinearModel | None = None

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        """See there: how a row is weighed and a model fitted stands in other files than this one."""
        return fingerprint([pathlib.Path(encoder.__file__).parent])

    def _training_messages(self, training_data: TrainingData) -> Tuple[List[Message], List[Text]]:
        messages = [message for message in training_data.intent_examples if message.get(TEXT)]
        return messages, [message.get(INTENT) for message in messages]

    def train(self, training_data: TrainingData) -> Resource:
        messages, intents = self._training_messages(training_data)
        counts, dense = sparse_counts(messages), dense_vectors(messages)
        self._weighting = Weighting.learn(counts, dense, self.config["dense_scale"])
        self._model = LinearModel.fit(
            self._weighting.rows(counts, dense),
            intents,
            regularisation=self.config["C"],
            max_iter=self.config["max_iter"],
            tolerance=self.config["tol"],
        )
        self.persist()
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        messages = [message for message in messages if message.get(TEXT) is not None]
        if not messages:
            return messages
        rows = self._weighting.rows(sparse_counts(messages), dense_vectors(messages))
        for message, probabilities in zip(messages, self._model.probabilities(rows)):
            best = np.argsort(-probabilities)
            ranking = [{"name": self._model.labels[index], "confidence": float(probabilities[index])} for index in best]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[: self.config[RANKING_LENGTH] or None], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        # Nothing behind this classifier learns from its verdict on its own training messages.
        return training_data

    def persist(self) -> None:
        with self._model_storage.write_to(self._resource) as directory:
            np.savez_compressed(directory / "intent.npz", **self._weighting.arrays(), **self._model.arrays())

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "WeightedLogisticRegressionClassifier":
        component = cls(config, execution_context.node_name, model_storage, resource)
        with (
            model_storage.read_from(resource) as directory,
            np.load(directory / "intent.npz", allow_pickle=False) as arrays,
        ):
            component._weighting = Weighting.from_arrays(arrays)
            component._model = LinearModel.from_arrays(arrays)
        return component
