"""Which language a turn is answered in, and whether it asks for another."""

from __future__ import annotations

from typing import Any, Dict, Optional, Text, Tuple

from rasa_sdk import Tracker

from actions.speaking import companion
from actions.verdict import NOT_ABOUT_THE_CASE
from naast.guidance.library import languages
from naast.guidance.spoken import spoken

REQUEST = 5
"""So many words at most only ask for a language, whatever they were taken for."""


def language_of(tracker: Tracker) -> Tuple[Text, Optional[Text]]:
    """The language of the answer, and of the one before."""
    message = tracker.latest_message
    pressed = next((each["value"] for each in message.get("entities") or [] if each["entity"] == "language"), None)
    website = (message.get("metadata") or {}).get("language")
    said = None if pressed else message.get("language")
    language = spoken(said, pressed or tracker.get_slot("language"), website, languages())
    if language not in languages() and language not in companion(language).library.foreign:
        language = companion(language).library.language  # known by name only
    return language, None if pressed else tracker.get_slot("language")


def asks_for_language(message: Dict[Text, Any]) -> bool:
    """True for "English please" and for the button that says so; a message that tells more is answered as such."""
    if any(entity["entity"] == "language" for entity in message.get("entities") or []):
        return True
    asked = (message.get("language") or {}).get("asked")
    intent = (message.get("intent") or {}).get("name")
    short = len((message.get("text") or "").split()) <= REQUEST
    return bool(asked) and (short or intent in NOT_ABOUT_THE_CASE | {"nlu_fallback", "ask_rephrase", "affirm", "deny"})
