"""`make cross-validate-safety`: how classifiers and threshold of safety were chosen, on training messages alone.

Writers of signs, of ordinary messages and of calm statements are left out together, so that the figure is for people
who write unlike those it learnt from. For each share of the signs found it prints how many of the others alarm: by what
the intent classifier leaves to the two safety intents, by the sign model, and by what both agree on (safety/signs.py).
The patterns count in all three. Once more with the encoder as its package brings it: what `make tune-encoder` is worth.
"""

from __future__ import annotations

import sys
from typing import Callable, Dict, List

import numpy as np

from naast.understanding.embedding.encoder import encode
from naast.understanding.features import Weighting
from naast.understanding.linear import LinearModel
from naast.understanding.safety import examples, patterns
from naast.understanding.safety.signs import SignModel, agreed
from naast.understanding.safety.verdict import KIND_OF
from scripts.cross_validate import counts, training_messages

LEFT_OUT = ("signs_c", "signs_i", "signs_k", "testers_plain", "contrast", "many_speakers", "stories", "terse")
HARD = "contrast"
CALM_LEFT_OUT = ("near_misses", "other_voices", "strong_feelings")
"""Files of safety/examples."""
FOUND = (0.90, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98)


def of_intents(train: List[str], intents: np.ndarray, dense: np.ndarray, test: List[str], test_dense: np.ndarray):
    """What the intent classifier leaves to the safety intents, shape (len(test),)."""
    learnt, judged = counts(np.array(train), np.array(test))
    weighting = Weighting.learn(learnt, dense, 0.5)
    rows = weighting.rows(learnt, dense)
    model = LinearModel.fit(rows, list(intents), regularisation=20, max_iter=60, tolerance=1e-3)
    alarming = [model.labels.index(intent) for intent in KIND_OF]
    return model.probabilities(weighting.rows(judged, test_dense))[:, alarming].sum(axis=1)


def main() -> None:
    for tuned in (True, False):
        print("the encoder", "tuned" if tuned else "as it comes")
        compare(lambda texts, tuned=tuned: encode(texts, tuned=tuned))


def compare(embed: Callable[[List[str]], np.ndarray]) -> None:
    texts, intents, voices = training_messages()
    held = np.isin(voices, LEFT_OUT)
    own = examples.own_examples()
    kept_calm = examples.calm_texts(without=CALM_LEFT_OUT)
    kept_dense = embed(kept_calm)
    dense = embed(list(texts))
    signs = np.isin(intents, list(KIND_OF))
    groups: Dict[str, List[str]] = {
        "signs": list(texts[held & signs]),
        "hard": list(texts[held & ~signs & (voices == HARD)]) + own["near_misses"],
        "ordinary": list(texts[held & ~signs & (voices != HARD)]),
        "calm": own["other_voices"] + own["strong_feelings"],
    }
    test = [text for group in groups.values() for text in group]
    test_dense = embed(test)
    member = np.repeat(list(groups), [len(group) for group in groups.values()])
    hit = np.array([bool(patterns.read(text).hits) for text in test])

    by_intent = of_intents(list(texts[~held]), intents[~held], dense[~held], test, test_dense)
    learnt = list(texts[~held]) + kept_calm
    alarming = [bool(each) for each in signs[~held]] + [False] * len(kept_calm)
    model = SignModel.learn(learnt, alarming, np.vstack([dense[~held], kept_dense]), c=20.0, max_iter=150)
    by_sign = np.array([model.probability(text, vector) for text, vector in zip(test, test_dense)])
    both = np.array([agreed(first, second) for first, second in zip(by_intent, by_sign)])

    print("left out:", ", ".join(f"{len(group)} {name}" for name, group in groups.items()))
    for title, score in (("intents", by_intent), ("sign model", by_sign), ("both", both)):
        score = np.where(hit, 2.0, score)
        print(f"{title}:\n  signs found  threshold  hard negatives  ordinary   calm")
        ranked = np.sort(score[member == "signs"])[::-1]
        for share in FOUND:
            threshold = ranked[int(np.ceil(share * len(ranked))) - 1]
            alarms = [(score[member == group] >= threshold).mean() for group in ("hard", "ordinary", "calm")]
            print(f"  {share:11.2f}  {threshold:9.2f}  {alarms[0]:14.3f}  {alarms[1]:8.3f}  {alarms[2]:.3f}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
