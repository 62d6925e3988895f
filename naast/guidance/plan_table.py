"""`make plan-table`: what each fact changes in the plan, and whose steps make way for whose: docs/plan-table.md."""

from __future__ import annotations

import itertools
from typing import Any, Dict, Iterator, List, Tuple

from naast.guidance.library import GUIDANCE, Library, load
from naast.guidance.plan import plan
from naast.guidance.schema import Condition

DOCUMENT = GUIDANCE.parent / "docs" / "plan-table.md"
AGES = {"under_12": 9, "under_16": 14, "under_18": 16, "adult": 19}
NOT_FOR_THE_TABLE = ("told", "last", "steps_done")
Case = Dict[str, Any]


def _cases(condition: Condition) -> Iterator[Tuple[str, Any]]:
    for name, wanted in condition.items():
        for value in wanted if isinstance(wanted, list) else [wanted]:
            if name not in NOT_FOR_THE_TABLE:
                yield name, value


def single_facts(library: Library) -> List[Tuple[str, Any]]:
    """Every fact with a value that plan.yml or a step looks at, in the order in which they stand there."""
    conditions = [stop.when for stop in library.order]
    conditions += [step.when for variants in library.steps.values() for step in variants]
    return list(dict.fromkeys(case for condition in conditions for case in _cases(condition)))


def case_of(*said: Tuple[str, Any]) -> Case:
    """Facts as the conversation keeps them: lists for what can be said more than once."""
    case: Case = {}
    for name, value in said:
        if name == "age_group":
            case["child_age"] = AGES[value]
        elif name in ("platforms", "demands", "circumstance"):
            case[name] = [*case.get(name, []), value]
        else:
            case[name] = value
    return case


def _names(library: Library, case: Case) -> List[str]:
    return [entry.step.id for entry in plan(library, case)]


def given_way(library: Library) -> Iterator[Tuple[str, str, List[str]]]:
    """Pairs of facts in which a step that one of them calls for is missing: another variant, or the plan is full."""
    usual = set(_names(library, {}))
    facts = single_facts(library)
    for first, second in itertools.combinations(facts, 2):
        if first[0] == second[0] and first[0] not in ("demands", "circumstance", "platforms"):
            continue
        wanted = (set(_names(library, case_of(first))) | set(_names(library, case_of(second)))) - usual
        missing = sorted(wanted - set(_names(library, case_of(first, second))))
        if missing:
            yield f"{first[0]}: {first[1]}", f"{second[0]}: {second[1]}", missing


def document(library: Library) -> str:
    """The page, in Markdown."""
    usual = _names(library, {})
    lines = [
        "# What changes the plan",
        "",
        "Made by `make plan-table` out of guidance/plan.yml and guidance/nl/steps/; do not edit. `step.variant` is the",
        "id of a step; **bold** are steps that differ from the usual plan.",
        "",
        f"The usual plan: {', '.join(f'`{name}`' for name in usual)}.",
        "",
        "## One fact at a time",
        "",
        "| fact | the plan |",
        "|---|---|",
    ]
    for fact in single_facts(library):
        steps = _names(library, case_of(fact))
        shown = [f"`{name}`" if name in usual else f"**`{name}`**" for name in steps]
        lines.append(f"| {fact[0]}: {fact[1]} | {', '.join(shown)} |")
    lines += ["", "## Two facts, where one makes way", "", "| fact | and | is not said |", "|---|---|---|"]
    for first, second, missing in given_way(library):
        lines.append(f"| {first} | {second} | {', '.join(f'`{name}`' for name in missing)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    page = document(load())
    DOCUMENT.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
