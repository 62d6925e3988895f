"""The step plan for the facts of this case: which steps, in which order, and which come next."""

from __future__ import annotations

import dataclasses
from typing import Any, List, Mapping, Optional

from naast.guidance.choosing import applies, choose, holds, known_about
from naast.guidance.library import Library
from naast.guidance.schema import Step, Stop

MAX_STEPS = 10
"""More would not be a plan for one night."""
OPEN_LINES = 6
"""So many open steps are named at once; the rest is counted."""


@dataclasses.dataclass(frozen=True)
class PlannedStep:
    """A step of this plan, the place in plan.yml that called for it, and whether it is done."""

    step: Step
    stop: Stop
    done: bool


def plan(library: Library, facts: Mapping[str, Any]) -> List[PlannedStep]:
    """The steps in order, at most MAX_STEPS. Each stands once, at the first place of plan.yml whose condition holds."""
    facts = known_about(facts)
    planned: List[PlannedStep] = []
    placed = set()
    for stop in library.order:
        if stop.step in placed or not applies(stop, facts):
            continue
        step = choose(library.steps[stop.step], facts)
        if step is not None:
            placed.add(stop.step)
            planned.append(PlannedStep(step, stop, holds(step.done_when, facts)))
    optional = [entry for entry in planned if entry.stop.optional]
    for entry in optional[::-1][: max(0, len(planned) - MAX_STEPS)]:
        planned.remove(entry)
    return planned


def next_step(planned: List[PlannedStep]) -> Optional[Step]:
    """The first step that is not done, or None when all are."""
    return next((entry.step for entry in planned if not entry.done), None)


def overview(library: Library, planned: List[PlannedStep]) -> str:
    """The plan in one bubble, a line a step: what is done in one line, then what comes, numbered."""
    wording = library.wording
    lines = [f"{wording.done_mark} {entry.step.done_title}" for entry in planned if entry.done]
    if len(lines) > 1:
        lines = [wording.done_count.replace("{count}", str(len(lines))).replace("{all}", str(len(planned)))]
    still = [(number, entry) for number, entry in enumerate(planned, start=1) if not entry.done]
    lines += [f"{wording.open_mark.format(number=number)} {entry.step.title}" for number, entry in still[:OPEN_LINES]]
    if len(still) > OPEN_LINES:
        lines.append(wording.more_count.replace("{count}", str(len(still) - OPEN_LINES)))
    return "\n".join(lines)
