"""Makes text comparable: folds spelling, cuts sentences, and cuts windows where nobody wrote a full stop."""

from __future__ import annotations

import re
import unicodedata
from typing import List

MAX_CHARACTERS = 20_000  # a channel refuses more long before; here it only bounds the work
WINDOW = 20  # words; a sign of danger is one sentence long, also where the whole message is four hundred words

_SENTENCE_END = re.compile(r"(?<=[.!?;\n…])")
_MASKED = re.compile(r"(?<=[^\W\d_])[*@#](?=[^\W\d_])")
_DISGUISED = re.compile(r"(?<=[^\W\d_])[013450]+(?=[^\W\d_])")
_DIGITS = str.maketrans("01345", "oieas")
_SPELLED = re.compile(r"\b(?:[^\W\d_] ){3,}[^\W\d_]\b")
_REPEATED = re.compile(r"(\w)\1{2,}")
_LOOSE_APOSTROPHE = re.compile(r"(?<!\w)'|'(?!\w)")
_SIGN = re.compile(r"[,:()]")
_NOISE = re.compile(r"[^\w', ?]")
_SPACE = re.compile(r"\s+")


def without_accents(text: str) -> str:
    """Letters without what stands above or below them, in any script: "é" is "e", "ї" is "і", "أ" is "ا"."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def sentences(text: object) -> List[str]:
    """The normalised sentences of a text; none for what is not text.

    Lower case without accents, one space between words, " , " where a clause may end and " ?" behind a question.
    Disguises are undone ("zelfm00rd", "d*od", "d o o d"), since people who dread a word write it so.
    """
    if not isinstance(text, str):
        return []
    folded = without_accents(text[:MAX_CHARACTERS].lower()).replace("’", "'").replace("‘", "'")
    folded = _REPEATED.sub(r"\1\1", folded)
    found = []
    for part in _SENTENCE_END.split(folded):
        part = _MASKED.sub("o", part)
        part = _DISGUISED.sub(lambda match: match.group().translate(_DIGITS), part)
        part = _SIGN.sub(" , ", part.replace("?", " ? "))
        part = _LOOSE_APOSTROPHE.sub(" ", _NOISE.sub(" ", part))
        part = _SPACE.sub(" ", part).strip(" ,")
        part = _SPELLED.sub(lambda match: match.group().replace(" ", ""), part)
        if part and part != "?":
            found.append(part)
    return found


def windows(parts: List[str]) -> List[str]:
    """Sentences, the long ones cut into overlapping windows: dictated messages have no full stop."""
    cut = []
    for part in parts:
        words = part.split()
        steps = range(0, max(1, len(words) - WINDOW // 2), WINDOW // 2)
        cut.extend(" ".join(words[start : start + WINDOW]) for start in steps)
    return cut
