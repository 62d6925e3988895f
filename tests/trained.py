"""Components as `rasa train` left them in the model, for tests of one component without the rest of the pipeline."""

from __future__ import annotations

import pathlib
from typing import Type, TypeVar

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage

from naast.understanding.trained import TrainedComponent

MODEL = pathlib.Path(__file__).parents[1] / "models" / "naast.tar.gz"
Kind = TypeVar("Kind", bound=TrainedComponent)


def trained(kind: Type[Kind], directory: pathlib.Path) -> Kind:
    """The component of this class, unpacked from the trained model into `directory`."""
    storage, metadata = LocalModelStorage.from_model_archive(directory, MODEL)
    node = next(node for node in metadata.predict_schema.nodes.values() if node.uses is kind)
    return kind.load(node.config, storage, node.resource, ExecutionContext(GraphSchema({})))
