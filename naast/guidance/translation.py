"""Lays the words of a language over the guidance of the first one.

guidance/nl holds everything: conditions, sources, buttons, questions. A translation holds only what is read, by id, in
files of the same names; so a language can never differ in what is advised to whom, nor in where it comes from. What is
not translated yet is said in the first language, and `make check-guidance` names it.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Dict, List, Optional

import pydantic

from naast.guidance.reading import GuidanceError, parse, read_yaml
from naast.guidance.schema import MAX_BUBBLES, Strict


class ItemWords(Strict):
    """What of an item is read. `title` and `done_title` are for steps only: a parent sees them in the plan."""

    title: Optional[str] = None
    done_title: Optional[str] = None
    text: pydantic.conlist(str, min_items=1, max_items=MAX_BUBBLES)
    simpler: Optional[pydantic.conlist(str, min_items=1, max_items=MAX_BUBBLES)] = None


class QuestionWords(Strict):
    """`answers`: for each short answer of the question, in its order, the words that give it."""

    text: str
    answers: List[List[str]] = []


class ContactWords(Strict):
    name: Optional[str] = None
    what_happens: str


@dataclasses.dataclass(frozen=True)
class Words:
    """The words of one language by id; `places` says in which file. `missing` fills while they are laid over."""

    items: Dict[str, ItemWords]
    questions: Dict[str, QuestionWords]
    contacts: Dict[str, ContactWords]
    buttons: Dict[str, str]
    places: Dict[str, Path]
    missing: List[str] = dataclasses.field(default_factory=list)

    def item(self, entry: Dict[str, Any]) -> Dict[str, Any]:
        """An item or step of the first language, with these words."""
        words = self.items.get(entry.get("id", ""))
        if words is None:
            self.missing.append(f"{entry.get('id')} is not translated")
        else:
            _lay_over(entry, words.dict(exclude_none=True))
        return self._with_buttons(entry)

    def question(self, entry: Dict[str, Any]) -> Dict[str, Any]:
        words = self.questions.get(entry.get("id", ""))
        if words is None:
            self.missing.append(f"the question {entry.get('id')} is not translated")
            return self._with_buttons(entry)
        entry["text"] = words.text
        answers = entry.get("answers", [])
        if len(words.answers) != len(answers):
            self.missing.append(f"the question {entry['id']} has {len(answers)} short answers")
        for answer, said in zip(answers, words.answers):
            answer["words"] = said
        return self._with_buttons(entry)

    def contact(self, entry: Dict[str, Any]) -> Dict[str, Any]:
        words = self.contacts.get(entry.get("id", ""))
        if words is None:
            self.missing.append(f"the contact {entry.get('id')} is not translated")
        else:
            _lay_over(entry, words.dict(exclude_none=True))
        return entry

    def _with_buttons(self, entry: Dict[str, Any]) -> Dict[str, Any]:
        for button in entry.get("buttons") or []:
            title = button.get("title")
            if title not in self.buttons:
                self.missing.append(f"the button '{title}' ({entry.get('id')}) is not translated")
            button["title"] = self.buttons.get(title, title)
        return entry


def _lay_over(entry: Dict[str, Any], words: Dict[str, Any]) -> None:
    """In place: the entry remembers its line of the first language's file, for an editor's mistakes there."""
    entry.pop("simpler", None)
    entry.update(words)


def read_words(folder: Path) -> Words:
    """The words in guidance/<language>/.

    Raises:
        GuidanceError: a file does not fit, with file and line.
    """
    items: Dict[str, ItemWords] = {}
    places: Dict[str, Path] = {}
    for path in sorted(folder.glob("*/*.yml")):
        for name, entry in read_yaml(path).items():
            if name in items:
                raise GuidanceError(f"{path}:1: the id {name} is used in {places[name]} too")
            items[name], places[name] = parse(path, entry, ItemWords), path
    return Words(
        items=items,
        questions=_by_id(folder / "questions.yml", QuestionWords),
        contacts=_by_id(folder / "contacts.yml", ContactWords),
        buttons={str(title): str(words) for title, words in _content(folder / "buttons.yml").items()},
        places=places,
    )


def _content(path: Path) -> Dict[str, Any]:
    """A file that a language may still lack: what is missing is told by the check, and stops no start."""
    return read_yaml(path) if path.exists() else {}


def _by_id(path: Path, model) -> Dict[str, Any]:
    return {name: parse(path, entry, model) for name, entry in _content(path).items()}
