"""`make evaluate`: the page itself, printed and written into docs/understanding.md between two marks.

Only sums are shown, never a message: whoever reads the misses and then changes data or patterns has spent the set.
"""

from __future__ import annotations

import statistics as middle
from pathlib import Path
from typing import Dict, Iterator, List, Sequence, Tuple

from scripts.evaluation import measures, redaction
from scripts.evaluation.baseline import DEFAULT, EVERY, NAAST, Trained, trained
from scripts.evaluation.measures import Pairs
from scripts.evaluation.plots import confusion_picture, safety_curve
from scripts.evaluation.probe import Probed, probe
from scripts.evaluation.sets import MEASURES, Labelled, sets
from scripts.evaluation.statistics import Found, bins, calibration_error, share

MODEL = "models/naast.tar.gz"
PAGE = Path("docs/understanding.md")
BEGIN, END = "<!-- written by `make evaluate` -->", "<!-- end of what `make evaluate` writes -->"
FIGURES = PAGE.parent / "figures"
COMPARED = ("intents", "safety")
"""What the default pipeline can be asked: it learns intents only, our training messages carry no annotations."""
LONG_WORDS = 500
MOST_CONFUSIONS = 20


class Measured:
    """One model's answers: `pairs[measure][set]`, what the process cost, and the time of one very long message."""

    def __init__(self, model: str, which: Sequence[str]) -> None:
        self.labelled = {measure: sets(measure) for measure in which}
        flat = [each for by_set in self.labelled.values() for labelled in by_set.values() for each in labelled]
        long = " ".join(" ".join(each.text for each in flat).split()[:LONG_WORDS])
        self.probed: Probed = probe(model, [each.text for each in flat] + [long])
        self.long_milliseconds = self.probed.parsed[-1].milliseconds
        parsed = iter(self.probed.parsed)
        self.pairs: Dict[str, Dict[str, Pairs]] = {
            measure: {name: [(each, next(parsed)) for each in labelled] for name, labelled in by_set.items()}
            for measure, by_set in self.labelled.items()
        }

    def pooled(self, measure: str) -> List[Tuple[Labelled, object]]:
        return [pair for pairs in self.pairs[measure].values() for pair in pairs]

    @property
    def milliseconds(self) -> float:
        return middle.median(parsed.milliseconds for _, parsed in self.pooled("intents"))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _found(found: Found) -> str:
    return f"{found.f1:.3f} (precision {found.precision:.3f}, recall {found.recall:.3f}, {found.true} said)"


def measured_rows(pairs: Dict[str, Pairs], measure: str) -> Iterator[List[str]]:
    """The lines of one measure; a column per set."""

    def row(title: str, value) -> List[str]:
        return [title, *(value(each) for each in pairs.values())]

    if measure == "intents":
        yield row("intents: accuracy", lambda each: share(*measures.accuracy(each)))
        yield row("intents: macro-F1", lambda each: f"{measures.macro_f1(each):.3f}")
    elif measure == "facts":
        yield row("facts: micro-F1", lambda each: _found(measures.total(_facts(each))))
    elif measure == "safety":
        for title, groups in (("suicidal", ["suicidal"]), ("danger", ["danger"]), ("both", measures.POSITIVE)):
            yield row(f"safety: recall, {title}", lambda each, groups=groups: share(*measures.alarms(each, groups)))
        yield row("safety: precision against hard negatives", _precision)
        yield row("safety: false alarms, ordinary", lambda each: share(*measures.alarms(each, ["ordinary"])))
    elif measure == "blame":
        yield row("blame: F1", lambda each: _found(measures.blame(each)))
        yield row("blame: kind right where found", lambda each: share(*measures.blame_kinds(each)))
    elif measure == "acts":
        yield row("acts beside the main one: F1", lambda each: _found(measures.acts(each)))


def _facts(pairs: Pairs) -> Dict[str, Found]:
    return measures.facts(pairs, measures.annotated([each for each, _ in pairs]))


def _precision(pairs: Pairs) -> str:
    hits, _ = measures.alarms(pairs, measures.POSITIVE)
    wrong, _ = measures.alarms(pairs, ["hard_negative"])
    return share(hits, hits + wrong)


