"""`make evaluate`: how well the trained model understands the held-out messages of tests/evaluation, on one page.

Only sums are printed, never a message: whoever reads the misses and then changes data or patterns has spent the set.
"""

from __future__ import annotations

import asyncio
import logging
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, List, Set, Tuple

import structlog
import yaml
from rasa.core.agent import Agent
from sklearn.metrics import f1_score

EVALUATION = Path("tests/evaluation")
SAFETY_INTENTS = ("report_suicidal_risk", "report_immediate_danger")
Parse = Callable[[str], Dict[str, Any]]


def wilson(hits: int, of: int) -> str:
    """A share with its 95 % Wilson interval."""
    if not of:
        return "-"
    share, z = hits / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * ((share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5)
    return f"{share:.3f} ({middle - half:.3f}-{middle + half:.3f}, {hits}/{of})"


def read(name: str) -> Dict[str, Any]:
    return yaml.safe_load((EVALUATION / name).read_text(encoding="utf-8"))


def scores(true: int, predicted: int, right: int) -> str:
    precision, recall = right / predicted if predicted else 0.0, right / true if true else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({true} said)"


def intents(parse: Parse) -> Iterable[str]:
    truth: List[str] = []
    found: List[str] = []
    took: List[float] = []
    for block in read("intents.yml")["nlu"]:
        for line in block["examples"].splitlines():
            started = time.perf_counter()
            parsed = parse(line.removeprefix("- "))
            took.append(time.perf_counter() - started)
            truth.append(block["intent"])
            found.append(parsed["intent"]["name"])
    right = sum(left == other for left, other in zip(truth, found))
    yield f"accuracy {wilson(right, len(truth))}"
    yield f"macro-F1 {f1_score(truth, found, average='macro', labels=sorted(set(truth)), zero_division=0):.3f}"
    yield f"median time of parse_message {statistics.median(took) * 1000:.0f} ms"


def _pairs(facts: Dict[str, Any]) -> Set[Tuple[str, str]]:
    return {
        (name, str(single))
        for name, value in facts.items()
        if name != "blames_child"
        for single in (value if isinstance(value, list) else [value])
    }


def facts(parse: Parse) -> Iterable[str]:
    counts: Dict[str, Counter] = {"true": Counter(), "predicted": Counter(), "right": Counter()}
    entries = read("facts.yml")["facts"]
    names = {name for entry in entries for name in entry["facts"]} - {"blames_child"}
    for entry in entries:
        said = _pairs(entry["facts"])
        read_off = {
            (entity["entity"], str(entity["value"]))
            for entity in parse(entry["text"])["entities"]
            if entity["entity"] in names
        }
        for key, pairs in (("true", said), ("predicted", read_off), ("right", said & read_off)):
            counts[key].update(name for name, _ in pairs)
    yield "all names: " + scores(*(sum(counts[key].values()) for key in ("true", "predicted", "right")))
    for name in sorted(names):
        yield f"  {name:20s} " + scores(*(counts[key][name] for key in ("true", "predicted", "right")))


def safety(parse: Parse) -> Iterable[str]:
    hits, sizes = Counter(), Counter()
    for group, texts in read("safety.yml").items():
        sizes[group] = len(texts)
        hits[group] = sum(parse(text)["intent"]["name"] in SAFETY_INTENTS for text in texts)
    positive = hits["suicidal"] + hits["danger"]
    yield f"recall, suicidal {wilson(hits['suicidal'], sizes['suicidal'])}"
    yield f"recall, danger   {wilson(hits['danger'], sizes['danger'])}"
    yield f"recall, both     {wilson(positive, sizes['suicidal'] + sizes['danger'])}"
    yield f"precision against the hard negatives {wilson(positive, positive + hits['hard_negative'])}"
    yield f"false alarms among ordinary messages {wilson(hits['ordinary'], sizes['ordinary'])}"


def blame(parse: Parse) -> Iterable[str]:
    true = predicted = right = kinds = 0
    for entry in read("blame.yml")["blame"]:
        parsed = parse(entry["text"])
        found = any(entity["entity"] == "blames_child" for entity in parsed["entities"])
        true += entry["kind"] is not None
        predicted += found
        right += found and entry["kind"] is not None
        kinds += found and entry["kind"] is not None and parsed.get("blame_kind") == entry["kind"]
    yield scores(true, predicted, right)
    yield f"kind right where blame was found: {wilson(kinds, right)}"


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    agent = Agent.load("models/naast.tar.gz")

    def parse(text: str) -> Dict[str, Any]:
        return asyncio.run(agent.parse_message(text))

    for title, part in (("Intents", intents), ("Facts", facts), ("Safety", safety), ("Blame", blame)):
        sys.stdout.write(f"\n{title}\n" + "\n".join(f"  {line}" for line in part(parse)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
