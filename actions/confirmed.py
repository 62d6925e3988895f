"""What a "ja" does beyond its answer, where it was asked whether to erase the conversation or to start over."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import OUT_OF_DANGER
from actions.verdict import DANGER
from naast.guidance.conversation import Reply

OUTLIVE = ("risk_state", "language", "writer")
Events = List[Dict[str, Any]]


def carry_out(reply: Reply, tracker: Tracker, dispatcher: CollectingDispatcher, events: Events) -> Events:
    """The events of a turn, after what was confirmed in it."""
    if reply.confirms == "confirm_restart":
        return [AllSlotsReset(), *_outlives(tracker)]
    if reply.confirms == "confirm_erase":
        # The channel erases once the turn is saved: erased here, saving would write it back.
        dispatcher.utter_message(json_message={"kind": "erase"})
    return events


def _outlives(tracker: Tracker) -> Events:
    """Starting over forgets the case, never that a child may be in danger, nor who writes and in which language."""
    told = [item for item in tracker.get_slot("told") or [] if item.startswith((DANGER, *OUT_OF_DANGER))]
    kept = {name: tracker.get_slot(name) for name in OUTLIVE}
    return [SlotSet(name, value) for name, value in {**kept, "told": told}.items() if value]
