"""What the schema cannot see: references that lead nowhere, conditions that name no fact, items that nobody can reach,
bubbles that are too long or too hard to read, numbers outside contacts.yml.

`python -m naast.guidance.checking` prints what is wrong with file and line, for editors (`make check-guidance`).
What is old, or not translated yet, is told too, but stops nothing: a text does not become wrong overnight, and until it
is translated it is said in the first language.
"""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence, Set

import yaml

from naast.guidance import readability, vocabulary
from naast.guidance.checking_translation import untranslated
from naast.guidance.library import GUIDANCE, Library, languages, load, variants_of
from naast.guidance.reading import GuidanceError
from naast.guidance.rendering import placeholders, render
from naast.guidance.schema import MAX_CHARACTERS, Button, Condition

MAX_SENTENCES = 2
MAX_SENTENCES_SIMPLER = 3
"""In simpler words the same takes more, shorter sentences."""
VALUES = ("summary", "confirmation", "plan", "feeling", "language")
OLD_DAYS = 180
LONGEST_SUMMARY = 130
"""Room kept for {summary}: five parts of the longest wording, as in tests/guidance/test_summary.py."""
_NUMBER = re.compile(r"\b(?:\d{3,4}[- ]\d{2,}|\d{6,}|0\d{2,3}-\d+|113|112|1813|1712)\b")
_ADDRESS = re.compile(r"(?i)https?://|www\.|\b[a-z0-9-]+\.(?:nl|be|org|com)\b")
_SENTENCE_END = re.compile(r"[.!?]['’]?(?:\s|$)")


def _line_of(path: Path, item_id: str) -> int:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if re.match(rf"\s*-?\s*(?:id:\s*{re.escape(item_id)}|{re.escape(item_id)}:)\s*$", line):
            return number
    return 1


def _bubble(text: str, sentences: int, library: Library) -> Iterator[str]:
    for name, part in placeholders(text):
        if name not in VALUES and name not in library.contacts:
            yield f"{{{name}}} is no contact of contacts.yml"
            return
        if part not in (None, "name", "phone", "url", "now"):
            yield f"{{{name}.{part}}}: a contact has name, phone, url and now (whether it is open)"
    bare = re.sub(r"\{[^}]*\}", "", text)
    if _NUMBER.search(bare) or _ADDRESS.search(bare):
        yield f"a number or address belongs in contacts.yml: {bare.strip()[:60]}"
    own_words = re.sub(r"'[^']*[.!?,a-z]'|\{plan\}", "", bare)  # without the sentences put in a parent's mouth
    never = re.search(rf"(?i)\b(?:{'|'.join(library.wording.never)})\b", own_words)
    if never:
        yield f"this wording blames, promises or asks for secrecy: {never[0]}"
    longest = max(library.wording.opening.values(), key=len)
    values = {"summary": "x" * LONGEST_SUMMARY, "confirmation": "x" * LONGEST_SUMMARY, "plan": "x" * 150}
    values["feeling"] = max(library.wording.feelings.values(), key=len)
    values["language"] = max((each.name for each in library.foreign.values()), key=len, default="")
    filled = render(text, library.contacts, {**values, **{f"{name}.now": longest for name in library.contacts}})
    if len(filled) > MAX_CHARACTERS:
        yield f"a bubble holds {len(filled)} characters, numbers filled in; at most {MAX_CHARACTERS}: {text[:50]}"
    if len(_SENTENCE_END.findall(own_words.strip())) > sentences:
        yield f"a bubble holds more than {sentences} sentences: {text[:50]}"


def _hard_to_read(text: str, language: str) -> Iterator[str]:
    plain = re.sub(r"\{[^}]*\}", "naam", text)
    if not readability.words(re.sub(r"\{[^}]*\}", "", text)):
        return
    score = readability.score(plain, language)
    if score is not None and score < readability.EASY_ENOUGH:
        yield f"hard to read: {score:.0f} on the scale of Flesch, at least {readability.EASY_ENOUGH:.0f}: {text[:50]}"
    for sentence in readability.sentences(plain):
        length = len(readability.words(sentence))
        if length > readability.MAX_WORDS:
            yield f"a sentence of {length} words, at most {readability.MAX_WORDS}: {sentence[:50]}"


