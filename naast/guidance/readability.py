"""How hard a text is to read: the Flesch-Douma score for Dutch (Douma 1960), with hyphenation as syllables.

    206.835 - 0.93 * words per sentence - 77 * syllables per word

100 and more is very easy, 60-70 is plain language (about B1), below 50 is hard. One bubble is a short sample, on which
the score swings ("sextortion" alone costs ten); so a bubble is held to EASY_ENOUGH, and each sentence to MAX_WORDS.
"""

from __future__ import annotations

import functools
import re
from typing import List

import pyphen

EASY_ENOUGH = 40.0
MAX_WORDS = 25
_SENTENCE = re.compile(r"(?<=[.!?])['’]?\s+|\n+|:\s+(?=['‘])")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@functools.lru_cache(maxsize=1)
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL", left=1, right=1)


def sentences(text: str) -> List[str]:
    """The sentences of a text; one quoted after a colon counts by itself."""
    return [part for part in _SENTENCE.split(text) if _WORD.search(part)]


def words(text: str) -> List[str]:
    return _WORD.findall(text)


def syllables(word: str) -> int:
    return len(_hyphenation().positions(word.lower())) + 1


def score(text: str) -> float:
    """The Flesch-Douma score; 121 for a text without words."""
    found = words(text)
    if not found:
        return 121.0
    per_sentence = len(found) / max(1, len(sentences(text)))
    return 206.835 - 0.93 * per_sentence - 77 * sum(map(syllables, found)) / len(found)
