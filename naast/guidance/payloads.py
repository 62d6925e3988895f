"""What a button sends when it is pressed, in Rasa's form: /intent{"fact": value}."""

from __future__ import annotations

import json

from naast.guidance.schema import Button


def payload(button: Button) -> str:
    """The payload of a button."""
    return f"/{button.intent}" + (json.dumps(button.set) if button.set else "")
