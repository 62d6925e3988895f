"""The last word on safety: whatever the pipeline made of a message, a sign of danger to life decides the intent."""

from __future__ import annotations

import pathlib
import re
from typing import Any, Dict, Iterable, List, Optional, Text

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from naast.understanding.linear import LinearModel
from naast.understanding.safety import patterns, text, verdict, windows
from naast.understanding.safety.verdict import INTENTS, KIND_OF, Evidence, Thresholds, Verdict
from naast.understanding.trained import TrainedComponent

SAFETY = "safety"
SCORE = "safety_score"
"""From 0 to 1, on every parse; 0.5 and more is an alarm."""
DOUBT = "safety_doubt"
"""A score too low for an alarm and too high to pass over: the conversation asks."""
FALLBACK = "nlu_fallback"
NEITHER = "neither"
LEAST_CONFIDENCE = 0.9  # no policy and no fallback may overrule an alarm for lack of confidence
LONG = 40  # words: from here on one sentence no longer colours the features of the whole message

_PAYLOAD = re.compile(r"\s*/[a-z][a-z0-9_]*(?:@[\d.]+)?\s*(?:\{.*\})?\s*", re.DOTALL)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyGuard(TrainedComponent, IntentClassifier):
    """Patterns, the intent classifier's doubt, and a classifier of stretches of long messages: any one raises the
    alarm, only an exclusion takes it back.

    The doubt is the probability that the intent classifier leaves to the two safety intents, whatever it chose. With a
    writer left out it found more signs at any share of false alarms than a classifier made for danger alone, which knew
    the other messages only as "neither" (`make cross-validate-safety`).

    It stands last, behind the fallback, which would otherwise overrule it. Every parse gets a key `safety`: None, or
    the kind of danger and the layers that saw it.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "C": 10.0,
            "max_iter": 150,
            "tol": 1e-3,
            # Of probabilities: `alone` for the safety intents together, `window` for the worst stretch of a long
            # message, `rest` for the words an exclusion leaves; from `doubt` to `alone` the conversation asks.
            "alone": 0.25,
            "window": 0.9,
            "rest": 0.5,
            "doubt": 0.15,
        }

    @classmethod
    def learns_from(cls) -> Iterable[pathlib.Path]:
        return [pathlib.Path(__file__).parent, patterns.DIRECTORY]

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._thresholds = Thresholds(**{name: float(self._config[name]) for name in ("alone", "window", "rest")})
        self._windows: Optional[LinearModel] = None

    def learn(self, training_data: TrainingData) -> Dict[str, np.ndarray]:
        messages = [message for message in training_data.intent_examples if message.get(TEXT)]
        labels = [KIND_OF.get(message.get(INTENT), NEITHER) for message in messages]
        cut, cut_labels = training_windows([message.get(TEXT) for message in messages], labels)
        self._windows = LinearModel.fit(
            windows.window_rows(cut),
            cut_labels,
            regularisation=self._config["C"],
            max_iter=self._config["max_iter"],
            tolerance=self._config["tol"],
        )
        return self._windows.arrays()

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        self._windows = LinearModel.from_arrays(arrays)

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            said = message.get(TEXT)
            if isinstance(said, str) and said.strip() and not _PAYLOAD.fullmatch(said):
                self._guard(message, said)
            else:
                message.set(SAFETY, None, add_to_output=True)
        return messages

    def _guard(self, message: Message, said: str) -> None:
        reading = patterns.read(said)
        long = len(said.split()) > LONG
        evidence = Evidence(
            reading=reading,
            message=_of_ranking(message),
            windows=self._worst(text.windows(reading.sentences)) if long else None,
            rest=self._worst(text.windows(reading.rest)) if reading.excluded and not reading.hits else None,
        )
        found = verdict.decide(evidence, self._thresholds)
        rewrite(message, found)
        message.set(SCORE, found.score, add_to_output=True)
        doubt = sum(evidence.message.values())
        is_doubt = found.kind is None and not reading.excluded and doubt >= float(self._config["doubt"])
        message.set(DOUBT, round(doubt, 4) if is_doubt else None, add_to_output=True)

    def _worst(self, cut: List[str]) -> Optional[Dict[str, float]]:
        if not cut:
            return None
        by_kind = [_by_kind(self._windows, row) for row in self._windows.probabilities(windows.window_rows(cut))]
        return max(by_kind, key=lambda each: sum(each.values()))


def training_windows(texts: List[str], labels: List[str]) -> tuple:
    """Windows with a label each. Of a long alarming message nobody knows which window alarms: it teaches nothing."""
    cut: List[str] = []
    cut_labels: List[str] = []
    for said, label in zip(texts, labels):
        parts = text.sentences(said)
        if label != NEITHER and len(said.split()) > LONG:
            continue
        pieces = text.windows(parts) if label == NEITHER else [" ".join(parts)]
        cut += pieces
        cut_labels += [label] * len(pieces)
    return cut, cut_labels


def rewrite(message: Message, found: Verdict) -> None:
    """Set `safety`, and put the intent it asks for at the head of the ranking."""
    ranking = list(message.get(INTENT_RANKING_KEY) or [])
    if found.kind is not None:
        chosen = {
            INTENT_NAME_KEY: INTENTS[found.kind],
            PREDICTED_CONFIDENCE_KEY: max(found.confidence, LEAST_CONFIDENCE),
        }
        message.set(SAFETY, {"kind": found.kind, "layers": found.layers}, add_to_output=True)
    else:
        message.set(SAFETY, None, add_to_output=True)
        calm = (each for each in ranking if each.get(INTENT_NAME_KEY) not in (*KIND_OF, FALLBACK))
        chosen = next(calm, None) if (message.get(INTENT) or {}).get(INTENT_NAME_KEY) in KIND_OF else None
    if chosen is not None:
        others = [each for each in ranking if each.get(INTENT_NAME_KEY) != chosen[INTENT_NAME_KEY]]
        message.set(INTENT, chosen, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [chosen, *others], add_to_output=True)


def _of_ranking(message: Message) -> Dict[str, float]:
    """What the intent classifier leaves to each kind of danger."""
    ranking = message.get(INTENT_RANKING_KEY) or []
    found = {each.get(INTENT_NAME_KEY): each.get(PREDICTED_CONFIDENCE_KEY) or 0.0 for each in ranking}
    return {kind: float(found[intent]) for intent, kind in KIND_OF.items() if intent in found}


def _by_kind(model: LinearModel, row: np.ndarray) -> Dict[str, float]:
    return {label: float(value) for label, value in zip(model.labels, row) if label != NEITHER}
