"""How much of what says who somebody is the redactor takes out, kind by kind, and how often it takes out too much."""

from __future__ import annotations

import re
from typing import Dict, Iterator, List, Tuple

import yaml

from naast.privacy.redact import redact
from scripts.evaluation.sets import FOLDER
from scripts.evaluation.statistics import share

BY_CUE = "naam, behind a cue"
NAME, SCHOOL = "naam", "school"
KINDS_OF_SCHOOL = re.compile(
    r"(?:basis|middelbare|scholengemeenschap|instituut|academy|primary|secondary|high|grammar)?(?:school)?"
    r"|college|lyceum|gymnasium|atheneum",
    re.I,
)
Counts = Dict[str, Tuple[int, int]]


def _read() -> Iterator[dict]:
    for path in sorted((FOLDER / "redaction").glob("*.yml")):
        yield from yaml.safe_load(path.read_text(encoding="utf-8"))["redaction"]


def parts(detail: str) -> List[str]:
    """The longer words of a detail: a surname, or a street without its number, would tell as much as the whole.

    What kind of school it is tells nothing.
    """
    told = [word for word in detail.split() if not KINDS_OF_SCHOOL.fullmatch(word)]
    return [word for word in told if len(word) > 3] or [detail]


def counts() -> Tuple[Counts, Tuple[int, int]]:
    """Per kind how many details are gone, and all; then how many messages without a detail were changed, and all."""
    gone: Dict[str, List[bool]] = {}
    changed: List[bool] = []
    for entry in _read():
        kept = redact(entry["text"])
        for detail in entry["found"]:
            kinds = [detail["kind"]]
            if detail["kind"] == NAME and entry.get("cue"):
                kinds.append(BY_CUE)
            for kind in kinds:
                gone.setdefault(kind, []).append(not any(part in kept for part in parts(detail["text"])))
        if not entry["found"]:
            changed.append(kept != entry["text"])
    return {kind: (sum(each), len(each)) for kind, each in sorted(gone.items())}, (sum(changed), len(changed))


def rows() -> Iterator[List[str]]:
    """The lines of the page: each kind, the structured kinds together, messages that lost what they should keep."""
    by_kind, changed = counts()
    for kind, (hits, of) in by_kind.items():
        yield [kind, share(hits, of)]
    structured = [each for kind, each in by_kind.items() if kind not in (NAME, BY_CUE, SCHOOL)]
    yield ["all structured kinds", share(sum(hits for hits, _ in structured), sum(of for _, of in structured))]
    yield ["messages without a detail that were changed", share(*changed)]
