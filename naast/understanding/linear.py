"""A trained logistic regression as plain arrays: what scikit-learn learns, without keeping its objects."""

from __future__ import annotations

import dataclasses
import warnings
from typing import Dict, List, Sequence

import numpy as np
from scipy import sparse
from scipy.special import softmax
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression


@dataclasses.dataclass
class LinearModel:
    """`labels` in order, `weights` of shape (labels, features), `bias` of shape (labels,)."""

    labels: List[str]
    weights: np.ndarray
    bias: np.ndarray

    def __post_init__(self) -> None:
        # scipy copies a matrix that is not contiguous, or of another type, at every product: 3 ms a message.
        self._columns = np.ascontiguousarray(self.weights.T, dtype=np.float64)

    @classmethod
    def fit(
        cls,
        rows: sparse.csr_matrix,
        labels: Sequence[str],
        *,
        regularisation: float,
        max_iter: int,
        tolerance: float,
    ) -> "LinearModel":
        regression = LogisticRegression(
            C=regularisation, max_iter=max_iter, tol=tolerance, class_weight="balanced", multi_class="multinomial"
        )
        with warnings.catch_warnings():
            # Stopping at max_iter is meant: more steps cost minutes and changed no verdict in cross-validation.
            warnings.simplefilter("ignore", ConvergenceWarning)
            regression.fit(rows, labels)
        weights, bias = regression.coef_, regression.intercept_
        if len(regression.classes_) == 2:  # scikit-learn keeps one row for two classes
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        return cls(list(regression.classes_), weights.astype(np.float32), bias.astype(np.float32))

    def probabilities(self, rows: sparse.csr_matrix) -> np.ndarray:
        """Probability of each label, shape (n, labels)."""
        return softmax(np.asarray(rows @ self._columns) + self.bias, axis=1)

    def arrays(self) -> Dict[str, np.ndarray]:
        return {"labels": np.array(self.labels), "weights": self.weights, "bias": self.bias}

    @classmethod
    def from_arrays(cls, arrays) -> "LinearModel":
        return cls([str(label) for label in arrays["labels"]], arrays["weights"], arrays["bias"])
