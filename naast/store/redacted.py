"""What is kept of an event: a parent's words without anything that says who somebody is.

Understanding runs on the full text, in memory; the next turn reads what stands here, as does everybody who reviews it.
"""

from __future__ import annotations

import copy
from typing import Any, Dict, Text

from rasa.shared.core.events import Event, UserUttered
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT

from naast.privacy.redact import redact

KEPT = (INTENT, ENTITIES, INTENT_RANKING_KEY, "blame_kind", "also_asked", "safety", "safety_score", "safety_doubt")
"""Of what was understood this is kept beside the text; everything else (tokens, metadata) could quote the message."""
BUTTON = "/"
TEST = "test"
"""In the metadata of a message: a guest tries Naast, and the conversation is to count nowhere."""


def kept(event: Event) -> Event:
    """The event as it may be stored. Only a parent's message holds words of a parent; the rest is returned as it is."""
    if not isinstance(event, UserUttered) or not event.text or event.text.startswith(BUTTON):
        return event
    event = copy.copy(event)
    event.text = redact(event.text)
    understood: Dict[Text, Any] = {name: event.parse_data[name] for name in KEPT if name in event.parse_data}
    event.parse_data = {**understood, TEXT: event.text}
    event.metadata = {TEST: True} if (event.metadata or {}).get(TEST) else {}
    return event
