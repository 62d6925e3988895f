"""The step plan for the facts of this case: which steps, in which order, and which come next."""

from __future__ import annotations

import dataclasses
from typing import Any, List, Mapping, Optional

from naast.guidance.choosing import applies, choose, holds
from naast.guidance.library import Library
from naast.guidance.schema import Step


@dataclasses.dataclass(frozen=True)
class PlannedStep:
    step: Step
    done: bool


def plan(library: Library, facts: Mapping[str, Any]) -> List[PlannedStep]:
    """The steps in order. A step stands once, at the first place of plan.yml whose condition holds."""
    planned: List[PlannedStep] = []
    placed = set()
    for stop in library.order:
        if stop.step in placed or not applies(stop, facts):
            continue
        step = choose(library.steps[stop.step], facts)
        if step is not None:
            placed.add(stop.step)
            planned.append(PlannedStep(step, holds(step.done_when, facts)))
    return planned


def next_step(planned: List[PlannedStep]) -> Optional[Step]:
    """The first step that is not done, or None when all are."""
    return next((entry.step for entry in planned if not entry.done), None)


def overview(library: Library, planned: List[PlannedStep]) -> str:
    """The plan in one bubble, a line a step."""
    lines = []
    for number, entry in enumerate(planned, start=1):
        mark = library.wording.done_mark if entry.done else library.wording.open_mark.format(number=number)
        lines.append(f"{mark} {entry.step.done_title if entry.done else entry.step.title}")
    return "\n".join(lines)
