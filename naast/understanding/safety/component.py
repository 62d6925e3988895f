"""The last word on safety: whatever the pipeline made of a message, a sign of danger to life decides the intent."""

from __future__ import annotations

import dataclasses
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

from naast.understanding import features
from naast.understanding.blame import examples as of_blame
from naast.understanding.facts import examples as of_facts
from naast.understanding.linear import LinearModel
from naast.understanding.safety import examples, patterns, signs, text, verdict, windows
from naast.understanding.safety.signs import SignModel
from naast.understanding.safety.verdict import INTENTS, KIND_OF, Evidence, Thresholds, Verdict
from naast.understanding.trained import TrainedComponent

SAFETY = "safety"
SCORE = "safety_score"
"""From 0 to 1, on every parse; 0.5 and more is an alarm."""
DOUBT = "safety_doubt"
"""A score too low for an alarm and too high to pass over: the conversation asks."""
DENIED = "safety_denied"
"""True where somebody says that nobody wants to die or hurts itself, and nothing else speaks of danger."""
FALLBACK = "nlu_fallback"
NEITHER = "neither"
SIGNS = "signs."
"""Before the names of the arrays of the sign model, which share a file with those of the windows."""
LEAST_CONFIDENCE = 0.9  # no policy and no fallback may overrule an alarm for lack of confidence
LONG = 40  # words: from here on one sentence no longer colours the features of the whole message

_PAYLOAD = re.compile(r"\s*/[a-z][a-z0-9_]*(?:@[\d.]+)?\s*(?:\{.*\})?\s*", re.DOTALL)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyGuard(TrainedComponent, IntentClassifier):
    """Patterns, what two classifiers agree on, and a classifier of stretches of long messages: any one raises the
    alarm, only an exclusion takes it back.

    The two classifiers fail differently: the intent classifier leaves some probability to the safety intents, whatever
    it chose, and the sign model (signs.py) knows thousands of calm statements that have no intent. On messages by other
    writers they raised half the false alarms of the intent classifier alone, at the same recall.

    It stands last, behind the fallback, which would otherwise overrule it. Every parse gets a key `safety`: None, or
    the kind of danger and the layers that saw it.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "C": 10.0,
            "sign_C": 20.0,
            "max_iter": 150,
            "tol": 1e-3,
            # Of probabilities: `alone` for the whole message, `window` for the worst stretch of a long message, `rest`
            # and `denied` for the words an exclusion or a denial leaves; from `doubt` to `alone` the conversation asks.
            "alone": 0.25,
            "window": 0.9,
            "rest": 0.5,
            "denied": 0.9,
            "doubt": 0.15,
        }

    @classmethod
    def learns_from(cls) -> Iterable[pathlib.Path]:
        return [pathlib.Path(__file__).parent, patterns.DIRECTORY, of_facts.DIRECTORY, of_blame.DIRECTORY]

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        names = [field.name for field in dataclasses.fields(Thresholds)]
        self._thresholds = Thresholds(**{name: float(self._config[name]) for name in names})
        self._windows: Optional[LinearModel] = None
        self._signs: Optional[SignModel] = None

    def learn(self, training_data: TrainingData) -> Dict[str, np.ndarray]:
        messages = [message for message in training_data.intent_examples if message.get(TEXT)]
        labels = [KIND_OF.get(message.get(INTENT), NEITHER) for message in messages]
        calm, calm_dense = examples.load_calm()
        texts = [message.get(TEXT) for message in messages] + calm
        labels += [NEITHER] * len(calm)
        cut, cut_labels = training_windows(texts, labels)
        self._windows = LinearModel.fit(
            windows.window_rows(cut),
            cut_labels,
            regularisation=self._config["C"],
            max_iter=self._config["max_iter"],
            tolerance=self._config["tol"],
        )
        self._signs = SignModel.learn(
            texts,
            [label != NEITHER for label in labels],
            np.vstack([features.dense_vectors(messages), calm_dense]),
            c=self._config["sign_C"],
            max_iter=self._config["max_iter"],
        )
        signs = {SIGNS + name: array for name, array in self._signs.arrays().items()}
        return {**self._windows.arrays(), **signs}

    def restore(self, arrays: Dict[str, np.ndarray]) -> None:
        signs = {name: array for name, array in arrays.items() if name.startswith(SIGNS)}
        self._signs = SignModel.from_arrays({name[len(SIGNS) :]: array for name, array in signs.items()})
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
            message=self._of_message(message, said),
            windows=self._worst(text.windows(reading.sentences)) if long else None,
            rest=self._worst(text.windows(reading.rest)) if reading.excluded and not reading.hits else None,
        )
        found = verdict.decide(evidence, self._thresholds)
        rewrite(message, found)
        message.set(SCORE, found.score, add_to_output=True)
        message.set(DENIED, reading.denies and found.kind is None, add_to_output=True)
        doubt = sum(evidence.message.values())
        is_doubt = found.kind is None and not reading.excluded and doubt >= float(self._config["doubt"])
        message.set(DOUBT, round(doubt, 4) if is_doubt else None, add_to_output=True)

    def _of_message(self, message: Message, said: str) -> Dict[str, float]:
        """Probability of each kind of danger: what both views agree on, divided as the intent classifier divides it."""
        by_kind = _of_ranking(message)
        embedding = message.get_dense_features(TEXT)[1]
        if embedding is None:
            return by_kind
        both = signs.agreed(sum(by_kind.values()), self._signs.probability(said, embedding.features[0]))
        ranked = sum(by_kind.values()) or 1.0
        return {kind: both * by_kind.get(kind, 0.0) / ranked for kind in INTENTS} if by_kind else {"suicidal": both}

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
