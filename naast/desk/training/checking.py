"""May this text be learnt from? Each objection is the key of a text; one objection is enough to keep it out."""

from __future__ import annotations

import re
from typing import Dict, List, Optional

from naast.desk.training.known import normal
from naast.privacy.redact import find

LONGEST = 5000
_MARKUP = re.compile(r"\[[^\]]*\][({]")
"""Rasa would read "[14](child_age)" in a training message as an annotation."""
_TAKEN_OUT = re.compile(r"\[(?:[a-zë-]+|coördinaten)\]")


def objections(text: str, intent: Optional[str], known: Dict[str, str]) -> List[str]:
    """What is against it: `identifying`, `empty`, `too_long`, `markup`, `other_intent`, `known`; those of a whole
    batch are in batches.py."""
    found = []
    if not text.strip():
        found.append("empty")
    if len(text) > LONGEST:
        found.append("too_long")
    if find(text):
        found.append("identifying")
    if _MARKUP.search(text) or text.lstrip().startswith("/"):
        found.append("markup")
    if intent is not None and normal(text) in known:
        found.append("known" if known[normal(text)] == intent else "other_intent")
    return found


def was_redacted(text: str) -> bool:
    """True where something was taken out of the message: an ordinary word in its place makes a better example."""
    return bool(_TAKEN_OUT.search(text))
