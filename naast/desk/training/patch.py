"""A batch as files for a pull request: training messages, examples of facts, what to measure with, test stories, and
notes for editors. What depends on the language is a file per language, for Naast reads it by folder."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Sequence

import yaml

from naast.desk.reviews.corrections import Correction
from naast.desk.training.batches import Item
from naast.guidance.library import FIRST, languages
from naast.privacy.redact import redact

VERSION = "3.1"
WIDEST = 120
FOLDERS = {
    "nlu": "data/nlu/{language}",
    "facts": "naast/understanding/facts/examples/{language}",
    "test": "tests/evaluation/intents",
    "acts": "tests/evaluation/acts",
    "stories": "tests/conversations",
}
"""Where each kind of file is read from; the notes for editors are read by people."""


@dataclasses.dataclass(frozen=True)
class File:
    """`kind` is a key of FOLDERS, or `answers`."""

    name: str
    kind: str
    folder: str
    content: str


class _Block(str):
    """Written as Rasa's training data is: after a bar, a line each."""


class _Folded(str):
    """Written as one paragraph over several lines."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    _Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")
)
_Dumper.add_representer(
    _Folded, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=">")
)


def _written(content: Any, width: int = 10_000) -> str:
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=width)


def _line(text: str) -> str:
    return " ".join(text.split())


def _version() -> str:
    return f'version: "{VERSION}"\n'


def nlu(items: Iterable[Item], voice: str) -> str:
    """The messages under their intents, with the voice `voice`, for data/nlu."""
    by_intent: Dict[str, List[str]] = {}
    for item in items:
        if item.intent:
            by_intent.setdefault(item.intent, []).append(_line(item.text))
    blocks = [
        {
            "intent": intent,
            "metadata": {"voice": voice},
            "examples": _Block("".join(f"- {text}\n" for text in dict.fromkeys(texts))),
        }
        for intent, texts in sorted(by_intent.items())
    ]
    return _version() + _written({"nlu": blocks})


def stories(items: Iterable[Item], actions: Mapping[str, str], batch: int) -> str:
    """A test story per conversation, for tests/conversations: after each message the action its intent calls for. They
    are called by number: what a trainer calls a batch may say who somebody is."""
    by_conversation: Dict[int, List[Item]] = {}
    for item in items:
        if item.intent in actions:
            by_conversation.setdefault(item.conversation_id, []).append(item)
    found = []
    for number, said in by_conversation.items():
        steps: List[Dict[str, Any]] = []
        for item in said:
            text = _line(item.text) + "\n"
            steps.append({"user": _Folded(text) if len(text) > WIDEST else _Block(text), "intent": item.intent})
            steps.append({"action": actions[item.intent]})
        found.append({"story": f"review {batch}, conversation {number}", "steps": steps})
    return _version() + _written({"stories": found}, WIDEST)


def acts(items: Iterable[Item]) -> str:
    """Messages that ask several things, for tests/evaluation/acts."""
    found = [{"text": _line(item.text), "intent": item.intent, "also": list(item.also)} for item in items]
    return _written({"acts": found}, WIDEST)


def facts(items: Iterable[Item]) -> str:
    """The messages with their facts, for naast/understanding/facts/examples: a list per conversation."""
    by_conversation: Dict[int, List[Dict[str, Any]]] = {}
    for item in items:
        if item.facts is not None:
            entry = {"text": _line(item.text), "facts": item.facts}
            by_conversation.setdefault(item.conversation_id, []).append(entry)
    return _written(list(by_conversation.values()))


def spoken(item: Item) -> str:
    """The language of the files that a message belongs in; the first one where Naast does not speak its own."""
    return item.language if item.language in languages() else FIRST


def files(batch: int, items: Sequence[Item], actions: Mapping[str, str], editors: str) -> List[File]:
    """All files of a batch that hold something; `editors` is what `notes` made."""
    found: List[File] = []

    def add(kind: str, name: str, content: str, language: str = FIRST) -> None:
        found.append(File(name, kind, FOLDERS.get(kind, "").format(language=language), content))

    learnt = [item for item in items if not item.held_out]
    measured = [item for item in items if item.held_out and item.intent]
    for language in sorted({spoken(item) for item in items}):
        own = [item for item in learnt if spoken(item) == language]
        if any(item.intent for item in own):
            add("nlu", f"review_{batch}_nlu_{language}.yml", nlu(own, f"review_{batch}"), language)
        told = [item for item in items if spoken(item) == language and item.facts is not None]
        if told:
            add("facts", f"review_{batch}_facts_{language}.yml", facts(told), language)
    single = [item for item in measured if not item.also]
    if single:
        add("test", f"review_{batch}_intents.yml", nlu(single, f"review_{batch}"))
    several = [item for item in measured if item.also]
    if several:
        add("acts", f"review_{batch}_acts.yml", acts(several))
    if any(item.intent in actions for item in items):
        # Rasa takes a file of stories for tests by its first letters.
        add("stories", f"test_review_{batch}.yml", stories(items, actions, batch))
    if editors:
        add("answers", f"review_{batch}_answers.md", editors)
    return found


def notes(judged: Sequence[Correction], said: Mapping[int, str]) -> str:
    """Which answers were judged and why, for the editors of guidance/, as Markdown. `said` names the item that was
    said at each message. Reasons are redacted: a reviewer may quote."""
    if not judged:
        return ""
    lines = ["# Answers that were judged", ""]
    for each in judged:
        reason = f": {redact(_line(each.reason))}" if each.reason else ""
        lines.append(f"- `{said.get(each.event_id, '?')}` {each.value['answer']}{reason}")
    return "\n".join(lines) + "\n"


def actions_by_intent(rules: Path) -> Dict[str, str]:
    """What the rules answer each intent with: the first action after it."""
    found: Dict[str, str] = {}
    for path in sorted(rules.rglob("*.yml")):
        for rule in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).get("rules") or []:
            steps = rule["steps"]
            if len(steps) == 2 and "intent" in steps[0] and "action" in steps[1]:
                found[steps[0]["intent"]] = steps[1]["action"]
    return found
