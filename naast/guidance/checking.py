"""What the schema cannot see: references that lead nowhere, bubbles that are too long, numbers outside contacts.yml.

`python -m naast.guidance.checking` prints what is wrong with file and line, for editors (`make check-guidance`).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Iterator, List, Sequence

import yaml

from naast.guidance.library import GUIDANCE, Library, load, variants_of
from naast.guidance.reading import GuidanceError
from naast.guidance.rendering import placeholders, render
from naast.guidance.schema import MAX_CHARACTERS, Button

MAX_SENTENCES = 2
MAX_SENTENCES_SIMPLER = 3
"""In simpler words the same takes more, shorter sentences."""
VALUES = ("summary", "plan")
LONGEST_SUMMARY = 130
"""Room kept for {summary}: five parts of the longest wording, as in tests/guidance/test_summary.py."""
# Sentences that no item may contain, whatever its source says: see docs/editing-guidance.md.
FORBIDDEN = re.compile(
    r"(?i)\b(je had (beter )?moeten|had je maar|beloof dat het|komt gegarandeerd|vertel het (aan )?niemand)\b"
)
_NUMBER = re.compile(r"\b(?:\d{3,4}[- ]\d{2,}|\d{6,}|0\d{2,3}-\d+|113|112|1813|1712)\b")
_ADDRESS = re.compile(r"(?i)https?://|www\.|\b[a-z0-9-]+\.(?:nl|be|org|com)\b")
_SENTENCE_END = re.compile(r"[.!?]['’]?(?:\s|$)")


def _line_of(path: Path, item_id: str) -> int:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if re.match(rf"\s*-?\s*id:\s*{re.escape(item_id)}\s*$", line):
            return number
    return 1


def _bubble(text: str, sentences: int, library: Library) -> Iterator[str]:
    for name, part in placeholders(text):
        if name not in VALUES and name not in library.contacts:
            yield f"{{{name}}} is no contact of contacts.yml"
            return
        if part not in (None, "name", "phone", "url"):
            yield f"{{{name}.{part}}}: a contact has name, phone and url"
    bare = re.sub(r"\{[^}]*\}", "", text)
    if _NUMBER.search(bare) or _ADDRESS.search(bare):
        yield f"a number or address belongs in contacts.yml: {bare.strip()[:60]}"
    own_words = re.sub(r"'[^']*[.!?,a-z]'|\{plan\}", "", bare)  # without the sentences put in a parent's mouth
    if FORBIDDEN.search(own_words):
        yield f"this wording blames, promises or asks for secrecy: {FORBIDDEN.search(own_words)[0]}"
    filled = render(text, library.contacts, {"summary": "x" * LONGEST_SUMMARY, "plan": "x" * 150})
    if len(filled) > MAX_CHARACTERS:
        yield f"a bubble holds {len(filled)} characters, numbers filled in; at most {MAX_CHARACTERS}: {text[:50]}"
    if len(_SENTENCE_END.findall(own_words.strip())) > sentences:
        yield f"a bubble holds more than {sentences} sentences: {text[:50]}"


def _buttons(buttons: Sequence[Button], intents: Sequence[str]) -> Iterator[str]:
    for button in buttons:
        if button.intent not in intents:
            yield f"the button '{button.title}' leads to the unknown intent {button.intent}"


def problems(library: Library, root: Path = GUIDANCE) -> List[str]:
    """Everything that is wrong, as `file:line: id: what`."""
    found = []
    intents = yaml.safe_load((root.parent / "domain.yml").read_text(encoding="utf-8"))["intents"]
    for item in library.items():
        path = library.files[item.id]
        messages = list(_buttons(item.buttons, intents))
        for text in item.text:
            messages += _bubble(text, MAX_SENTENCES, library)
        for text in item.simpler or []:
            messages += _bubble(text, MAX_SENTENCES_SIMPLER, library)
        for name in item.contacts:
            if name not in library.contacts:
                messages.append(f"the contact {name} is not in contacts.yml")
        for citation in item.source:
            source = library.sources.get(citation.id)
            if source is None:
                messages.append(f"the source {citation.id} is not in sources.yml")
            elif citation.passage and citation.passage not in source.passages:
                messages.append(f"the source {citation.id} has no passage {citation.passage}")
        if item.asks and item.asks not in library.questions:
            messages.append(f"asks {item.asks}, which is not in questions.yml")
        line = _line_of(path, item.id)
        found += [f"{path}:{line}: {item.id}: {message}" for message in messages]
    found += _question_problems(library, intents, root)
    for stop in library.order:
        if stop.step not in library.steps:
            found.append(f"{root / 'plan.yml'}:1: the step {stop.step} has no file in steps/")
    for contact in library.contacts.values():
        if contact.source not in library.sources:
            found.append(f"{root / 'contacts.yml'}:1: {contact.id}: unknown source {contact.source}")
    return found


def _question_problems(library: Library, intents: Sequence[str], root: Path) -> List[str]:
    path = root / "nl" / "questions.yml"
    found = []
    for question in library.questions.values():
        messages = list(_buttons(question.buttons, intents))
        for outcome in (question.on_yes, question.on_no, question.on_unsure):
            if outcome.say:
                try:
                    variants_of(library, outcome.say)
                except KeyError:
                    messages.append(f"says {outcome.say}, which does not exist")
        found += [f"{path}:{_line_of(path, question.id)}: {question.id}: {message}" for message in messages]
    for name in library.question_order:
        if name not in library.questions:
            found.append(f"{path}:1: the order names {name}, which is no question")
    return found


def main() -> int:
    try:
        found = problems(load())
    except GuidanceError as error:
        found = [str(error)]
    for problem in found:
        print(problem)
    print(f"guidance: {len(found)} problem(s)" if found else "guidance: all in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
