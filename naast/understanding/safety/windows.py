"""A stretch of text as hashed counts: no vocabulary, no embedding, so a long message stays cheap."""

from __future__ import annotations

from typing import List

from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

_BUCKETS = 2**16
_WORDS = HashingVectorizer(analyzer="word", token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), n_features=_BUCKETS)
_LETTERS = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), n_features=_BUCKETS)


def window_rows(texts: List[str]) -> sparse.csr_matrix:
    """Rows of shape (n, 2 x buckets), each half of unit length, from normalised texts."""
    return sparse.hstack([_WORDS.transform(texts), _LETTERS.transform(texts)], format="csr")
