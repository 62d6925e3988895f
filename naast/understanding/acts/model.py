"""Which acts the sentences of a message hold: the whole message has one main act, a sentence may ask something else.

It reads words and embedding of a sentence; the embeddings are there already, for the facts.
"""

from __future__ import annotations

import dataclasses
from typing import Dict, List, Sequence, Tuple

import numpy as np

from naast.understanding.features import Weighting
from naast.understanding.linear import LinearModel
from naast.understanding.ngrams import count
from naast.understanding.sentences import sentences

LEARNS_FROM = 30
"""Words: a longer training message is no example of what one sentence says."""
LEAST_WORDS = 3


@dataclasses.dataclass
class ActModel:
    weighting: Weighting
    intents: LinearModel

    @classmethod
    def learn(
        cls, texts: Sequence[str], intents: Sequence[str], dense: np.ndarray, *, dense_scale: float, c: float
    ) -> "ActModel":
        short = [index for index, text in enumerate(texts) if len(text.split()) <= LEARNS_FROM]
        counts = count([texts[index] for index in short])
        weighting = Weighting.learn(counts, dense[short], dense_scale)
        rows = weighting.rows(counts, dense[short])
        labels = [intents[index] for index in short]
        return cls(weighting, LinearModel.fit(rows, labels, regularisation=c, max_iter=60, tolerance=1e-3))

    def find(self, text: str, apart: np.ndarray, threshold: float) -> List[Tuple[str, float]]:
        """Acts of the sentences with their probability, surest first, each once; none for a single sentence.

        Args:
            text: the message.
            apart: embeddings of its sentences, shape (n, 384); what comes after is read by its words alone.
            threshold: a probability.
        """
        parts = sentences(text)
        long = [index for index, part in enumerate(parts) if len(part.text.split()) >= LEAST_WORDS]
        if len(long) < 2:
            return []
        dense = np.tile(self.weighting.mean, (len(parts), 1))
        dense[: len(apart)] = apart
        rows = self.weighting.rows(count([parts[index].text for index in long]), dense[long])
        best: Dict[str, float] = {}
        for probabilities in self.intents.probabilities(rows):
            index = int(probabilities.argmax())
            if probabilities[index] >= threshold:
                name = self.intents.labels[index]
                best[name] = max(best.get(name, 0.0), float(probabilities[index]))
        return sorted(best.items(), key=lambda act: -act[1])

    def arrays(self) -> Dict[str, np.ndarray]:
        return {**self.weighting.arrays(), **self.intents.arrays()}

    @classmethod
    def from_arrays(cls, arrays) -> "ActModel":
        return cls(Weighting.from_arrays(arrays), LinearModel.from_arrays(arrays))
