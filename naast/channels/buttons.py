"""Which part of a conversation offered a button that is pressed now."""

from __future__ import annotations

from typing import Any, Optional, Text

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker

from naast.channels.guard import Rejected, pressed_payload


async def tracker_that_offered(
    store: TrackerStore, conversation: Text, payload: Any, **press: Any
) -> Optional[DialogueStateTracker]:
    """The tracker to look the payload up in: of the latest session, where nearly every button is, else of all of them.

    A long conversation has many sessions (naast/rasa_patches/session_length.py), and a page shows the buttons of all.
    `press` is what else is known of the press, see `pressed_payload`.
    """
    latest = await store.retrieve(conversation)
    try:
        pressed_payload(payload, latest, **press)
    except Rejected:
        return await store.retrieve_full_tracker(conversation)
    return latest
