"""`make cross-validate`: how the settings of the intent classifier were chosen, on training messages alone.

Each voice of data/nlu is left out in turn: the figure is for people who write unlike those it learnt from. The settings
of config.yml stand first; a line that beats it by more than a point is worth a change. The last line has the encoder as
its package brings it: the difference is what `make tune-encoder` is worth, on voices that it did not read either.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Dict, List, Tuple

import numpy as np
import yaml
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from naast.understanding.embedding.encoder import encode, encode_for_training
from naast.understanding.features import Weighting
from naast.understanding.linear import LinearModel

LEFT_OUT = ("terse", "plain", "indirect")
SETTINGS: List[Dict[str, float]] = [
    {"C": 20, "dense_scale": 0.5},
    {"C": 5, "dense_scale": 0.5},
    {"C": 20, "dense_scale": 0.25},
    {"C": 20, "dense_scale": 1.0},
]


def training_messages() -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Texts, intents and voices, each of shape (n,)."""
    rows = [
        (line.removeprefix("- "), block["intent"], block["metadata"]["voice"])
        for path in sorted(Path("data/nlu").rglob("*.yml"))
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    ]
    texts, intents, voices = zip(*rows)
    return np.array(texts), np.array(intents), np.array(voices)


def counts(train: np.ndarray, test: np.ndarray) -> Tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """The n-grams of config.yml, for both parts."""
    vectorizers = [
        CountVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", min_df=2),
        CountVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3),
    ]
    fitted = [vectorizer.fit_transform(train) for vectorizer in vectorizers]
    other = [vectorizer.transform(test) for vectorizer in vectorizers]
    return sparse.hstack(fitted, format="csr").astype(float), sparse.hstack(other, format="csr").astype(float)


def main() -> None:
    texts, intents, voices = training_messages()
    sys.stdout.write(f"{len(texts)} messages, {len(set(voices))} voices; left out in turn: {', '.join(LEFT_OUT)}\n")
    tuned, untuned = encode_for_training(list(texts)), encode(list(texts), tuned=False)
    for setting, dense in [*((setting, tuned) for setting in SETTINGS), (SETTINGS[0], untuned)]:
        accuracies = []
        for voice in LEFT_OUT:
            held = voices == voice
            train, test = counts(texts[~held], texts[held])
            weighting = Weighting.learn(train, dense[~held], setting["dense_scale"])
            model = LinearModel.fit(
                weighting.rows(train, dense[~held]),
                list(intents[~held]),
                regularisation=setting["C"],
                max_iter=60,
                tolerance=1e-3,
            )
            best = model.probabilities(weighting.rows(test, dense[held])).argmax(axis=1)
            accuracies.append(np.mean(np.array(model.labels)[best] == intents[held]))
        each = " ".join(f"{accuracy:.3f}" for accuracy in accuracies)
        encoder = "tuned" if dense is tuned else "as it comes"
        sys.stdout.write(f"{setting}, encoder {encoder}  mean {np.mean(accuracies):.3f}  ({each})\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
