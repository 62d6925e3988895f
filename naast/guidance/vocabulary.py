"""The facts and values that a condition may name, read from where they are defined: a slip is told to the editor."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterator, Optional, Set

import yaml

from naast.guidance.choosing import AGE_GROUPS
from naast.guidance.library import GUIDANCE, Library

STATES = {
    "writer": {"child"},
    "risk_state": {"signalled", "denied"},
    "age_group": {name for name, _ in AGE_GROUPS} | {"adult"},
    "summarised": {True},
    "safe_person": {True, False},
    "unsure": {True},
}
"""Values that the actions set, beside the facts that are read from messages."""
FREE = {"child_age", "amount_eur"}
ANY = {"known", "unknown"}
PROJECT = GUIDANCE.parent
RULES = PROJECT / "naast" / "understanding" / "facts" / "patterns" / "nl" / "rules"
BLAME = PROJECT / "naast" / "understanding" / "blame" / "examples" / "nl.yml"


def values(library: Library) -> Dict[str, Optional[Set[Any]]]:
    """Each name a condition may use with its values; None where any value will do."""
    domain = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))
    found: Dict[str, Optional[Set[Any]]] = {**STATES, **{name: None for name in FREE}}
    for name, slot in domain["slots"].items():
        if slot["type"] == "bool":
            found[name] = {True, False}
        elif slot["type"] == "categorical":
            found[name] = set(slot["values"])
    for name, value in _said_by_patterns():
        if name not in found or isinstance(value, str):
            found.setdefault(name, set())
            if found[name] is not None:
                found[name].add(value)
    found["blame_kind"] = set(yaml.safe_load(BLAME.read_text(encoding="utf-8")))
    items = {item.id for item in library.items()}
    found.update(told=items, last=items, steps_done=_ticked(library))
    return found


def topics() -> Set[Any]:
    """What a question can be about."""
    return {value for name, value in _said_by_patterns() if name == "topic"}


def _said_by_patterns() -> Iterator[tuple]:
    for path in sorted(RULES.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for block in content if isinstance(content, list) else [content]:
            for rule in block["rules"]:
                for value in rule.get("each", {rule.get("value"): None}):
                    yield block["fact"], value


def _ticked(library: Library) -> Set[str]:
    """The steps that a button ticks off."""
    ticked: Set[str] = set()
    for variants in library.steps.values():
        for step in variants:
            ticked |= set(step.done_when.get("steps_done", []))
    return ticked


def named_by_code() -> Set[str]:
    """The `group/name` of every item that an action says by name."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in sorted((PROJECT / "actions").glob("*.py")))
    written += (PROJECT / "naast" / "guidance" / "conversation.py").read_text(encoding="utf-8")
    return set(re.findall(r"\"((?:journey|safety|interface|coach|topics|advice)/[a-z_]+)\"", written))
