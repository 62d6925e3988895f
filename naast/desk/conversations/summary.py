"""One conversation in a line of the inbox, worked out from its events. Pure: events in, summary out."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import Counter
from pathlib import Path
from types import MappingProxyType
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import yaml

from naast.desk.clock import day_and_hour

BUTTON = "/"
FALLBACK = "nlu_fallback"
HANDOVER = "human_handover"
NOT_HELPED = ("topic", "not_helped")
SMALL_TALK = frozenset({"affirm", "deny", "greet", "goodbye", "thank", FALLBACK, "ask_rephrase", "restart"})
"""Never what a conversation was mainly about, unless there is nothing else."""
ENDED_WELL = frozenset({"thank", "goodbye"})
DUTCH = "nl"
"""The language of a conversation in which no other was found."""
GRAVEST_FIRST = ("danger", "suicidal")
"""The kinds of alarm. Danger is what happens at this moment, for 112; where one message holds both, the safety layer
says danger too."""
SURE = 0.3
"""Below this a verdict is doubtful, as in actions/turn.py."""
WORRY = {"no_answer": 6, "did_not_help": 4, "safety": 3, "doubt": 2, "fallback": 2, "blame": 1}
"""How much each sign adds to `worry`, by which the worst come first; of fallbacks at most three count."""
MOST_FALLBACKS = 3


@dataclasses.dataclass(frozen=True)
class Typed:
    """One message that a parent typed."""

    event_id: int
    text: str
    intent: Optional[str]
    confidence: Optional[float]


@dataclasses.dataclass(frozen=True)
class Summary:
    """The columns of `desk_conversation` that follow from the events, and what was typed."""

    columns: Mapping[str, Any]
    typed: Sequence[Typed]


@functools.lru_cache(maxsize=1)
def _unhappy() -> re.Pattern:
    signs = yaml.safe_load(Path(__file__).with_name("signs.yml").read_text(encoding="utf-8"))["did_not_help"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, signs))})(?!\w)")


def did_not_help(text: str, parse: Mapping[str, Any] = MappingProxyType({})) -> bool:
    """True when a parent says that it did not help: in one of our signs, or as the facts read it."""
    told = any((each["entity"], each["value"]) == NOT_HELPED for each in parse.get("entities") or [])
    return told or bool(_unhappy().search(text.lower().replace("’", "'")))


def _asked_for_a_person(parse: Mapping[str, Any]) -> bool:
    """As the main act of a message, or beside another."""
    also = [each["intent"] for each in parse.get("also_asked") or []]
    return HANDOVER in ((parse.get("intent") or {}).get("name"), *also)


def _safety(parses: Sequence[Mapping[str, Any]]) -> Tuple[Optional[str], str]:
    """The kinds that fired, the gravest first, and the layers that saw it, with commas between."""
    fired = [parse["safety"] for parse in parses if parse.get("safety")]
    kinds = {each["kind"] for each in fired}
    layers = sorted({layer["layer"] for each in fired for layer in each.get("layers") or []})
    return ",".join(kind for kind in GRAVEST_FIRST if kind in kinds) or None, ",".join(layers)


def _unanswered(kinds: Sequence[str]) -> bool:
    """True when somewhere the parent spoke and Naast did not, though the turn is over."""
    waiting = False
    for kind in kinds:
        if kind == "user":
            if waiting:
                return True
            waiting = True
        elif kind == "bot":
            waiting = False
    return waiting


def _last(events: Sequence[Tuple[int, float, Dict[str, Any]]], slot: str) -> Any:
    """What a slot held at the end; None where it was never set."""
    return next((e["value"] for _, _, e in reversed(events) if e["event"] == "slot" and e["name"] == slot), None)


def _main_intent(intents: Sequence[str]) -> Optional[str]:
    """What the conversation was mainly about: named most often, the earlier one of two."""
    telling = [name for name in intents if name not in SMALL_TALK] or list(intents)
    return Counter(telling).most_common(1)[0][0] if telling else None


def summarise(events: Sequence[Tuple[int, float, Dict[str, Any]]]) -> Optional[Summary]:
    """Summarise all events of a conversation: (id, timestamp, content), in order.

    Returns:
        None where the parent has not said anything yet.
    """
    said = [
        (number, moment, event) for number, moment, event in events if event["event"] == "user" and event.get("text")
    ]
    if not said:
        return None
    parses = [event.get("parse_data") or {} for _, _, event in said]
    intents = [parse["intent"]["name"] for parse in parses if (parse.get("intent") or {}).get("name")]
    typed: List[Typed] = []
    for (number, _, event), parse in zip(said, parses):
        if not event["text"].startswith(BUTTON):
            intent = parse.get("intent") or {}
            typed.append(Typed(number, event["text"], intent.get("name"), intent.get("confidence")))
    confidences = [each.confidence for each in typed if each.confidence is not None]
    safety, layers = _safety(parses)
    stopped_at = _last(events, "open_question")
    day, hour = day_and_hour(said[0][1])
    first = said[0][2]
    columns: Dict[str, Any] = {
        "last_event_id": events[-1][0],
        "channel": first.get("input_channel") or "unknown",
        "language": str(_last(events, "language") or DUTCH)[:2],
        "day": day,
        "hour": hour,
        "messages": len(said),
        "main_intent": _main_intent(intents),
        "lowest_confidence": min(confidences, default=None),
        "safety": safety,
        "safety_layers": layers,
        "fallbacks": sum(name == FALLBACK for name in intents),
        "blame": any(parse.get("blame_kind") for parse in parses),
        "no_answer": _unanswered([event["event"] for _, _, event in events]),
        "stopped_at": None if intents[-1:] and intents[-1] in ENDED_WELL else stopped_at,
        "handed_over": any(_asked_for_a_person(parse) for parse in parses),
        "did_not_help": any(did_not_help(event["text"], parse) for (_, _, event), parse in zip(said, parses)),
        "is_test": bool((first.get("metadata") or {}).get("test")),
    }
    return Summary({**columns, "worry": worry(columns)}, typed)


def worry(columns: Mapping[str, Any]) -> int:
    """How much a conversation asks for somebody's eyes."""
    lowest = columns["lowest_confidence"]
    return (
        WORRY["no_answer"] * columns["no_answer"]
        + WORRY["did_not_help"] * columns["did_not_help"]
        + WORRY["safety"] * bool(columns["safety"])
        + WORRY["doubt"] * (lowest is not None and lowest < SURE)
        + WORRY["fallback"] * min(columns["fallbacks"], MOST_FALLBACKS)
        + WORRY["blame"] * columns["blame"]
    )
