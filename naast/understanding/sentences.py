"""Cuts a message into sentences that know their place in it."""

from __future__ import annotations

import dataclasses
import re
from typing import List

LONGEST = 30
"""Words: a stretch without a full stop, as people dictate it, is read in windows that overlap by half."""
_SENTENCE = re.compile(r"[^.!?;…\n]+(?:[.!?;…](?=\S)[^.!?;…\n]+)*[.!?;…]*")
_WORD = re.compile(r"\S+")


@dataclasses.dataclass(frozen=True)
class Sentence:
    """`text` is what stands from `start` to `end` in the message."""

    text: str
    start: int
    end: int


def sentences(text: str) -> List[Sentence]:
    """The sentences and windows of a message, in order; none of an empty one."""
    found = []
    for sentence in _SENTENCE.finditer(text):
        words = [(word.start(), word.end()) for word in _WORD.finditer(text, sentence.start(), sentence.end())]
        for first in range(0, max(1, len(words) - LONGEST // 2), LONGEST // 2):
            window = words[first : first + LONGEST]
            if window:
                start, end = window[0][0], window[-1][1]
                found.append(Sentence(text[start:end], start, end))
    return found
