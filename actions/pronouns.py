"""Whom "haar" and "hem" mean where nobody is named: "ik ga nu naar haar toe", "ik bel hem straks"."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence, Text, Tuple

Span = Tuple[int, int, Text]

GOES_TO_THE_CHILD = "goes_to_child"
BY_A_PRONOUN = {
    "goes_to_her": ("daughter", "own_threat"),
    "goes_to_him": ("son", "own_threat"),
    "calls_her": ("daughter", "confronts"),
    "calls_him": ("son", "confronts"),
}
"""Which child the pronoun fits, and what is meant where it is the offender."""
PARENTS_OF = {"his_parents": "son", "her_parents": "daughter"}
"""Whose parents they are where the child is of that gender; else they are those of whoever threatens."""
OF_THE_OTHER = "confronts"
SPOKE_OF_THE_OFFENDER = ("own_threat", "confronts", "someone_goes")
TOWARDS_THE_OFFENDER = {"own_threat", "confronts", "someone_goes"}


def meant(spans: Sequence[Span], facts: Dict[Text, Any], told: Sequence[Text]) -> List[Span]:
    """The topics with the pronouns read: the child, where it is of that gender and nobody else was spoken of."""
    named = {topic for _, _, topic in spans}
    wanted_to_go = any(item.startswith(SPOKE_OF_THE_OFFENDER) for item in told)
    found: List[Span] = []
    for start, stop, topic in spans:
        if topic in PARENTS_OF:
            other = facts.get("child_relation") in set(PARENTS_OF.values()) - {PARENTS_OF[topic]}
            if not other or "child_forwarded" in (facts.get("circumstance") or []):
                continue
            topic = OF_THE_OTHER
        if topic in BY_A_PRONOUN:
            gender, otherwise = BY_A_PRONOUN[topic]
            # After "ik ga naar die jongen toe" a "hem" is that boy, also where the child is a son; a "haar" is no boy.
            spoken_of = bool(named & TOWARDS_THE_OFFENDER) or (wanted_to_go and gender == "son")
            topic = GOES_TO_THE_CHILD if facts.get("child_relation") == gender and not spoken_of else otherwise
        found.append((start, stop, topic))
    return found
