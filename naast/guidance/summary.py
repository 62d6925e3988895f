"""One sentence that shows what was understood: "je zoon van 14, via Snapchat, er wordt 300 euro gevraagd"."""

from __future__ import annotations

from typing import Any, Mapping

from naast.guidance.choosing import holds
from naast.guidance.library import Library
from naast.guidance.schema import Wording

LEAST_PARTS = 2
"""One piece alone ("je zoon") shows no understanding."""
MAX_PARTS = 5


def worded(wording: Wording, name: str, value: Any) -> str:
    """A fact's value as it sounds in a sentence."""
    values = value if isinstance(value, list) else [value]
    names = wording.values.get(name, {})
    words = [names.get(str(single), str(int(single) if isinstance(single, float) else single)) for single in values]
    if len(words) == 1:
        return words[0]
    return ", ".join(words[:-1]) + f" {wording.and_word} " + words[-1]


def _parts(library: Library, facts: Mapping[str, Any]) -> str:
    """What is known, piece by piece, or an empty string when it is too little to be worth repeating."""
    words = {name: worded(library.wording, name, value) for name, value in facts.items() if value not in (None, [])}
    parts = []
    for part in library.wording.parts:
        if holds(part.when, facts):
            text = part.text
            for name, said in words.items():
                text = text.replace("{" + name + "}", said)
            parts.append(text)
    return ", ".join(parts[:MAX_PARTS]) if len(parts) >= LEAST_PARTS else ""


def summarise(library: Library, facts: Mapping[str, Any]) -> str:
    """The facts in one sentence, or an empty string."""
    parts = _parts(library, facts)
    return parts and library.wording.summary.replace("{parts}", parts)


def confirmation(library: Library, facts: Mapping[str, Any]) -> str:
    """The facts as a question whether they are right, or an empty string."""
    parts = _parts(library, facts)
    return parts and library.wording.confirmation.replace("{parts}", parts)
