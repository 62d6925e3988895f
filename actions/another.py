"""Whose age is it? A conversation knows a daughter; "hij is ook pas 13" is said of the one who threatens her."""

from __future__ import annotations

import re
from typing import Optional, Text

from actions.speaking import companion

REACH = 7
"""So many words before a number the person it belongs to is looked for."""
SENTENCE_END = re.compile(r"[.!?;\n]")


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
