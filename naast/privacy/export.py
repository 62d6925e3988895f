"""What Naast knows of one conversation, as a text for the parent whose conversation it is.

Everything that is kept stands in it: what was said, as it was stored, what Naast took each message for, and the facts.
The words are data: guidance/nl/export.yml.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
from typing import Any, Dict, Iterator, List, Mapping, Optional, Text

import yaml
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.guidance.library import GUIDANCE, Library, load
from naast.guidance.summary import worded

PATH = GUIDANCE / "nl" / "export.yml"


@dataclasses.dataclass(frozen=True)
class Words:
    """See guidance/nl/export.yml."""

    texts: Dict[Text, Text]
    facts: Dict[Text, Text]
    values: Dict[Text, Dict[Text, Text]]
    working: List[Text]


@functools.lru_cache(maxsize=1)
def words() -> Words:
    """Raises:
    OSError, KeyError, yaml.YAMLError: the file is missing or damaged.
    """
    content = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    facts, values, working = content.pop("facts"), content.pop("values"), content.pop("working")
    return Words(content, facts, values, working)


@functools.lru_cache(maxsize=1)
def _library() -> Library:
    return load()


def _value(name: Text, value: Any) -> Text:
    own = words().values.get(name, {})
    if isinstance(value, bool):
        return words().texts["yes" if value else "no"]
    if isinstance(value, str) and value in own:
        return own[value]
    return worded(_library().wording, name, value)


def _facts(slots: Mapping[Text, Any]) -> Iterator[Text]:
    for name, label in words().facts.items():
        if slots.get(name) not in (None, []):
            yield f"- {label}: {_value(name, slots[name])}"


def _said(tracker: DialogueStateTracker) -> Iterator[Text]:
    texts, titles = words().texts, _library().wording.intents
    pressed: Dict[Text, Text] = {}
    for event in tracker.events:
        if isinstance(event, BotUttered) and event.text:
            pressed.update({each["payload"]: each["title"] for each in (event.data or {}).get("buttons") or []})
            yield f"{texts['naast']}: {event.text}"
        elif isinstance(event, UserUttered) and event.text:
            yield f"{texts['parent']}: {pressed.get(event.text, event.text)}"
            if event.intent_name and event.text not in pressed:
                yield f"   ({texts['understood']} {titles.get(event.intent_name, event.intent_name)})"


def export(tracker: Optional[DialogueStateTracker], today: datetime.date, days: int) -> Text:
    """The text to keep. `tracker` is None where nothing is kept; `days` is how long it would be."""
    texts = words().texts
    said = list(_said(tracker)) if tracker else []
    head = [texts["title"], f"{texts['made_on']} {today:%d-%m-%Y}", "", texts["emergency"], texts["careful"], ""]
    if not said:
        return "\n".join([*head, texts["nothing"], ""])
    facts = list(_facts(tracker.current_slot_values())) if tracker else []
    parts = [texts["until"].replace("{days}", str(days)), texts["redacted"], ""]
    if facts:
        parts += [texts["facts_title"], *facts, ""]
    return "\n".join([*head, *parts, texts["working_note"], "", texts["said_title"], *said, ""])
