"""Which item fits the facts."""

from __future__ import annotations

from typing import Any, Dict, Iterable, Mapping, Optional, TypeVar

from naast.guidance.schema import Condition, Item

Facts = Mapping[str, Any]
Chosen = TypeVar("Chosen", bound=Item)
AGE_GROUPS = (("under_12", 12), ("under_16", 16), ("under_18", 18))
"""Each group with the age at which it ends: at 16 a youngster complains in person (Sr 64-66), at 18 as an adult."""


def _known(value: Any) -> bool:
    return value is not None and value != []


def _matches(wanted: Any, value: Any) -> bool:
    if wanted == "known":
        return _known(value)
    if wanted == "unknown":
        return not _known(value)
    options = wanted if isinstance(wanted, list) else [wanted]
    values = value if isinstance(value, (list, tuple, set)) else [value]
    return any(option == single for option in options for single in values if single is not None)


def holds(condition: Condition, facts: Facts) -> bool:
    """True when every line of a condition holds; a list of values holds when one of them does."""
    return all(_matches(wanted, facts.get(name)) for name, wanted in condition.items())


def applies(item: Any, facts: Facts) -> bool:
    """True when `when` holds and no line of `unless` does."""
    return holds(item.when, facts) and not any(holds({name: value}, facts) for name, value in item.unless.items())


def known_about(facts: Facts) -> Dict[str, Any]:
    """The facts and what follows from them: `age_group`, the first of under_12, under_16, under_18, adult that fits."""
    age = facts.get("child_age")
    group = None
    if age is not None:
        group = next((name for name, below in AGE_GROUPS if age < below), "adult")
    return {**facts, "age_group": group}


def choose(items: Iterable[Chosen], facts: Facts) -> Optional[Chosen]:
    """The first item that applies, or None."""
    return next((item for item in items if applies(item, facts)), None)
