"""The facts of a case as slots: which there are, and what was known of them when the parent began to type."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Tracker

LIST_FACTS = ("platforms", "demands", "circumstance", "steps_done")
SCALAR_FACTS = (
    "child_relation",
    "child_age",
    "amount_eur",
    "offender",
    "image_origin",
    "paid",
    "complied",
    "spread",
    "contact_cut",
    "evidence_saved",
    "reported_helpwanted",
    "reported_police",
    "country",
    "writer",
    "risk_state",
    "safe_person",
)


def listed(value: Any) -> List[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def before_this_message(tracker: Tracker) -> Dict[Text, Any]:
    """The facts as they were when the parent began to type: Rasa has filled the slots of this message already."""
    known: Dict[Text, Any] = {}
    said_now: Dict[Text, Any] = {}
    for event in tracker.events:
        if event.get("event") == "reset_slots":
            known, said_now = {}, {}
        elif event.get("event") == "user":
            known.update(said_now)
            said_now = {}
        elif event.get("event") == "slot" and event["name"] in (*SCALAR_FACTS, *LIST_FACTS):
            said_now[event["name"]] = event["value"]
    return known
