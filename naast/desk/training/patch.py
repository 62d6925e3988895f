"""A batch as files for a pull request: training messages, test stories, examples of facts, and notes for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Sequence

import yaml

from naast.desk.reviews.corrections import Correction
from naast.desk.training.batches import Item
from naast.privacy.redact import redact

VERSION = "3.1"


class _Block(str):
    """Written as Rasa's training data is: after a bar, a line each."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    _Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")
)


def _written(content: Any) -> str:
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


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


def stories(items: Iterable[Item], actions: Mapping[str, str], name: str) -> str:
    """A test story per conversation, for tests/conversations: after each message the action its intent calls for."""
    by_conversation: Dict[int, List[Item]] = {}
    for item in items:
        if item.intent in actions:
            by_conversation.setdefault(item.conversation_id, []).append(item)
    found = []
    for number, said in by_conversation.items():
        steps: List[Dict[str, Any]] = []
        for item in said:
            steps.append({"user": _Block(_line(item.text) + "\n"), "intent": item.intent})
            steps.append({"action": actions[item.intent]})
        found.append({"story": f"{name}, conversation {number}", "steps": steps})
    return _version() + _written({"stories": found})


def facts(items: Iterable[Item]) -> str:
    """The messages with their facts, for naast/understanding/facts/examples: a list per conversation."""
    by_conversation: Dict[int, List[Dict[str, Any]]] = {}
    for item in items:
        if item.facts is not None:
            entry = {"text": _line(item.text), "facts": item.facts}
            by_conversation.setdefault(item.conversation_id, []).append(entry)
    return _written(list(by_conversation.values()))


def notes(judged: Sequence[Correction], said: Mapping[int, str]) -> str:
    """Which answers were judged and why, for the editors of guidance/, as Markdown. `said` names the item that was
    said at each message. Reasons are redacted: a reviewer may quote."""
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
