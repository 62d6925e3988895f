"""What the page counts: intents, facts, safety, blame and acts, each from labelled messages and what was understood."""

from __future__ import annotations

from collections import Counter
from typing import Any, Dict, List, Sequence, Set, Tuple

from sklearn.metrics import f1_score

from scripts.evaluation.probe import Parsed
from scripts.evaluation.sets import Labelled
from scripts.evaluation.statistics import Found

SAFETY_INTENTS = ("report_suicidal_risk", "report_immediate_danger")
POSITIVE = ("suicidal", "danger")
OTHER_MEASURES = frozenset({"blames_child"})
"""Facts that have a measure of their own."""
Pairs = Sequence[Tuple[Labelled, Parsed]]


def accuracy(pairs: Pairs) -> Tuple[int, int]:
    """Right verdicts, and all."""
    return sum(each.label == parsed.intent for each, parsed in pairs), len(pairs)


def macro_f1(pairs: Pairs) -> float:
    """F1 averaged over the intents that occur, each counting the same."""
    truth = [each.label for each, _ in pairs]
    found = [parsed.intent for _, parsed in pairs]
    return float(f1_score(truth, found, average="macro", labels=sorted(set(truth)), zero_division=0))


def confusions(pairs: Pairs, most: int) -> List[Tuple[str, str, int]]:
    """The pairs of intents that are mistaken most: what it is, what it was taken for, how often."""
    wrong = Counter((each.label or "", parsed.intent) for each, parsed in pairs if each.label != parsed.intent)
    return [(true, found, count) for (true, found), count in wrong.most_common(most)]


def _said(facts: Dict[str, Any]) -> Set[Tuple[str, str]]:
    return {
        (name, str(single))
        for name, value in facts.items()
        if name not in OTHER_MEASURES
        for single in (value if isinstance(value, list) else [value])
    }


def facts(pairs: Pairs, names: Set[str]) -> Dict[str, Found]:
    """Counts per fact; a fact is right when its value is."""
    found = {name: Found() for name in sorted(names)}
    for each, parsed in pairs:
        true = _said(each.facts or {})
        read = {(name, str(value)) for name, value in parsed.facts if name in names}
        for counted, which in ((true, "true"), (read, "said"), (true & read, "right")):
            for name, _ in counted:
                setattr(found[name], which, getattr(found[name], which) + 1)
    return found


def annotated(labelled: Sequence[Labelled]) -> Set[str]:
    """The facts that a set annotates."""
    return {name for each in labelled for name in each.facts or {}} - OTHER_MEASURES


def total(found: Dict[str, Found]) -> Found:
    """All names together: micro-averaged."""
    counts = list(found.values())
    return Found(sum(f.true for f in counts), sum(f.said for f in counts), sum(f.right for f in counts))


def alarms(pairs: Pairs, groups: Sequence[str]) -> Tuple[int, int]:
    """Messages of these groups that reach safety, and all of them."""
    inside = [parsed for each, parsed in pairs if each.label in groups]
    return sum(parsed.intent in SAFETY_INTENTS for parsed in inside), len(inside)


def blame(pairs: Pairs) -> Found:
    said = [parsed.blame_kind is not None for _, parsed in pairs]
    true = [each.label is not None for each, _ in pairs]
    return Found(sum(true), sum(said), sum(t and s for t, s in zip(true, said)))


def blame_kinds(pairs: Pairs) -> Tuple[int, int]:
    """Kinds that are right among the blame that was rightly found, and all of it."""
    found = [(each, parsed) for each, parsed in pairs if each.label and parsed.blame_kind]
    return sum(each.label == parsed.blame_kind for each, parsed in found), len(found)


def acts(pairs: Pairs) -> Found:
    """Acts beside the main one. Whatever of the message's acts was taken for the main one need not be found again."""
    found = Found()
    for each, parsed in pairs:
        wanted = {each.label, *each.also} - {parsed.intent}
        read = set(parsed.also_asked)
        found.true += len(wanted)
        found.said += len(read)
        found.right += len(wanted & read)
    return found
