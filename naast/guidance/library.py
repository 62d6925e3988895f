"""All of `guidance/`, loaded and checked once at start-up."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Dict, Iterator, List, Tuple

from naast.guidance.reading import GuidanceError, parse, parse_list, read_yaml
from naast.guidance.schema import Contact, Item, Question, Source, Step, Stop, Wording

GUIDANCE = Path(__file__).resolve().parents[2] / "guidance"
GROUPS = ("advice", "topics", "coach", "safety", "journey", "interface")
"""The folders of guidance/<language>/ whose files each hold the variants of one thing to say."""


@dataclasses.dataclass(frozen=True)
class Library:
    """What Naast can say in one language.

    `advice`, `topics`, `coach`, `safety`, `journey` and `interface` hold lists of variants by name; the first variant
    that applies is said. `steps` holds the variants of each step, `order` the order of the steps, `questions` the
    questions by id.
    """

    advice: Dict[str, List[Item]]
    topics: Dict[str, List[Item]]
    coach: Dict[str, List[Item]]
    safety: Dict[str, List[Item]]
    journey: Dict[str, List[Item]]
    interface: Dict[str, List[Item]]
    steps: Dict[str, List[Step]]
    order: List[Stop]
    questions: Dict[str, Question]
    question_order: List[str]
    wording: Wording
    contacts: Dict[str, Contact]
    sources: Dict[str, Source]
    files: Dict[str, Path]

    def groups(self) -> Dict[str, Dict[str, List[Item]]]:
        """The groups that `group/name` can name, without the steps, which plan.yml names."""
        return {name: getattr(self, name) for name in GROUPS}

    def items(self) -> Iterator[Item]:
        """Every item, also the steps."""
        for group in (*self.groups().values(), self.steps):
            for variants in group.values():
                yield from variants

    def item(self, item_id: str) -> Item | None:
        return next((item for item in self.items() if item.id == item_id), None)


def _variants(folder: Path, key: str, model, files: Dict[str, Path]) -> Dict[str, List]:
    groups = {}
    for path in sorted(folder.glob("*.yml")):
        groups[path.stem] = parse_list(path, read_yaml(path), key, model)
        if not groups[path.stem]:
            raise GuidanceError(f"{path}:1: this file holds no item")
        for item in groups[path.stem]:
            if item.id in files:
                raise GuidanceError(f"{path}:1: the id {item.id} is used in {files[item.id]} too")
            files[item.id] = path
    if not groups:
        raise GuidanceError(f"{folder}: no guidance files here")
    return groups


def _by_id(path: Path, key: str, model, files: Dict[str, Path]) -> Dict:
    entries = parse_list(path, read_yaml(path), key, model)
    found: Dict = {}
    for entry in entries:
        if entry.id in found:
            raise GuidanceError(f"{path}:1: the id {entry.id} is used twice")
        found[entry.id] = entry
        files.setdefault(entry.id, path)
    return found


def load(root: Path = GUIDANCE, language: str = "nl") -> Library:
    """Read `guidance/`.

    Raises:
        GuidanceError: a file does not fit the schema, with file and line.
    """
    files: Dict[str, Path] = {}
    folder = root / language
    questions_path, wording_path, plan_path = folder / "questions.yml", folder / "wording.yml", root / "plan.yml"
    questions_content = read_yaml(questions_path)
    return Library(
        **{group: _variants(folder / group, "items", Item, files) for group in GROUPS},
        steps=_variants(folder / "steps", "steps", Step, files),
        order=parse_list(plan_path, read_yaml(plan_path), "order", Stop),
        questions={
            question.id: question for question in parse_list(questions_path, questions_content, "questions", Question)
        },
        question_order=questions_content.get("order", []),
        wording=parse(wording_path, read_yaml(wording_path), Wording),
        contacts=_by_id(root / "contacts.yml", "contacts", Contact, files),
        sources=_by_id(root / "sources.yml", "sources", Source, files),
        files=files,
    )


def variants_of(library: Library, name: str) -> Tuple[Item, ...]:
    """The variants called `group/name`, for instance `journey/first_report` or `steps/police`."""
    group, _, key = name.partition("/")
    found = {**library.groups(), "steps": library.steps}.get(group, {}).get(key)
    if found is None:
        raise KeyError(f"no guidance called {name}")
    return tuple(found)
