"""Judges one message: is there blame on the child, and of which kind?

Two views that fail differently. A linear model on n-grams and the sentence embedding knows how blame is worded; the
patterns know who says what about whom. The patterns shift the odds by fixed amounts: learnt amounts trusted them too
much, since the patterns were written with the examples in view (on messages written later F1 fell, 0.68 to 0.51).
"""

from __future__ import annotations

import dataclasses
from typing import Dict, Mapping, Optional, Sequence

import numpy as np
from scipy import sparse

from naast.understanding.blame.examples import NONE
from naast.understanding.blame.patterns import Reading, load_patterns
from naast.understanding.features import Weighting
from naast.understanding.linear import LinearModel
from naast.understanding.ngrams import count

BLAME, NO_BLAME = "blame", "no_blame"
SAID, TAKEN_BACK, KIND = 1.2, -1.6, 2.5
LONG = 40
"""Words from which a message is also judged sentence by sentence."""
LONG_CAUTION = 2.0
"""The best of many sentences looks worse than it is by about this much."""


@dataclasses.dataclass(frozen=True)
class Verdict:
    score: float
    kind: Optional[str]


def _odds(probability: np.ndarray) -> np.ndarray:
    bounded = np.clip(probability, 1e-6, 1 - 1e-6)
    return np.log(bounded / (1 - bounded))


@dataclasses.dataclass
class BlameModel:
    """`whole` reads n-grams and embedding of a message, `words` the n-grams of one sentence, `kinds` names the kind."""

    weighting: Weighting
    whole: LinearModel
    words: LinearModel
    kinds: LinearModel

    @classmethod
    def learn(
        cls, texts: Sequence[str], labels: Sequence[str], dense: np.ndarray, *, dense_scale: float, c: float
    ) -> "BlameModel":
        """Learn from texts with a kind, NONE, or BLAME where the kind is not known."""
        counts = count(list(texts))
        weighting = Weighting.learn(counts, dense, dense_scale)
        rows = weighting.rows(counts, dense)
        blame = [NO_BLAME if label == NONE else BLAME for label in labels]
        with_kind = [index for index, label in enumerate(labels) if label not in (NONE, BLAME)]
        settings = {"regularisation": c, "max_iter": 200, "tolerance": 1e-3}
        return cls(
            weighting,
            LinearModel.fit(rows, blame, **settings),
            LinearModel.fit(rows[:, : counts.shape[1]], blame, **settings),
            LinearModel.fit(rows[with_kind], [labels[index] for index in with_kind], **settings),
        )

    def judge(self, text: str, dense: np.ndarray, threshold: float) -> Verdict:
        """Judge a message with its embedding of shape (384,); below the threshold there is no kind."""
        patterns = load_patterns()
        readings = patterns.read(text)
        rows = self.weighting.rows(count([text]), dense.reshape(1, -1))
        odds = float(_odds(self._blame(self.whole, rows))[0])
        said = np.max([reading.said for reading in readings], axis=0) if readings else np.zeros(len(patterns.blame))
        odds += SAID if said.any() else TAKEN_BACK if any(reading.vetoed for reading in readings) else 0.0
        if len(text.split()) > LONG and readings:
            odds = max(odds, self._best_sentence(readings) - LONG_CAUTION)
        score = float(1 / (1 + np.exp(-odds)))
        return Verdict(score, self._kind(rows, said) if score >= threshold else None)

    def _best_sentence(self, readings: Sequence[Reading]) -> float:
        """Odds of the sentence that blames most, by its words and its patterns."""
        counts = count([reading.sentence for reading in readings])
        mean = np.tile(self.weighting.mean, (len(readings), 1))  # a sentence has no embedding of its own
        odds = _odds(self._blame(self.words, self.weighting.rows(counts, mean)[:, : counts.shape[1]]))
        shifts = [SAID if reading.said.any() else TAKEN_BACK if reading.vetoed else 0.0 for reading in readings]
        return float(np.max(odds + np.array(shifts)))

    def _kind(self, rows: sparse.csr_matrix, said: np.ndarray) -> str:
        probabilities = np.log(self.kinds.probabilities(rows)[0] + 1e-9)
        by_pattern = dict(zip(load_patterns().blame, said))
        return max(zip(self.kinds.labels, probabilities), key=lambda pair: pair[1] + KIND * by_pattern[pair[0]])[0]

    @staticmethod
    def _blame(model: LinearModel, rows: sparse.csr_matrix) -> np.ndarray:
        return model.probabilities(rows)[:, model.labels.index(BLAME)]

    def arrays(self) -> Dict[str, np.ndarray]:
        """Plain arrays, named by the part they belong to."""
        parts = {name: getattr(self, name).arrays() for name in _PARTS}
        return {f"{name}.{key}": array for name, arrays in parts.items() for key, array in arrays.items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> "BlameModel":
        def part(name: str) -> Dict[str, np.ndarray]:
            return {key.split(".")[1]: arrays[key] for key in arrays if key.startswith(f"{name}.")}

        return cls(**{name: kind.from_arrays(part(name)) for name, kind in _PARTS.items()})


_PARTS = {"weighting": Weighting, "whole": LinearModel, "words": LinearModel, "kinds": LinearModel}
