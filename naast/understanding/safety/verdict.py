"""Weighs what the patterns, the two classifiers and the intent say. Pure: no Rasa, no model."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, List, Optional

from naast.understanding.safety.patterns import Reading

INTENTS = {"suicidal": "report_suicidal_risk", "danger": "report_immediate_danger"}
KIND_OF = {intent: kind for kind, intent in INTENTS.items()}


@dataclasses.dataclass(frozen=True)
class Thresholds:
    """Of probabilities: `alone` for a classifier nobody seconds, `intent` for the intent's own verdict, `seconded` for
    what a classifier must at least say before that verdict counts, `rest` for the words an exclusion leaves."""

    alone: float
    window: float
    intent: float
    seconded: float
    rest: float


@dataclasses.dataclass(frozen=True)
class Evidence:
    """`message`, `windows` and `rest` are probabilities by kind: of the whole message, the worst of its windows, the
    worst window left when exclusions are cut out (None: nothing left, or not asked)."""

    reading: Reading
    message: Dict[str, float]
    windows: Optional[Dict[str, float]]
    rest: Optional[Dict[str, float]]
    intent: Optional[str]
    confidence: float


@dataclasses.dataclass(frozen=True)
class Verdict:
    """`kind` None is no alarm; `withdrawn` says that a safety intent must then make place for the next one."""

    kind: Optional[str]
    layers: List[Dict[str, Any]]
    withdrawn: bool

    @property
    def score(self) -> float:
        return max((layer["score"] for layer in self.layers), default=0.0)


def decide(evidence: Evidence, thresholds: Thresholds) -> Verdict:
    """One safety hit of either kind counts; where both fit, danger comes first only when it is acute now."""
    found = [_layer("pattern", hit.kind, 1.0, hit.id) for hit in evidence.reading.hits]
    excused = not found and evidence.reading.excluded and _total(evidence.rest) < thresholds.rest
    if not excused:
        for probabilities, threshold in ((evidence.message, thresholds.alone), (evidence.windows, thresholds.window)):
            if _total(probabilities) >= threshold:
                found.append(_layer("classifier", _likelier(probabilities), _total(probabilities)))
        kind = KIND_OF.get(evidence.intent or "")
        seconded = max(_total(evidence.message), _total(evidence.windows)) >= thresholds.seconded
        if kind and (found or (evidence.confidence >= thresholds.intent and seconded)):
            found.append(_layer("intent", kind, evidence.confidence))
    if not found:
        return Verdict(None, [], withdrawn=evidence.intent in KIND_OF)
    return Verdict(
        _kind(found),
        [{key: layer[key] for key in ("layer", "id", "score")} for layer in found],
        withdrawn=False,
    )


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
