"""Reads a guidance file so that an editor's mistake is told with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Type, TypeVar

import pydantic
import yaml

Model = TypeVar("Model", bound=pydantic.BaseModel)


class GuidanceError(Exception):
    """Something in `guidance/` is not as the schema wants it. The message names file, line and what is wrong."""


class _LineLoader(yaml.SafeLoader):
    """SafeLoader that remembers on which line each mapping began and refuses a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key_node.value}' stands here twice", key_node.start_mark
                )
            seen.add(key_node.value)
        mapping = _Mapping(super().construct_mapping(node, deep=deep))
        mapping.line = node.start_mark.line + 1
        return mapping

    def construct_yaml_map(self, node: yaml.MappingNode):
        mapping = _Mapping()
        yield mapping
        built = self.construct_mapping(node)
        mapping.update(built)
        mapping.line = built.line


class _Mapping(dict):
    line = 1


_LineLoader.add_constructor("tag:yaml.org,2002:map", _LineLoader.construct_yaml_map)


def read_yaml(path: Path) -> Dict[str, Any]:
    """Read one file whose top level is a mapping.

    Raises:
        GuidanceError: the file is missing, is not YAML, or holds something else than a mapping.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LineLoader)
    except FileNotFoundError as error:
        raise GuidanceError(f"{path}: this file is missing") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise GuidanceError(f"{path}:{line}: not readable as YAML: {getattr(error, 'problem', error)}") from error
    if not isinstance(content, dict):
        raise GuidanceError(f"{path}:1: expected `name: value` at the top of the file")
    return content


def parse_list(
    path: Path,
    content: Dict[str, Any],
    key: str,
    model: Type[Model],
    translate: Optional[Callable[[Any], Any]] = None,
) -> List[Model]:
    """Build the models under `key`, each entry translated first where there is a translation.

    Raises:
        GuidanceError: the key is missing, or an entry does not fit the schema.
    """
    if key not in content:
        raise GuidanceError(f"{path}:1: expected the key `{key}`")
    return [
        parse(path, translate(entry) if translate and isinstance(entry, dict) else entry, model)
        for entry in content[key] or []
    ]


def parse(path: Path, entry: Any, model: Type[Model]) -> Model:
    """Build one model from a mapping read by `read_yaml`."""
    line = getattr(entry, "line", 1)
    if not isinstance(entry, dict):
        raise GuidanceError(f"{path}:{line}: expected a mapping for a {model.__name__}")
    try:
        return model(**entry)
    except pydantic.ValidationError as error:
        wrong = "; ".join(".".join(str(part) for part in each["loc"]) + ": " + each["msg"] for each in error.errors())
        raise GuidanceError(f"{path}:{line}: {entry.get('id', '')} {wrong}") from error
