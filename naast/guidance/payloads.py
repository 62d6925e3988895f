"""What a button sends when it is pressed, in Rasa's form: /intent{"fact": value}."""

from __future__ import annotations

import json
from typing import Any, Mapping

from naast.guidance.schema import Button


def payload(button: Button) -> str:
    """The payload of a button."""
    return as_payload(button.intent, button.set)


def as_payload(intent: str, facts: Mapping[str, Any]) -> str:
    """What says an intent, and facts, on the parent's behalf."""
    return f"/{intent}" + (json.dumps(dict(facts)) if facts else "")
