"""Remembers which class an event's name stands for.

Rasa walks through all classes of events, and asks of each whether it is abstract, for every event that it reads from
the store: a twelfth of a turn. Same answer, same error.
"""

from __future__ import annotations

from typing import Callable, Dict, Optional, Text, Type

from rasa.shared.core.events import Event

Resolve = Callable[[Text, Optional[Type[Event]]], Optional[Type[Event]]]


def _remembering(resolve: Resolve) -> Resolve:
    known: Dict[Text, Type[Event]] = {}

    def resolve_by_type(type_name: Text, default: Optional[Type[Event]] = None) -> Optional[Type[Event]]:
        found = known.get(type_name)
        if found is None:
            found = resolve(type_name, default)
            if found is not None and found.type_name == type_name:  # a default is the caller's, not the name's
                known[type_name] = found
        return found

    resolve_by_type.remembers = True
    return resolve_by_type


def apply() -> None:
    """Replace the method; doing so twice changes nothing."""
    if not hasattr(Event.resolve_by_type, "remembers"):
        Event.resolve_by_type = staticmethod(_remembering(Event.resolve_by_type))
