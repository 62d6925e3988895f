"""Counts of word and letter n-grams by hashing: no vocabulary to keep, so any text can be counted at any time.

Rasa's CountVectors count only what passes through the pipeline; the examples and single sentences do not.
"""

from __future__ import annotations

from typing import List

from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

_WORDS = HashingVectorizer(
    analyzer="word", ngram_range=(1, 3), n_features=2**13, norm=None, alternate_sign=False, token_pattern=r"(?u)\b\w+\b"
)
_LETTERS = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), n_features=2**15, norm=None, alternate_sign=False)


def count(texts: List[str]) -> sparse.csr_matrix:
    """Count n-grams, shape (len(texts), 40960). Lone surrogates are dropped: they cannot be hashed."""
    texts = [text.encode("utf-8", "ignore").decode("utf-8") for text in texts]
    return sparse.hstack([_WORDS.transform(texts), _LETTERS.transform(texts)], format="csr")
