"""How a message becomes one row of numbers for the linear classifiers (intent, safety, blame).

Rasa's featurizers leave raw n-gram counts and a dense embedding. A linear model reads them better weighted: log-counts
times inverse document frequency, of unit length, beside the standardised embedding. Everything learnt here is a plain
array, so that a trained model can never load half-made.
"""

from __future__ import annotations

import dataclasses
from typing import Dict, List

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy import sparse
from sklearn.utils.sparsefuncs_fast import inplace_csr_row_normalize_l2

from naast.understanding.ngrams import beside


def sparse_counts(messages: List[Message]) -> sparse.csr_matrix:
    """Stack the n-gram counts of messages, shape (n, vocabulary); a message without tokens is a row of zeros."""
    rows = [message.get_sparse_features(TEXT)[1] for message in messages]
    if len(rows) == 1 and rows[0] is not None:
        return sparse.csr_matrix(rows[0].features, dtype=np.float64)
    width = next((row.features.shape[1] for row in rows if row is not None), 0)
    return sparse.vstack(
        [row.features if row is not None else sparse.csr_matrix((1, width)) for row in rows], format="csr"
    ).astype(np.float64)


def dense_vectors(messages: List[Message]) -> np.ndarray:
    """Stack the sentence embeddings of messages, shape (n, 384)."""
    return np.vstack([message.get_dense_features(TEXT)[1].features for message in messages])


@dataclasses.dataclass
class Weighting:
    """Weights learnt on the training messages: `idf` of shape (vocabulary,), `mean` and `deviation` of shape (384,)."""

    idf: np.ndarray
    mean: np.ndarray
    deviation: np.ndarray
    dense_scale: float

    @classmethod
    def learn(cls, counts: sparse.csr_matrix, dense: np.ndarray, dense_scale: float) -> "Weighting":
        documents = counts.shape[0]
        seen_in = np.bincount(counts.indices, minlength=counts.shape[1])
        return cls(
            idf=np.log((1 + documents) / (1 + seen_in)) + 1,
            mean=dense.mean(axis=0),
            deviation=dense.std(axis=0) + 1e-9,
            dense_scale=dense_scale,
        )

    def rows(self, counts: sparse.csr_matrix, dense: np.ndarray) -> sparse.csr_matrix:
        """Weigh counts (n, vocabulary) and embeddings (n, 384) into rows of shape (n, vocabulary + 384)."""
        weighted = counts.copy()
        if weighted.shape[1] != len(self.idf):  # a lone message without a single token has no vocabulary
            weighted = sparse.csr_matrix((counts.shape[0], len(self.idf)))
        weighted.data = np.log(weighted.data) + 1
        weighted.data *= self.idf[weighted.indices]
        inplace_csr_row_normalize_l2(weighted)
        standard = (dense - self.mean) / self.deviation / np.sqrt(dense.shape[1]) * self.dense_scale
        return beside(weighted, sparse.csr_matrix(standard))

    def arrays(self) -> Dict[str, np.ndarray]:
        return {
            "idf": self.idf,
            "mean": self.mean,
            "deviation": self.deviation,
            "dense_scale": np.array(self.dense_scale),
        }

    @classmethod
    def from_arrays(cls, arrays) -> "Weighting":
        return cls(arrays["idf"], arrays["mean"], arrays["deviation"], float(arrays["dense_scale"]))
