"""How tests read an answer: which guidance was said, its titles, and the rules every answer keeps.

Tests name guidance by id, not by wording: a better sentence must not break forty tests.
"""

from __future__ import annotations

import functools
import re
from typing import Dict, List, Tuple

from naast.channels.texts import channel_texts
from naast.guidance.library import Library, load
from naast.guidance.rendering import render
from naast.guidance.schema import MAX_BUBBLES, MAX_CHARACTERS

_ANYTHING = "\x00"
_FEELING = "\x01"


@functools.lru_cache(maxsize=1)
def library() -> Library:
    return load()


@functools.lru_cache(maxsize=1)
def _patterns() -> List[Tuple[str, re.Pattern]]:
    texts = [(item.id, text) for item in library().items() for text in [*item.text, *(item.simpler or [])]]
    texts += [(f"question.{question.id}", question.text) for question in library().questions.values()]
    wording = library().wording
    varying = {"summary": _ANYTHING, "plan": _ANYTHING, "language": _ANYTHING, "feeling": _FEELING}
    varying["confirmation"] = wording.confirmation.replace("{parts}", _ANYTHING)
    varying.update({f"{contact}.now": _ANYTHING for contact in library().contacts})
    feelings = "|".join(map(re.escape, wording.feelings.values()))
    patterns = []
    for name, text in texts:
        pattern = re.escape(render(text, library().contacts, varying).strip())
        pattern = pattern.replace(re.escape(_ANYTHING + " "), "(?:.* )?").replace(re.escape(_ANYTHING), ".*")
        pattern = pattern.replace(re.escape(_FEELING), f"(?:{feelings})")
        patterns.append((name, re.compile(pattern, re.DOTALL)))
    return patterns


def said(answer: List[Dict]) -> List[str]:
    """The ids of the items and questions (`question.<id>`) in an answer, in order."""
    names: Dict[str, None] = {}
    for bubble in answer:
        for name, pattern in _patterns():
            if pattern.fullmatch(bubble["text"]):
                names[name] = None
    return list(names)


def says(answer: List[Dict], beginning: str) -> bool:
    """True when an item whose id begins so is in the answer."""
    return any(name.startswith(beginning) for name in said(answer))


def words(answer: List[Dict]) -> str:
    return "\n".join(bubble["text"] for bubble in answer)


def titles(answer: List[Dict]) -> List[str]:
    return [button["title"] for bubble in answer for button in bubble.get("buttons", [])]


def phone(name: str) -> str:
    return library().contacts[name].phone


def assert_kind(answer: List[Dict]) -> None:
    """Every answer: something, at most three bubbles of at most 280 characters, nothing unfilled, not broken down."""
    assert 0 < len(answer) <= MAX_BUBBLES, answer
    for bubble in answer:
        assert 0 < len(bubble["text"]) <= MAX_CHARACTERS, bubble
        assert "{" not in bubble["text"], bubble
        assert bubble["text"] != channel_texts().sentences["unavailable"], answer
