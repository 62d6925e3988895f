"""What a number in a message is: the child's age, the amount that is asked, or something else.

"Onze Bas, vijftien", "een zus van 12", "zestig euro was hij al kwijt", "nog 900": the words around a number decide, and
there are more ways to say it than patterns can name.
"""

from __future__ import annotations

import dataclasses
from typing import Dict, Iterator, List, Sequence, Tuple

from sklearn.feature_extraction import FeatureHasher

from naast.understanding.facts.amounts import in_another_currency
from naast.understanding.facts.clauses import Reading
from naast.understanding.facts.examples import Piece
from naast.understanding.facts.extract import reader
from naast.understanding.facts.numbers import Number
from naast.understanding.facts.rules import Fact
from naast.understanding.linear import LinearModel

NEITHER = "-"
FACTS = ("child_age", "amount_eur")
SMALLEST, LARGEST = 2, 1_000_000
BEFORE, AFTER = 8, 7
"""So many words around a number are looked at."""
_HASHER = FeatureHasher(n_features=2**14, alternate_sign=False)
_DISTANCES = (1, 2, 4, 8)
_SIZES = ((4, "tiny"), (21, "age"), (25, "between"), (100, "tens"))


@dataclasses.dataclass
class NumberRoles:
    model: LinearModel

    @classmethod
    def learn(cls, messages: Sequence[Sequence[Piece]], *, c: float) -> "NumberRoles":
        described: List[Dict[str, float]] = []
        roles: List[str] = []
        for pieces in messages:
            reading = reader(pieces[0].language).read(" ".join(piece.text for piece in pieces))
            for number in _candidates(reading):
                piece = _piece_at(pieces, reading.tokens[number.start].start)
                role = next((fact for fact in FACTS if (fact, _value(number)) in piece.said), NEITHER)
                if role == NEITHER and piece.unsure & set(FACTS):
                    continue
                described.append(_describe(reading, number))
                roles.append(role)
        rows = _HASHER.transform(described)
        return cls(LinearModel.fit(rows, roles, regularisation=c, max_iter=300, tolerance=1e-4))

    def read(self, reading: Reading, threshold: float) -> List[Fact]:
        """Ages and amounts whose probability reaches the threshold, in order of place."""
        candidates = list(_candidates(reading))
        if not candidates:
            return []
        probabilities = self.model.probabilities(_HASHER.transform([_describe(reading, each) for each in candidates]))
        return [
            Fact(fact, int(_value(number)), reading.tokens[number.start].start, reading.tokens[number.end - 1].end)
            for number, row in zip(candidates, probabilities)
            for fact in FACTS
            if row[self.model.labels.index(fact)] >= threshold and not in_another_currency(reading, number)
        ]


def _value(number: Number) -> str:
    return str(round(number.value))


def _candidates(reading: Reading | None) -> Iterator[Number]:
    return (number for number in (reading.numbers if reading else ()) if SMALLEST <= number.value <= LARGEST)


def _piece_at(pieces: Sequence[Piece], position: int) -> Piece:
    end = 0
    for piece in pieces:
        end += len(piece.text) + 1
        if position < end:
            return piece
    return pieces[-1]


def _describe(reading: Reading, number: Number) -> Dict[str, float]:
    """Words and concepts around the number by rough distance, its size, and what kind of clause it stands in."""
    size = next((name for limit, name in _SIZES if number.value < limit), "large")
    described = {f"size {size}": 1.0, f"money {number.money}": 1.0}
    described.update({f"clause {flag}": 1.0 for flag in reading.clause_of(number.start).flags})
    for side, index, distance in _around(reading, number):
        near = next(limit for limit in _DISTANCES if distance <= limit)
        described[f"{side}{near} {reading.word(index)}"] = 1.0
        for concept in reading.at[index]:
            if concept.isupper():
                described[f"{side}{near} {concept}"] = 1.0
    described[f"begins {number.start == 0}"] = described[f"ends {number.end == len(reading.tokens)}"] = 1.0
    return described


def _around(reading: Reading, number: Number) -> Iterator[Tuple[str, int, int]]:
    for index in range(max(0, number.start - BEFORE), number.start):
        yield "before", index, number.start - index
    for index in range(number.end, min(len(reading.tokens), number.end + AFTER)):
        yield "after", index, index - number.end + 1
