"""Whose child it is about: the writer's own, not a brother, a classmate or the offender."""

from __future__ import annotations

from typing import List, Optional

from naast.understanding.facts.clauses import Reading
from naast.understanding.facts.rules import Fact

_LOOK_BACK = 4  # "mijn jongste dochter", "onze lieve kleine meid", "our 13 year old daughter"
_RELATIONS = (("SON", "son"), ("DAUGHTER", "daughter"), ("ANY_CHILD", "child"))


def relations(reading: Reading) -> List[Fact]:
    """The child of the writer. The first one named is the one it is about, unless a correction names another."""
    chosen: Optional[Fact] = None
    for index in range(len(reading.tokens)):
        value = relation(reading, index)
        if value is None or "other_case" in reading.clause_of(index).flags:
            continue
        token = reading.tokens[index]
        corrected = any(reading.has(before, "CORRECTION") for before in range(max(0, index - 5), index))
        if chosen is None or corrected or (chosen.value == "child" and value != "child"):
            chosen = Fact("child_relation", value, token.start, token.end)
    return [chosen] if chosen else []


def relation(reading: Reading, index: int) -> Optional[str]:
    own = is_own(reading, index)
    if reading.has(index, "NOT_OWN_CHILD"):
        return None
    for concept, value in _RELATIONS:
        if reading.has(index, concept) and (own or _stands_alone(reading, index)):
            return value
    if index == 1 and len(reading.tokens) <= 5 and reading.is_one(2, "of"):  # the answer "een jongen van 15"
        own = True
    if own and reading.has(index, "BOY"):
        return "son"
    return "daughter" if own and reading.has(index, "GIRL") else None


def is_own(reading: Reading, index: int) -> bool:
    for before in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
        if reading.has(before, "POSSESSIVE"):
            return not reading.any_has((before - 1, before - 2), "NEG")
        years = reading.has(before, "NUMBER") and reading.has(before + 1, "YEARS")  # "our 13 year old daughter"
        if not (reading.has(before, "CHILD_ADJECTIVE") or years):
            return False
    return False


def _stands_alone(reading: Reading, index: int) -> bool:
    """ "zoon wordt gechanteerd", "dochter, 14", "de oudste": no article, or one that only a parent would use."""
    before = index - 1
    while reading.has(before, "CHILD_ADJECTIVE") or reading.has(before, "FILLER"):
        before -= 1
    if reading.has(index, "RANKED_CHILD"):
        return reading.is_one(before, "the") and not reading.has(index + 1, "NOUN_AFTER_RANK")
    if reading.has(index, "STEP_CHILD"):
        return True
    begins = before < reading.clause_of(index).start or not reading.tokens[before].is_word
    return (
        (begins or reading.has(before, "BEFORE_BARE_CHILD"))
        and not reading.is_one(index + 1, "of")
        or (begins and reading.is_one(index + 1, "of") and reading.has(index + 2, "NUMBER"))
    )
