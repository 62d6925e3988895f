"""When a topic that is named is also meant: what has to be known, or said before, for its answer to fit.

A topic without a condition always fits. What holds for whole groups of topics stands in topics.py.
"""

from __future__ import annotations

from typing import Callable, Dict, Text

from actions.safety_checks import ABOUT_DYING
from actions.turn import Turn
from actions.verdict import CASE_FACTS, DANGER

Condition = Callable[[Turn], bool]

NOT_A_SAFE_WAY_HOME = {
    "circumstance": {"home_unsafe", "violence_threatened", "local_youngsters"},
    "demands": {"meeting", "criminal_acts"},
}


def _follows_on_an_alarm(turn: Turn) -> bool:
    return turn.in_danger or turn.facts_before.get("risk_state") == "signalled"


def _is_of_a_call(turn: Turn) -> bool:
    """Of a camera that is or was on, or of self-harm that was demanded."""
    return bool(turn.told) and ("live_now" in turn.facts["circumstance"] or "self_harm" in turn.facts["demands"])


def _sleeps_safely(turn: Turn) -> bool:
    """A child that has pills at hand may sleep for that very reason."""
    return turn.in_danger and "means_at_hand" not in turn.facts["circumstance"] and not turn.by_pattern


def _is_a_suspicion(turn: Turn) -> bool:
    case = any(turn.facts.get(name) not in (None, []) for name in CASE_FACTS)
    return turn.was_told("suspect_something") and not case


def _goes_home_unsafely(turn: Turn) -> bool:
    return any(set(turn.facts[name]) & values for name, values in NOT_A_SAFE_WAY_HOME.items())


def _has(circumstance: Text) -> Condition:
    return lambda turn: circumstance in turn.facts["circumstance"]


CONDITIONS: Dict[Text, Condition] = {
    "afterwards": lambda turn: turn.is_over,
    "all_clear": _is_a_suspicion,
    "at_hospital": _follows_on_an_alarm,
    "at_school": _goes_home_unsafely,
    "bluff_sure": lambda turn: _has("mass_mail")(turn) or turn.facts.get("image_origin") == "bluff",
    "calls_now": lambda turn: bool(turn.told),
    # Where the child forwarded, the other family is that of the child in the image.
    "confronts": lambda turn: not _has("child_forwarded")(turn),
    "emergency_called": _follows_on_an_alarm,
    "forced_live": lambda turn: False,  # answered among the alarms
    "gone_quiet": lambda turn: "child_safe" in turn.asked,
    "harm_group": lambda turn: "self_harm" in turn.facts["demands"] or "764" in turn.text,
    "has_address": lambda turn: bool(turn.told),  # in a first report where the child is comes first
    "help_is_here": lambda turn: turn.in_danger or bool(turn.facts_before.get("risk_state")),
    "how_to_ask": lambda turn: turn.open_question in ABOUT_DYING,  # what Naast just spoke of is to be asked
    "how_to_tell": lambda turn: False,  # a child that writes asks it; of a parent there are better words for it
    "other_childs_parents": _has("child_forwarded"),
    "parents_away": lambda turn: turn.facts.get("writer") in ("relative", "grandparent", "professional"),
    "police_at_home": _has("home_unsafe"),
    "safe_now": lambda turn: turn.was_told(DANGER),  # being home says nothing about wanting to live
    "say_sorry": _has("child_forwarded"),
    "sleeps_now": _sleeps_safely,
    "someone_comes": lambda turn: bool(turn.told),
    "stays_away": lambda turn: turn.in_danger or "meeting" in turn.facts["demands"],
    "stays_home": lambda turn: turn.was_told("own_threat", "someone_goes", "confronts"),
    "still_live": _is_of_a_call,
    "stopped_live": _is_of_a_call,
    "tell_him": _has("home_unsafe"),
    "unreachable": lambda turn: "child_safe" in turn.asked or turn.in_danger,
    "words_for_the_other": _has("child_forwarded"),
    "wounded": _follows_on_an_alarm,
}
