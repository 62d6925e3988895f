"""Begins a new Rasa session after so many messages, so that a turn costs the same however long a conversation is.

Rasa loads all events of the latest session for every message, replays them before each action and sends them to the
action server. A turn grew from 18 ms to 280 at 500 turns. Rasa's own bound, `max_event_history`, breaks saving: the
store counts events to know which are new. A session is the bound that store and tracker both understand; the facts are
carried over. What was said before stays in the store, where a page that is restored reads it.
"""

from __future__ import annotations

import functools
from typing import Callable, List

from rasa.core.actions.action import ActionSessionStart
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

MESSAGES_A_SESSION = 16
"""Of the parent. The policies look six turns back; each message costs about half a millisecond of every later turn."""


def _is_full(tracker: DialogueStateTracker) -> bool:
    said = sum(isinstance(event, UserUttered) for event in tracker.applied_events())
    return said >= MESSAGES_A_SESSION


def _or_full(has_expired: Callable[[MessageProcessor, DialogueStateTracker], bool]) -> Callable:
    @functools.wraps(has_expired)
    def _has_session_expired(self: MessageProcessor, tracker: DialogueStateTracker) -> bool:
        return has_expired(self, tracker) or _is_full(tracker)

    return _has_session_expired


def _what_is_known(tracker: DialogueStateTracker) -> List[SlotSet]:
    """Each slot once, as it is now. Rasa repeats every change of every slot, of all sessions so far."""
    return [SlotSet(slot.name, slot.value) for slot in tracker.slots.values() if _is_set(slot)]


def _is_set(slot: Slot) -> bool:
    return slot.value != slot.initial_value


def apply() -> None:
    """Replace both methods; doing so twice changes nothing."""
    if not hasattr(MessageProcessor._has_session_expired, "__wrapped__"):
        MessageProcessor._has_session_expired = _or_full(MessageProcessor._has_session_expired)
    ActionSessionStart._slot_set_events_from_tracker = staticmethod(_what_is_known)