def _condition(condition: Condition, known: Dict[str, Optional[Set[Any]]]) -> Iterator[str]:
    """A name or value that no message and no action ever sets: the condition would never hold."""
    for name, wanted in condition.items():
        if name not in known:
            yield f"the condition names {name}, which is no fact"
            continue
        for value in wanted if isinstance(wanted, list) else [wanted]:
            if known[name] is not None and value not in known[name] | vocabulary.ANY:
                yield f"the condition wants {name}: {value}, which is never so"


def _unreachable(library: Library, root: Path) -> Iterator[str]:
    """Items that nothing leads to, and variants behind one that always applies."""
    intents = set(yaml.safe_load((root.parent / "domain.yml").read_text(encoding="utf-8"))["intents"])
    named = vocabulary.named_by_code() | {
        outcome.say
        for question in library.questions.values()
        for outcome in (question.on_yes, question.on_no, question.on_unsure)
    }
    named |= {f"{group}/{intent}" for group in ("advice", "safety") for intent in intents}
    named |= {f"topics/{topic}" for topic in vocabulary.topics()}
    for group, by_name in library.groups().items():
        for name, variants in by_name.items():
            if f"{group}/{name}" not in named:
                yield f"{library.files[variants[0].id]}:1: nothing leads to {group}/{name}"
            yield from _shadowed(variants, library)
    placed = {stop.step for stop in library.order}
    for name, variants in library.steps.items():
        if name not in placed:
            yield f"{library.files[variants[0].id]}:1: plan.yml never calls for the step {name}"
        yield from _shadowed(variants, library)


def _shadowed(variants: Sequence, library: Library) -> Iterator[str]:
    always = next((number for number, item in enumerate(variants) if not item.when and not item.unless), None)
    for item in variants[always + 1 :] if always is not None else []:
        path = library.files[item.id]
        yield f"{path}:{_line_of(path, item.id)}: {item.id}: stands behind {variants[always].id}, which always applies"


def old(library: Library, today: datetime.date, root: Path = GUIDANCE) -> List[str]:
    """Sources and contacts that somebody should look at again."""
    found = []
    for source in library.sources.values():
        if source.read_on and (today - source.read_on).days > OLD_DAYS:
            found.append(f"{root / 'sources.yml'}: {source.id} was read {(today - source.read_on).days} days ago")
    for contact in library.contacts.values():
        if contact.review_by < today:
            found.append(f"{root / 'contacts.yml'}: {contact.id} was to be reviewed by {contact.review_by}")
    return found


def _buttons(buttons: Sequence[Button], intents: Sequence[str]) -> Iterator[str]:
    for button in buttons:
        if button.intent not in intents:
            yield f"the button '{button.title}' leads to the unknown intent {button.intent}"


def problems(library: Library, root: Path = GUIDANCE) -> List[str]:
    """Everything that is wrong, as `file:line: id: what`."""
    found = []
    intents = yaml.safe_load((root.parent / "domain.yml").read_text(encoding="utf-8"))["intents"]
    known = vocabulary.values(library)
    for item in library.items():
        path = library.files[item.id]
        messages = list(_buttons(item.buttons, intents))
        messages += [*_condition(item.when, known), *_condition(item.unless, known)]
        for text in item.text:
            messages += [*_bubble(text, MAX_SENTENCES, library), *_hard_to_read(text, library.language)]
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
    found += _unreachable(library, root)
    for stop in library.order:
        if stop.step not in library.steps:
            found.append(f"{root / 'plan.yml'}:1: the step {stop.step} has no file in steps/")
        for message in [*_condition(stop.when, known), *_condition(stop.unless, known)]:
            found.append(f"{root / 'plan.yml'}:1: {stop.step}: {message}")
    for contact in library.contacts.values():
        if contact.source not in library.sources:
            found.append(f"{root / 'contacts.yml'}:1: {contact.id}: unknown source {contact.source}")
    return found


def _question_problems(library: Library, intents: Sequence[str], root: Path) -> List[str]:
    path = root / library.language / "questions.yml"
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
    found: List[str] = []
    try:
        for language in languages():
            library = load(language=language)
            found += problems(library)
            for warning in untranslated(library, load()):
                print(f"untranslated: {warning}")
        for warning in old(load(), datetime.date.today()):
            print(f"old: {warning}")
    except GuidanceError as error:
        found.append(str(error))
    for problem in found:
        print(problem)
    print(f"guidance: {len(found)} problem(s)" if found else "guidance: all in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
