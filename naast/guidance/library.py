"""All of `guidance/`, loaded and checked once at start-up."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Tuple

from naast.guidance.reading import GuidanceError, parse, parse_list, read_yaml
from naast.guidance.schema import Contact, Foreign, Item, Question, Source, Step, Stop, Wording
from naast.guidance.translation import Words, read_words

GUIDANCE = Path(__file__).resolve().parents[2] / "guidance"
FIRST = "nl"
"""The language in which everything is written first; the others lay their words over it (translation.py)."""
OTHER = "other"
"""The folder of the languages in which Naast only says where help is."""
GROUPS = ("advice", "topics", "coach", "safety", "journey", "interface")
"""The folders of guidance/<language>/ whose files each hold the variants of one thing to say."""


@dataclasses.dataclass(frozen=True)
class Library:
    """What Naast can say in one language.

    `advice`, `topics`, `coach`, `safety`, `journey` and `interface` hold lists of variants by name; the first variant
    that applies is said. `steps` holds the variants of each step, `order` the order of the steps, `questions` the
    questions by id. `foreign` is what can be said in languages Naast does not speak, `missing` what this one lacks.
    """

    language: str
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
    foreign: Dict[str, Foreign]
    files: Dict[str, Path]
    missing: List[str]

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


def languages(root: Path = GUIDANCE) -> List[str]:
    """The languages Naast speaks, the first one first."""
    return [FIRST, *sorted(path.parent.name for path in root.glob("*/wording.yml") if path.parent.name != FIRST)]


def nearest(language: Optional[str], root: Path = GUIDANCE) -> str:
    """The language to speak with who writes this one: itself, else English as most people read it, else the first. The
    first one where none is known."""
    if language is None:
        return FIRST
    known = languages(root)
    return next(each for each in (language, "en", FIRST) if each in known)


def _variants(folder: Path, key: str, model, files: Dict[str, Path], words: Optional[Words]) -> Dict[str, List]:
    groups = {}
    for path in sorted(folder.glob("*.yml")):
        translate = words.item if words else None
        groups[path.stem] = parse_list(path, read_yaml(path), key, model, translate)
        if not groups[path.stem]:
            raise GuidanceError(f"{path}:1: this file holds no item")
        for item in groups[path.stem]:
            if item.id in files:
                raise GuidanceError(f"{path}:1: the id {item.id} is used in {files[item.id]} too")
            files[item.id] = (words and words.places.get(item.id)) or path
    if not groups:
        raise GuidanceError(f"{folder}: no guidance files here")
    return groups


def _by_id(path: Path, key: str, model, files: Dict[str, Path], words: Optional[Words] = None) -> Dict:
    entries = parse_list(path, read_yaml(path), key, model, words.contact if words else None)
    found: Dict = {}
    for entry in entries:
        if entry.id in found:
            raise GuidanceError(f"{path}:1: the id {entry.id} is used twice")
        found[entry.id] = entry
        files.setdefault(entry.id, path)
    return found


def load_wording(root: Path = GUIDANCE, language: str = FIRST) -> Wording:
    """The loose words of a language, for whoever needs nothing else: all of the guidance takes a second to read.

    Raises:
        GuidanceError: the file does not fit the schema, with file and line.
    """
    path = root / language / "wording.yml"
    return parse(path, read_yaml(path), Wording)


def load(root: Path = GUIDANCE, language: str = FIRST) -> Library:
    """Read `guidance/` in one of its languages.

    Raises:
        GuidanceError: a file does not fit the schema, with file and line.
    """
    files: Dict[str, Path] = {}
    first, plan_path = root / FIRST, root / "plan.yml"
    words = read_words(root / language) if language != FIRST else None
    questions_path = first / "questions.yml"
    questions_content = read_yaml(questions_path)
    questions = parse_list(questions_path, questions_content, "questions", Question, words.question if words else None)
    return Library(
        language=language,
        **{group: _variants(first / group, "items", Item, files, words) for group in GROUPS},
        steps=_variants(first / "steps", "steps", Step, files, words),
        order=parse_list(plan_path, read_yaml(plan_path), "order", Stop),
        questions={question.id: question for question in questions},
        question_order=questions_content.get("order", []),
        wording=load_wording(root, language),
        contacts=_by_id(root / "contacts.yml", "contacts", Contact, files, words),
        sources=_by_id(root / "sources.yml", "sources", Source, files),
        foreign={path.stem: parse(path, read_yaml(path), Foreign) for path in sorted((root / OTHER).glob("*.yml"))},
        files=files,
        missing=_missing(words, files) if words else [],
    )


def _missing(words: Words, files: Dict[str, Path]) -> List[str]:
    """What the language lacks, and what it has words for that is not there."""
    return words.missing + [f"there is no item {name}" for name in words.items if name not in files]


def variants_of(library: Library, name: str) -> Tuple[Item, ...]:
    """The variants called `group/name`, for instance `journey/first_report` or `steps/police`."""
    group, _, key = name.partition("/")
    found = {**library.groups(), "steps": library.steps}.get(group, {}).get(key)
    if found is None:
        raise KeyError(f"no guidance called {name}")
    return tuple(found)
