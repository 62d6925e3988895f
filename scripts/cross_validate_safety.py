"""`make cross-validate-safety`: how the safety threshold was chosen, on training messages alone.

Writers of signs and writers of ordinary messages are left out together, so that the figure is for people who write
unlike those it learnt from. For each share of false alarms it prints how many signs are found: by what the intent
classifier leaves to the two safety intents, and by a classifier made for danger alone.
"""

from __future__ import annotations

import sys

import numpy as np

from naast.understanding.embedding.encoder import encode
from naast.understanding.features import Weighting
from naast.understanding.linear import LinearModel
from naast.understanding.safety import patterns
from naast.understanding.safety.component import NEITHER
from naast.understanding.safety.verdict import KIND_OF
from scripts.cross_validate import counts, training_messages

LEFT_OUT = ("signs_c", "contrast", "many_speakers", "stories", "terse")
HARD = "contrast"
FALSE_ALARMS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.08)


def probabilities(texts, labels, held, dense, c: float, max_iter: int) -> np.ndarray:
    """What a classifier of these labels leaves to danger, for each message that was held out."""
    train, test = counts(texts[~held], texts[held])
    weighting = Weighting.learn(train, dense[~held], 1.0)
    rows = weighting.rows(train, dense[~held])
    model = LinearModel.fit(rows, list(labels[~held]), regularisation=c, max_iter=max_iter, tolerance=1e-3)
    alarming = [index for index, label in enumerate(model.labels) if label in (*KIND_OF, *KIND_OF.values())]
    return model.probabilities(weighting.rows(test, dense[held]))[:, alarming].sum(axis=1)


def main() -> None:
    texts, intents, voices = training_messages()
    held = np.isin(voices, LEFT_OUT)
    readings = [patterns.read(text) for text in texts[held]]
    hit = np.array([bool(reading.hits) for reading in readings])
    excluded = np.array([bool(reading.excluded) for reading in readings])
    signs = np.isin(intents[held], list(KIND_OF))
    hard, ordinary = ~signs & (voices[held] == HARD), ~signs & (voices[held] != HARD)
    print(f"left out: {signs.sum()} signs, {hard.sum()} hard negatives, {ordinary.sum()} ordinary messages")
    shares = [
        f"{title} {hit[group].mean():.3f}"
        for title, group in (("signs", signs), ("hard", hard), ("ordinary", ordinary))
    ]
    print("patterns alone:", ", ".join(shares))
    dense = encode(list(texts))
    kinds = np.array([KIND_OF.get(intent, NEITHER) for intent in intents])
    for title, labels, c, max_iter in (("intents", intents, 20, 60), ("danger alone", kinds, 10, 150)):
        found = probabilities(texts, labels, held, dense, c, max_iter)
        score = np.where(hit, 2.0, np.where(excluded, -1.0, found))
        print(f"{title}:\n  false alarms  threshold  signs found  hard negatives that alarm")
        for share in FALSE_ALARMS:
            threshold = np.sort(score[ordinary])[::-1][int(share * ordinary.sum())]
            print(f"  {share:12.3f}  {threshold:9.2f}  {(score[signs] > threshold).mean():11.3f}", end="")
            print(f"  {(score[hard] > threshold).mean():.3f}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
