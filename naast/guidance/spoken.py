"""In which language Naast answers: what the message is written in, against what the conversation was in.

A conversation stays in its language until a message asks for another or is clearly written in one: "ok", "nee" or a
name never changes it. What a detector needs for that was tried on 20,000 Dutch messages (docs/languages.md).
"""

from __future__ import annotations

from typing import Any, Collection, Mapping, Optional

from naast.guidance.library import FIRST

OPENING_WORDS, OPENING_GAP = 2, 0.05
"""While nobody has chosen: so many different words, so much likelier than any other language."""
CHANGING_WORDS, CHANGING_GAP = 4, 0.08
"""To leave a language that Naast speaks; a few words of another may be a quotation."""
FOREIGN_WORDS, FOREIGN_GAP = 3, 0.06
"""For a language that Naast does not speak: mistaken for one, a parent would get no advice at all."""
CERTAIN = 0.99
MIXED = 0.2
"""So large a share of words that only the language spoken so far has: the message mixes, and does not change."""


def spoken(
    said: Optional[Mapping[str, Any]], chosen: Optional[str], website: Optional[str], translated: Collection[str]
) -> str:
    """The language of the answer.

    Args:
        said: `language` of the parse (naast/understanding/language); None for a button.
        chosen: the language of the conversation so far, None at its beginning.
        website: the language of the page the conversation began on, if any.
        translated: the languages Naast speaks.
    """
    current = chosen or website or FIRST
    if not said:
        return current
    if said.get("asked"):
        return said["asked"]
    code = said.get("code")
    if code is None or code == current:
        return current
    if chosen is not None and (said.get("also") or {}).get(current, 0) >= MIXED:
        return current  # "keep it short pls, ik ben kapot"
    words, gap = said["words"], said["gap"]
    if gap >= CERTAIN and chosen is None:
        return code  # "hello", "merhaba": greetings
    if code not in translated:
        return code if words >= FOREIGN_WORDS and gap >= FOREIGN_GAP else current
    settled = chosen in translated
    enough = (CHANGING_WORDS, CHANGING_GAP) if settled else (OPENING_WORDS, OPENING_GAP)
    return code if words >= enough[0] and gap >= enough[1] else current
