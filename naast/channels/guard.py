"""What every channel checks before a message is understood: it is text, not too long, and never a command.

Rasa reads any text that begins with "/" as an intent with facts, so a parent, or an offender with the phone in hand,
could type `/restart` or fill slots. Only a payload that a button of this conversation carried may be one.
"""

from __future__ import annotations

import re
from typing import Any, Optional

from rasa.shared.core.trackers import DialogueStateTracker

from naast.channels.history import pressable
from naast.channels.language import by_payload

MAX_CHARACTERS = 5000
LOOKALIKE_SLASH = "\uff0f"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Rejected(Exception):
    """A message that is not understood but answered. `reason` is the name of the sentence in channel.yml."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def typed_text(text: Any) -> str:
    """Make typed text safe to hand to Rasa, without changing what a reader sees.

    Raises:
        Rejected: nothing is left to read ("empty"), or more than MAX_CHARACTERS ("too_long").
    """
    if not isinstance(text, str):
        raise Rejected("empty")
    if len(text) > MAX_CHARACTERS:
        raise Rejected("too_long")
    text = text.encode("utf-8", "ignore").decode("utf-8")  # lone surrogates cannot be stored
    text = _CONTROL.sub("", text).strip()
    if not text:
        raise Rejected("empty")
    if text.startswith("/"):
        return LOOKALIKE_SLASH + text[1:]
    return text


def pressed_payload(
    payload: Any, tracker: Optional[DialogueStateTracker], message_id: Optional[str] = None, title: Any = None
) -> str:
    """Allow a payload only when a button of this conversation carried it that may still be pressed, or when it only
    switches the language.

    Args:
        message_id: of the message that presses it.
        title: what the button says that was pressed, where that is told: an older one may send the same.

    Raises:
        Rejected: there is no such button ("unknown_button").
    """
    offered = pressable(tracker.events, message_id) if tracker is not None else ()
    issued = {button.get("payload") for button in offered if title is None or button.get("title") == title}
    if isinstance(payload, str) and (payload in issued or payload in by_payload()):
        return payload
    raise Rejected("unknown_button")
