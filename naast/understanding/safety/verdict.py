"""Weighs what the patterns and the classifiers say. Pure: no Rasa, no model."""

from __future__ import annotations

import dataclasses
import math
from typing import Any, Dict, List, Optional

from naast.understanding.safety.patterns import Reading

INTENTS = {"suicidal": "report_suicidal_risk", "danger": "report_immediate_danger"}
KIND_OF = {intent: kind for kind, intent in INTENTS.items()}


@dataclasses.dataclass(frozen=True)
class Thresholds:
    """Of probabilities: `alone` for the whole message, `window` for the worst stretch of a long message,
    `rest` for the words an exclusion leaves, `denied` for those that a denial leaves."""

    alone: float
    window: float
    rest: float
    denied: float


@dataclasses.dataclass(frozen=True)
class Evidence:
    """`message`, `windows` and `rest` are probabilities by kind: what the two classifiers of the whole message
    agree on, the worst window of a long message, the worst window left when exclusions are cut out (None: nothing
    left, or not asked)."""

    reading: Reading
    message: Dict[str, float]
    windows: Optional[Dict[str, float]]
    rest: Optional[Dict[str, float]]


@dataclasses.dataclass(frozen=True)
class Verdict:
    """`kind` None is no alarm; a safety intent must then make place for the next one. `score` is
    at least 0.5 exactly when there is an alarm: how far the surest layer lies above its threshold."""

    kind: Optional[str]
    layers: List[Dict[str, Any]]
    score: float

    @property
    def confidence(self) -> float:
        return max((layer["score"] for layer in self.layers), default=0.0)


def decide(evidence: Evidence, thresholds: Thresholds) -> Verdict:
    """One safety hit of either kind counts; where both fit, danger comes first only when it is acute now."""
    found = [_layer("pattern", hit.kind, 1.0, hit.id) for hit in evidence.reading.hits]
    score = 1.0 if found else 0.0
    rest_is_calm = not found and _total(evidence.rest) < (
        thresholds.denied if evidence.reading.denies else thresholds.rest
    )
    # "Hij zit beneden" speaks against danger outside, not against wanting to die.
    excused = evidence.reading.excused if rest_is_calm else frozenset()
    for layer, probabilities, threshold in (
        ("message", evidence.message, thresholds.alone),
        ("window", evidence.windows, thresholds.window),
    ):
        left = {kind: value for kind, value in (probabilities or {}).items() if kind not in excused}
        if left:
            score = max(score, _relative(_total(left), threshold))
        if _total(left) >= threshold:
            found.append(_layer(layer, _likelier(left), _total(left)))
    return Verdict(
        _kind(found) if found else None,
        [{key: layer[key] for key in ("layer", "id", "score")} for layer in found],
        score,
    )


def _relative(probability: float, threshold: float) -> float:
    """A probability on a scale where its threshold is 0.5: their odds, divided."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return 1 / (1 + math.exp(_odds(threshold) - _odds(bounded)))


def _odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _kind(found: List[Dict[str, Any]]) -> str:
    """Danger patterns name only what is acute; a classifier confuses the two, so it decides only where none matched."""
    patterns = {layer["kind"] for layer in found if layer["layer"] == "pattern"}
    if patterns:
        return "danger" if "danger" in patterns else "suicidal"
    return max(found, key=lambda layer: layer["score"])["kind"]


def _layer(layer: str, kind: str, score: float, name: Optional[str] = None) -> Dict[str, Any]:
    return {"layer": layer, "kind": kind, "id": name, "score": round(float(score), 4)}


def _total(probabilities: Optional[Dict[str, float]]) -> float:
    return sum(probabilities.values()) if probabilities else 0.0


def _likelier(probabilities: Dict[str, float]) -> str:
    return max(probabilities, key=lambda kind: probabilities[kind])