def compared(models: Dict[str, Trained], ours: Measured, default: Measured) -> Iterator[str]:
    """Both pipelines, trained and asked one after the other on this machine."""
    columns = ((models[NAAST], ours), (models[DEFAULT], default))

    def row(title: str, value) -> List[str]:
        return [title, *(value(*column) for column in columns)]

    yield from table(
        ["", "Naast", "Rasa's default pipeline (DIET)"],
        [
            row("intent accuracy", lambda _, m: share(*measures.accuracy(m.pooled("intents")))),
            row("intent macro-F1", lambda _, m: f"{measures.macro_f1(m.pooled('intents')):.3f}"),
            row("safety recall", lambda _, m: share(*measures.alarms(m.pooled("safety"), measures.POSITIVE))),
            row("false alarms, ordinary", lambda _, m: share(*measures.alarms(m.pooled("safety"), ["ordinary"]))),
            row("training, seconds", lambda t, _: f"{t.seconds:.0f}"),
            row("training, peak MB", lambda t, _: f"{t.megabytes:.0f}"),
            row("model, MB", lambda t, _: f"{t.size:.1f}"),
            row("start-up, seconds", lambda _, m: f"{m.probed.seconds:.1f}"),
            row("memory, peak MB", lambda _, m: f"{m.probed.megabytes:.0f}"),
            row("a message, median ms", lambda _, m: f"{m.milliseconds:.1f}"),
            row(f"{LONG_WORDS} words, ms", lambda _, m: f"{m.long_milliseconds:.0f}"),
        ],
    )


def page(ours: Measured, models: Dict[str, Trained], small: Measured, default: Measured) -> Iterator[str]:
    for measure in MEASURES:
        pairs = ours.pairs[measure]
        head = [measure, *(f"set “{name}”, {len(each)} messages" for name, each in pairs.items())]
        yield from table(head, list(measured_rows(pairs, measure)))
        yield ""
    yield f"A message takes {ours.milliseconds:.0f} ms (median), {LONG_WORDS} words {ours.long_milliseconds:.0f} ms.\n"
    yield f"Beside Rasa's default pipeline, both trained on the same messages, every {EVERY}th, in the same run:\n"
    yield from compared(models, small, default)
    yield "\nFacts, one by one, all sets:\n"
    per_fact = _facts(ours.pooled("facts"))
    rows = [[name, f"{f.precision:.2f}", f"{f.recall:.2f}", f"{f.f1:.2f}", str(f.true)] for name, f in per_fact.items()]
    yield from table(["fact", "precision", "recall", "F1", "said"], rows)
    yield "\nSafety: what another threshold of the score would give (in use: 0.5).\n"
    curve = safety_curve(ours.pooled("safety"), FIGURES / "safety-curve.svg")
    rows = [[f"{threshold:.1f}", f"{recall:.3f}", f"{alarms:.3%}"] for threshold, recall, alarms in curve]
    yield from table(["threshold", "recall", "false alarms, ordinary"], rows)
    yield "\n![Safety recall against false alarms](figures/safety-curve.svg)\n"
    intents = ours.pooled("intents")
    filled = bins(
        [parsed.confidence for _, parsed in intents], [each.label == parsed.intent for each, parsed in intents]
    )
    yield f"Calibration: expected error {calibration_error(filled):.3f}.\n"
    rows = [[f"{each.confidence:.2f}", f"{each.accuracy:.2f}", str(each.size)] for each in filled]
    yield from table(["confidence", "right", "messages"], rows)
    yield f"\nThe {MOST_CONFUSIONS} worst confusions:\n"
    rows = [[true, found, str(count)] for true, found, count in measures.confusions(intents, MOST_CONFUSIONS)]
    yield from table(["is", "taken for", "times"], rows)
    confusion_picture(intents, FIGURES / "confusions.svg")
    yield "\n![Which intent is taken for which](figures/confusions.svg)"
    yield "\nWhat says who somebody is and is taken out before a message is kept (set “redaction”, 500 messages):\n"
    yield from table(["kind", "taken out"], list(redaction.rows()))


def main() -> None:
    models = trained()
    ours = Measured(MODEL, MEASURES)
    small, default = (Measured(models[name].model, COMPARED) for name in (NAAST, DEFAULT))
    written = "\n".join(page(ours, models, small, default))
    print(written)
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{written}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
