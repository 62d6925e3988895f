"""Of whom is it said? Of a daughter "hij is ook pas 13" is said of the one who threatens her, and whoever is named as
being with her threatens nobody."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional, Text

from actions.speaking import companion
from actions.verdict import CASE_FACTS

REACH = 7
"""So many words before a number the person it belongs to is looked for."""
SENTENCE_END = re.compile(r"[.!?;\n]")
WHO_IS_WITH_THE_CHILD = ("child_safe", "safety_with_child", "safety_recheck")
COMPANY = ("family", "acquaintance")
"""Who is near a child is no offender, unless the message speaks of what an offender does."""


def said_of_others(
    text: Text,
    entities: List[Dict[Text, Any]],
    new_facts: Dict[Text, Any],
    known: Dict[Text, Any],
    open_question: Optional[Text],
    language: Text,
) -> List[Text]:
    """The facts of a message that are said of somebody else than it seems: of who sits with the child, or of another
    child."""
    found = []
    tells_of_a_deed = new_facts.keys() & {*CASE_FACTS, "image_origin"}
    if open_question in WHO_IS_WITH_THE_CHILD and new_facts.get("offender") in COMPANY and not tells_of_a_deed:
        found.append("offender")  # who is named there keeps the child company
    age = next((each for each in reversed(entities) if each["entity"] == "child_age"), None)
    relation = known.get("child_relation")
    of_the_case = known.get("child_age") not in (None, (age or {}).get("value")) or relation
    if (
        age
        and of_the_case
        and "child_relation" not in new_facts
        and is_age_of_another(text, age["start"], relation, language)
    ):
        found.append("child_age")  # "is dat strafbaar? hij is ook pas 13", of whoever threatens the daughter
    return found


def is_age_of_another(text: Text, start: int, relation: Optional[Text], language: Text) -> bool:
    """True where the age that stands at this place of the text is not that of the child the conversation is about."""
    wording = companion(language).library.wording
    before = SENTENCE_END.split(text[:start].lower())[-1]
    words = re.findall(r"[\w'-]+", before)[-REACH:]
    if set(words) & {*wording.taking_back, *wording.own_child}:
        return False  # "sorry hij is 16", "mijn dochter is 13"
    person = next((word for word in reversed(words) if word in {*wording.he, *wording.she}), None)
    if set(words) & set(wording.another_person) or (person and set(words) & set(wording.also)):
        return True
    return (relation == "daughter" and person in wording.he) or (relation == "son" and person in wording.she)
