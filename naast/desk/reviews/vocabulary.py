"""The intents and facts that a correction can name: those of the domain, and the values that the guidance knows."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, List, Mapping, Optional

import yaml

from naast.guidance.library import GUIDANCE, Library
from naast.guidance.vocabulary import FREE, topics, values

DOMAIN = GUIDANCE.parent / "domain.yml"


class UnknownFact(ValueError):
    """The domain has no such fact, or the fact no such value."""


@dataclasses.dataclass(frozen=True)
class Vocabulary:
    """`facts` holds the values of each fact in the order they are shown; None where it is a number."""

    intents: List[str]
    facts: Mapping[str, Optional[List[Any]]]

    @property
    def numbers(self) -> List[str]:
        """The facts that are a number."""
        return [name for name, held in self.facts.items() if held is None]

    def value(self, fact: str, given: str) -> Any:
        """What was chosen in a form, as the value of a fact.

        Raises:
            UnknownFact: see there.
        """
        allowed = self.facts.get(fact, [])
        if allowed is None:
            if not given.isascii() or not given.isdecimal() or len(given) > 6:
                raise UnknownFact(fact)
            return int(given)
        for value in allowed:
            if _shown(value) == given:
                return value
        raise UnknownFact(fact)

    def shown(self) -> Mapping[str, Optional[List[str]]]:
        """The facts with their values as a form holds them."""
        return {name: None if held is None else [_shown(each) for each in held] for name, held in self.facts.items()}


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def read(library: Library) -> Vocabulary:
    """The vocabulary of domain.yml and the guidance as they are now."""
    domain = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))
    known = {**values(library), "topic": topics(), "blames_child": {True}}
    facts: Dict[str, Optional[List[Any]]] = {}
    for entity in domain["entities"]:
        name = entity if isinstance(entity, str) else next(iter(entity))
        facts[name] = None if name in FREE else sorted(known.get(name) or [], key=str)
    facts["retracted"] = sorted({value for name in ("platforms", "demands") for value in facts[name] or []})
    return Vocabulary(list(domain["intents"]), facts)
