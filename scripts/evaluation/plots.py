"""The pictures of docs/understanding.md, drawn from what was measured."""

from __future__ import annotations

from pathlib import Path
from typing import List, Sequence, Tuple

import matplotlib

matplotlib.use("Agg")
matplotlib.rcParams["svg.hashsalt"] = "naast"  # the same figures give the same file

import numpy as np  # noqa: E402
from matplotlib import pyplot  # noqa: E402

from scripts.evaluation.measures import POSITIVE, Pairs, confusions  # noqa: E402

INK, ACCENT, PALE = "#22303c", "#b3402e", "#9aa7b0"


def safety_curve(pairs: Pairs, path: Path) -> List[Tuple[float, float, float]]:
    """Draw recall against false alarms for every threshold of the safety score, and mark the one in use (0.5).

    Returns:
        Threshold, recall and share of false alarms among ordinary messages, for some thresholds to print.
    """
    scores = np.array([parsed.safety_score or 0.0 for _, parsed in pairs])
    labels = np.array([each.label for each, _ in pairs])
    positive, hard, ordinary = (np.isin(labels, group) for group in (POSITIVE, ["hard_negative"], ["ordinary"]))

    def shares(group: np.ndarray, thresholds: Sequence[float]) -> np.ndarray:
        return np.array([(scores[group] >= threshold).mean() for threshold in thresholds])

    thresholds = np.linspace(0.02, 0.98, 97)
    figure, axes = pyplot.subplots(figsize=(6, 4))
    recall = shares(positive, thresholds)
    axes.plot(shares(ordinary, thresholds) * 100, recall, color=ACCENT, label="ordinary messages")
    axes.plot(shares(hard, thresholds) * 100, recall, color=PALE, label="hard negatives")
    axes.plot(shares(ordinary, [0.5]) * 100, shares(positive, [0.5]), "o", color=ACCENT)
    axes.plot(shares(hard, [0.5]) * 100, shares(positive, [0.5]), "o", color=PALE)
    axes.set(xlabel="false alarms, % of the messages", ylabel="signs of danger that reach safety", xlim=(0, 30))
    axes.set_ylim(0.8, 1.0)
    axes.legend(loc="lower right", frameon=False, title="dot: the threshold in use")
    _save(figure, axes, path)
    printed = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
    return list(zip(printed, shares(positive, printed), shares(ordinary, printed)))


def confusion_picture(pairs: Pairs, path: Path) -> None:
    """Draw which intent is taken for which, mistakes only, the intents that are mistaken most first."""
    wrong = confusions(pairs, most=40)
    names = list(dict.fromkeys(name for true, found, _ in wrong for name in (true, found)))[:24]
    matrix = np.zeros((len(names), len(names)))
    for true, found, count in wrong:
        if true in names and found in names:
            matrix[names.index(true), names.index(found)] = count
    figure, axes = pyplot.subplots(figsize=(8, 7))
    axes.imshow(matrix, cmap="Reds", vmin=0)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set(xlabel="taken for", ylabel="is")
    for row, column in zip(*np.nonzero(matrix)):
        axes.text(column, row, int(matrix[row, column]), ha="center", va="center", fontsize=7, color=INK)
    _save(figure, axes, path)


def _save(figure: pyplot.Figure, axes: pyplot.Axes, path: Path) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
