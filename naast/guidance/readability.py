"""How hard a text is to read: Flesch's score, for Dutch as Douma (1960) fitted it, with hyphenation as syllables.

    206.835 - a * words per sentence - b * syllables per word

100 and more is very easy, 60-70 is plain language (about B1), below 50 is hard. One bubble is a short sample, on which
the score swings ("sextortion" alone costs ten); so a bubble is held to EASY_ENOUGH, and each sentence to MAX_WORDS.
"""

from __future__ import annotations

import functools
import re
from typing import List, Optional

import pyphen

EASY_ENOUGH = 40.0
MAX_WORDS = 25
_SCALES = {"nl": ("nl_NL", 0.93, 77.0), "en": ("en_GB", 1.015, 84.6)}
"""By language the hyphenation, a and b. A language that is not here is held to the length of its sentences only."""
_SENTENCE = re.compile(r"(?<=[.!?])['’]?\s+|\n+|:\s+(?=['‘])")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@functools.lru_cache(maxsize=len(_SCALES))
def _hyphenation(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=_SCALES[language][0], left=1, right=1)


def sentences(text: str) -> List[str]:
    """The sentences of a text; one quoted after a colon counts by itself."""
    return [part for part in _SENTENCE.split(text) if _WORD.search(part)]


def words(text: str) -> List[str]:
    return _WORD.findall(text)


def syllables(word: str, language: str) -> int:
    return len(_hyphenation(language).positions(word.lower())) + 1


def score(text: str, language: str) -> Optional[float]:
    """The score; 121 for a text without words, None for a language without a scale."""
    if language not in _SCALES:
        return None
    found = words(text)
    if not found:
        return 121.0
    _, per_word, per_syllable = _SCALES[language]
    sentence = len(found) / max(1, len(sentences(text)))
    word = sum(syllables(word, language) for word in found) / len(found)
    return 206.835 - per_word * sentence - per_syllable * word
