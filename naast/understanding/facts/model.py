"""Reads facts that no pattern foresaw: a linear model a fact, on the words and the embedding of a sentence.

The patterns are precise and overfit: on messages by writers whom they had not seen, written to be indirect, they found
half of what was said. The model finds what is worded otherwise, the patterns keep what the model is not sure of.
"""

from __future__ import annotations

import dataclasses
from typing import Dict, List, Sequence, Tuple

import numpy as np

from naast.understanding.facts.examples import Piece
from naast.understanding.facts.rules import Fact, Value
from naast.understanding.features import Weighting
from naast.understanding.linear import LinearModel
from naast.understanding.ngrams import count
from naast.understanding.sentences import Sentence, sentences

ONE_OF = (
    "paid",
    "complied",
    "spread",
    "contact_cut",
    "evidence_saved",
    "reported_police",
    "reported_helpwanted",
    "image_origin",
    "offender",
    "child_relation",
)
"""Facts with one value at a time: a model that chooses between the values and silence."""
ANY_OF = ("demands",)
"""Facts with several values: a model for each of them."""
SILENT, SAID = "-", "+"
_TYPED: Dict[str, Value] = {"True": True, "False": False}


@dataclasses.dataclass
class PieceFacts:
    """`models` by (fact, value); the value is empty where one model chooses between all of them."""

    weighting: Weighting
    models: Dict[Tuple[str, str], LinearModel]

    @classmethod
    def learn(cls, pieces: Sequence[Piece], dense: np.ndarray, *, dense_scale: float, c: float) -> "PieceFacts":
        """Learn from pieces with their embeddings, shape (n, 384)."""
        counts = count([piece.text for piece in pieces])
        weighting = Weighting.learn(counts, dense, dense_scale)
        rows = weighting.rows(counts, dense)
        models = {}
        for name in (*ONE_OF, *ANY_OF):
            sure = [index for index, piece in enumerate(pieces) if name not in piece.unsure]
            said = [[value for fact, value in pieces[index].said if fact == name] for index in sure]
            if name in ONE_OF:
                models[name, ""] = _fit(rows[sure], [max(values, default=SILENT) for values in said], c)
            else:
                for value in sorted({value for values in said for value in values}):
                    models[name, value] = _fit(rows[sure], [SAID if value in values else SILENT for values in said], c)
        return cls(weighting, models)

    def read(self, text: str, embedding: np.ndarray, apart: np.ndarray, threshold: float) -> List[Fact]:
        """The facts whose probability reaches the threshold, in order of place.

        Args:
            text: the message.
            embedding: of the whole message, shape (384,); used when it is one sentence.
            apart: of its sentences where there are more, shape (n, 384); what comes after is read by its words alone.
            threshold: a probability.
        """
        parts = sentences(text)
        if not parts:
            return []
        rows = self.weighting.rows(count([part.text for part in parts]), self._dense(parts, embedding, apart))
        found = []
        for (name, value), model in self.models.items():
            silent = model.labels.index(SILENT)
            for part, probabilities in zip(parts, model.probabilities(rows)):
                probabilities[silent] = 0
                best = int(probabilities.argmax())
                if probabilities[best] >= threshold:
                    said = value or model.labels[best]
                    found.append(Fact(name, _TYPED.get(said, said), part.start, part.end))
        return sorted(found, key=lambda fact: fact.start)

    def _dense(self, parts: Sequence[Sentence], embedding: np.ndarray, apart: np.ndarray) -> np.ndarray:
        if len(parts) == 1:
            return embedding.reshape(1, -1)
        dense = np.tile(self.weighting.mean, (len(parts), 1))
        dense[: len(apart)] = apart
        return dense

    def arrays(self) -> Dict[str, np.ndarray]:
        arrays = {f"weighting|{name}": array for name, array in self.weighting.arrays().items()}
        for (fact, value), model in self.models.items():
            arrays.update({f"{fact}|{value}|{name}": array for name, array in model.arrays().items()})
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Dict[str, np.ndarray]) -> "PieceFacts":
        parts: Dict[Tuple[str, ...], Dict[str, np.ndarray]] = {}
        for key, array in arrays.items():
            *part, name = key.split("|")
            parts.setdefault(tuple(part), {})[name] = array
        weighting = Weighting.from_arrays(parts.pop(("weighting",)))
        return cls(weighting, {(fact, value): LinearModel.from_arrays(each) for (fact, value), each in parts.items()})


def _fit(rows, labels: List[str], c: float) -> LinearModel:
    return LinearModel.fit(rows, labels, regularisation=c, max_iter=100, tolerance=1e-3)
