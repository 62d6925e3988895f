"""What the components that learn share: how Rasa makes, trains, keeps and loads them, and when they are stale.

A trained component is kept as plain arrays in one file: a scikit-learn object would load untrained in silence when it
does not fit, arrays that do not fit do not load.
"""

from __future__ import annotations

import abc
import hashlib
import pathlib
from typing import Any, Dict, Iterable, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.training_data import TrainingData

FILE = "arrays.npz"
SHARED = pathlib.Path(__file__).parent
"""Its modules weigh, count and cut for all of them."""


def fingerprint(learns_from: Iterable[pathlib.Path]) -> Text:
    """What tells a component that is trained from the same one trained on something else.

    Rasa sees the source of the class only: what it learns from and with must make it train again too.
    """
    files = [path for place in learns_from for path in (place.rglob("*") if place.is_dir() else [place])]
    files += SHARED.glob("*.py")
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.suffix in (".py", ".yml", ".npz"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


class TrainedComponent(GraphComponent, abc.ABC):
    """Base of the components that learn. A subclass says what it learns, keeps and takes back up."""

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource

    @abc.abstractmethod
    def learn(self, training_data: TrainingData) -> Dict[str, np.ndarray]:
        """Learn, and return what must be kept of it."""

    @abc.abstractmethod
    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        """Take up what an earlier training kept."""

    @classmethod
    @abc.abstractmethod
    def learns_from(cls) -> Iterable[pathlib.Path]:
        """The folders and files that decide what is learnt, beside the training data."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TrainedComponent":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TrainedComponent":
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / FILE, allow_pickle=False) as arrays:
            component.restore(dict(arrays))
        return component

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        return fingerprint(cls.learns_from())

    def train(self, training_data: TrainingData) -> Resource:
        kept = self.learn(training_data)
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / FILE, **kept)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        # Nothing behind these components learns from their verdict on the training messages.
        return training_data
