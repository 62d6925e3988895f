"""The arithmetic of the page: shares with their intervals, precision and recall, calibration."""

from __future__ import annotations

import dataclasses
from typing import Iterable, List, Sequence, Tuple

Z = 1.96
"""Of a 95 % interval."""


def wilson(hits: int, of: int) -> Tuple[float, float]:
    """Bounds of the 95 % Wilson interval of a share; (0, 1) when there is nothing to count."""
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = (share + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z / (1 + Z * Z / of) * ((share * (1 - share) / of + Z * Z / (4 * of * of)) ** 0.5)
    return middle - half, middle + half


def share(hits: int, of: int) -> str:
    """A share with its interval, as the page shows it."""
    if not of:
        return "-"
    low, high = wilson(hits, of)
    return f"{hits / of:.3f} ({low:.3f}-{high:.3f}, {hits}/{of})"


@dataclasses.dataclass
class Found:
    """Counts of what is true, what was said to be, and what was rightly said to be."""

    true: int = 0
    said: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclasses.dataclass(frozen=True)
class Bin:
    """Verdicts of like confidence: how sure they were on average, how often they were right."""

    confidence: float
    accuracy: float
    size: int


def bins(confidences: Sequence[float], right: Sequence[bool], count: int = 10) -> List[Bin]:
    """Verdicts in `count` bins of equal width; empty ones are left out."""
    filled = []
    for index in range(count):
        low, high = index / count, (index + 1) / count
        inside = [(c, r) for c, r in zip(confidences, right) if low <= c < high or (high == 1 and c == 1)]
        if inside:
            filled.append(
                Bin(sum(c for c, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside), len(inside))
            )
    return filled


def calibration_error(filled: Iterable[Bin]) -> float:
    """Expected calibration error: how far confidence and accuracy lie apart, on average over the verdicts."""
    filled = list(filled)
    return sum(each.size * abs(each.confidence - each.accuracy) for each in filled) / sum(each.size for each in filled)
