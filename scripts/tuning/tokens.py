"""The encoder's own words: its vocabulary and spelling rules are read from the package's weights file.

The engine does not say which tokens it makes of a text, so they are made again here, with Hugging Face's `tokenizers`.
"""

from __future__ import annotations

import re
import struct
from typing import Dict, List, Tuple

from tokenizers import Tokenizer
from tokenizers.models import Unigram

from naast.understanding.embedding.weights import HEAD, Head

ASKED = "query: "
"""What the engine puts in front of every text of ours."""
WORD_START = "\u2581"
MOST = 96
"""Tokens of a text that are learnt from; one in a hundred is longer."""


class Tokens:
    def __init__(self, packed: bytes) -> None:
        self._head = Head.read(packed)
        pieces, at = _pieces(packed, self._head)
        self._normal = _normalisation(packed, at)
        self._tokenizer = Tokenizer(Unigram(pieces, self._head.unknown))

    def of(self, text: str) -> List[int]:
        """The numbers of a text's tokens, with those of its begin and end."""
        normal = "".join(self._normal.get(ord(letter), letter) for letter in ASKED + text)
        words = re.sub(" +", " ", normal)
        if not words.startswith(" "):
            words = f" {words}"
        numbers = self._tokenizer.encode(words.replace(" ", WORD_START), add_special_tokens=False).ids
        return [self._head.begin, *numbers[: MOST - 2], self._head.end]


def _pieces(packed: bytes, head: Head) -> Tuple[List[Tuple[str, float]], int]:
    """Pieces of words with how likely they are, and where in the file they end."""
    offsets = struct.unpack_from(f"<{head.pieces + 1}I", packed, HEAD.size)
    scores_at = HEAD.size + 4 * (head.pieces + 1)
    scores = struct.unpack_from(f"<{head.pieces}f", packed, scores_at)
    at = scores_at + 4 * head.pieces
    letters = packed[at : at + head.letters]
    words = [letters[start:end].decode("utf-8", "replace") for start, end in zip(offsets, offsets[1:])]
    return list(zip(words, scores)), at + head.letters


def _normalisation(packed: bytes, at: int) -> Dict[int, str]:
    """What a character is replaced by, by its number."""
    count, _ = struct.unpack_from("<iI", packed, at)
    at += 8
    found = {}
    for _ in range(count):
        character, length = struct.unpack_from("<IB", packed, at)
        found[character] = "".join(map(chr, struct.unpack_from(f"<{length}I", packed, at + 5)))
        at += 5 + 4 * length
    return found
