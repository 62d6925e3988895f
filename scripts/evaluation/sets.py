"""The held-out messages of tests/evaluation. A folder is a measure, a file in it one set by its own writers."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple

import yaml

FOLDER = Path("tests/evaluation")
MEASURES = ("intents", "facts", "safety", "blame", "acts")


@dataclasses.dataclass(frozen=True)
class Labelled:
    """One message with what is true of it: `label` is an intent, a safety group or a kind of blame (None: no blame);
    `facts` what it says; `also` the acts beside the main one."""

    text: str
    label: Optional[str] = None
    facts: Optional[Dict[str, Any]] = None
    also: Tuple[str, ...] = ()


def sets(measure: str, folder: Path = FOLDER) -> Dict[str, List[Labelled]]:
    """The sets of a measure (`intents`, `facts`, `safety`, `blame`, `acts`) by name; those that the folder has."""
    read = {"intents": _intents, "facts": _facts, "safety": _safety, "blame": _blame, "acts": _acts}[measure]
    return {
        path.stem: list(read(yaml.safe_load(path.read_text(encoding="utf-8"))))
        for path in sorted((folder / measure).glob("*.yml"))
    }


def pooled(measure: str) -> List[Labelled]:
    return [each for labelled in sets(measure).values() for each in labelled]


def _intents(content: Dict[str, Any]) -> Iterator[Labelled]:
    for block in content["nlu"]:
        for line in block["examples"].splitlines():
            yield Labelled(line.removeprefix("- "), label=block["intent"])


def _facts(content: Dict[str, Any]) -> Iterator[Labelled]:
    for entry in content["facts"]:
        yield Labelled(entry["text"], facts=entry["facts"])


def _safety(content: Dict[str, Any]) -> Iterator[Labelled]:
    for group, texts in content.items():
        for text in texts:
            yield Labelled(text, label=group)


def _blame(content: Dict[str, Any]) -> Iterator[Labelled]:
    for entry in content["blame"]:
        yield Labelled(entry["text"], label=entry["kind"])


def _acts(content: Dict[str, Any]) -> Iterator[Labelled]:
    for entry in content["acts"]:
        yield Labelled(entry["text"], label=entry["intent"], also=tuple(entry["also"]))
