"""Before and after, from labelled messages and what two models made of them. Pure.

Held-out messages are shown by set and number, never by their words: whoever reads the misses and then corrects has
spent the set. Reviewed messages are named by their event, so that their words go when the conversation is erased.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, Sequence, Tuple

from scripts.evaluation import measures
from scripts.evaluation.measures import POSITIVE, SAFETY_INTENTS, Pairs
from scripts.evaluation.probe import Parsed
from scripts.evaluation.sets import Labelled

CALM = ("hard_negative", "ordinary")
NUMBERS: Mapping[str, Sequence[Tuple[str, Callable[[Pairs], float], bool]]] = {
    "intents": [("accuracy", lambda pairs: _share(measures.accuracy(pairs)), True)],
    "safety": [
        ("recall", lambda pairs: _share(measures.alarms(pairs, POSITIVE)), True),
        ("false_alarms", lambda pairs: _share(measures.alarms(pairs, CALM)), False),
    ],
    "facts": [("f1", lambda pairs: measures.total(measures.facts(pairs, _annotated(pairs))).f1, True)],
    "blame": [("f1", lambda pairs: measures.blame(pairs).f1, True)],
    "acts": [("f1", lambda pairs: measures.acts(pairs).f1, True)],
}
"""What is counted of each measure: a name, how, and whether more is better."""


def _share(counted: Tuple[int, int]) -> float:
    hits, of = counted
    return hits / of if of else 0.0


def _annotated(pairs: Pairs) -> set:
    return measures.annotated([each for each, _ in pairs])


def _taken_for(measure: str, parsed: Parsed) -> str:
    """What a model made of a message, in a word or a few."""
    if measure == "safety":
        return parsed.intent if parsed.intent in SAFETY_INTENTS else "calm"
    if measure == "blame":
        return parsed.blame_kind or "no_blame"
    if measure == "facts":
        return ", ".join(sorted(f"{name}={value}" for name, value in parsed.facts)) or "nothing"
    if measure == "acts":
        return ", ".join([parsed.intent, *sorted(parsed.also_asked)])
    return parsed.intent


def is_right(measure: str, each: Labelled, parsed: Parsed) -> bool:
    """True when the message is wholly right in this respect."""
    if measure == "safety":
        return (each.label in POSITIVE) == (parsed.intent in SAFETY_INTENTS)
    if measure == "blame":
        return (each.label is None) == (parsed.blame_kind is None)
    if measure == "facts":
        counted = measures.total(measures.facts([(each, parsed)], _annotated([(each, parsed)])))
        return counted.true == counted.right == counted.said
    if measure == "acts":
        return {each.label, *each.also} == {parsed.intent, *parsed.also_asked}
    return each.label == parsed.intent


def compare(
    labelled: Mapping[str, Mapping[str, Sequence[Labelled]]],
    before: Mapping[str, Mapping[str, Sequence[Parsed]]],
    after: Mapping[str, Mapping[str, Sequence[Parsed]]],
) -> Dict[str, Any]:
    """Numbers per measure and set, and each message that changed sides. All three are by measure and set."""
    numbers: List[Dict[str, Any]] = []
    changes: Dict[str, List[Dict[str, Any]]] = {"better": [], "worse": []}
    for measure, by_set in labelled.items():
        for name, messages in by_set.items():
            sides = [list(zip(messages, side[measure][name])) for side in (before, after)]
            for number, count, more_is_better in NUMBERS[measure]:
                counted = {"before": count(sides[0]), "after": count(sides[1]), "more_is_better": more_is_better}
                numbers.append({"measure": measure, "set": name, "number": number, "of": len(messages), **counted})
            for place, ((each, was), (_, now)) in enumerate(zip(*sides), 1):
                rights = is_right(measure, each, was), is_right(measure, each, now)
                if rights[0] != rights[1]:
                    changes["better" if rights[1] else "worse"].append(
                        {
                            "measure": measure,
                            "set": name,
                            "place": place,
                            "label": each.label or "",
                            "before": _taken_for(measure, was),
                            "after": _taken_for(measure, now),
                        }
                    )
    return {"numbers": numbers, "changes": changes}


def _as_meant(message: Mapping[str, Any], parsed: Parsed) -> bool:
    """The intent, and every act that a person found beside it."""
    return parsed.intent == message["intent"] and set(message.get("also", ())) <= set(parsed.also_asked)


def reviewed(messages: Sequence[Mapping[str, Any]], before: Sequence[Parsed], after: Sequence[Parsed]) -> List[Dict]:
    """Messages that a person labelled: what each model made of them, acts beside the intent only where there should be
    some. The words stay in the desk's own table."""
    found = []
    for message, was, now in zip(messages, before, after):
        also = list(message.get("also", ()))
        found.append(
            {
                "event_id": message["event_id"],
                "label": [message["intent"], *also],
                "before": [was.intent, *(was.also_asked if also else ())],
                "after": [now.intent, *(now.also_asked if also else ())],
                "was_right": _as_meant(message, was),
                "is_right": _as_meant(message, now),
            }
        )
    return found
