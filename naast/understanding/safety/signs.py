"""Tells a sign of danger to life from calm, whatever the intent: a linear model on words and embedding of a message.

The intent classifier knows calm as questions and reports only. This one also learns from thousands of statements that
have no intent ("hij zit beneden", "twaalf pas"): where a child is, what it said, what was done, who is angry with whom.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Dict, List, Mapping

import numpy as np

from naast.understanding.features import Weighting
from naast.understanding.linear import LinearModel
from naast.understanding.ngrams import count

SIGN, CALM = "sign", "calm"
DENSE_SCALE = 0.5
LEAST = 2e-3
"""The intent classifier ranks ten intents: of one that is not among them no more is known than that it is unlikely."""


@dataclasses.dataclass
class SignModel:
    weighting: Weighting
    signs: LinearModel

    @classmethod
    def learn(
        cls, texts: List[str], alarming: List[bool], dense: np.ndarray, *, c: float, max_iter: int
    ) -> "SignModel":
        counts = count(texts)
        weighting = Weighting.learn(counts, dense, DENSE_SCALE)
        labels = [SIGN if each else CALM for each in alarming]
        rows = weighting.rows(counts, dense)
        return cls(weighting, LinearModel.fit(rows, labels, regularisation=c, max_iter=max_iter, tolerance=1e-3))

    def probability(self, text: str, dense: np.ndarray) -> float:
        """Probability of a sign in a message with its embedding of shape (384,)."""
        rows = self.weighting.rows(count([text]), dense.reshape(1, -1))
        return float(self.signs.probabilities(rows)[0, self.signs.labels.index(SIGN)])

    def arrays(self) -> Dict[str, np.ndarray]:
        return {**self.weighting.arrays(), **self.signs.arrays()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> "SignModel":
        return cls(Weighting.from_arrays(arrays), LinearModel.from_arrays(arrays))


def agreed(first: float, second: float) -> float:
    """One probability out of two views that fail differently: the mean of their log-odds."""
    odds = (_odds(first) + _odds(second)) / 2
    return 1 / (1 + math.exp(-odds))


def _odds(probability: float) -> float:
    bounded = min(max(probability, LEAST), 1 - LEAST)
    return math.log(bounded / (1 - bounded))
