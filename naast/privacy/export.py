"""What Naast knows of one conversation, as a text for the parent whose conversation it is.

Everything that is kept stands in it: what was said, as it was stored, what Naast took each message for, and the facts.
The words are data: guidance/<language>/export.yml.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
from typing import Any, Dict, Iterator, List, Mapping, Optional, Text

import yaml
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.channels import history
from naast.guidance.library import FIRST, GUIDANCE, load_wording, nearest
from naast.guidance.schema import Wording
from naast.guidance.summary import worded


@dataclasses.dataclass(frozen=True)
class Words:
    """See guidance/nl/export.yml."""

    language: Text
    texts: Dict[Text, Text]
    facts: Dict[Text, Text]
    values: Dict[Text, Dict[Text, Text]]
    working: List[Text]


def words(language: Optional[Text] = None) -> Words:
    """The words in a language, or in the one nearest to it; in the first one where none is known.

    Raises:
        OSError, KeyError, yaml.YAMLError: a file is missing or damaged; the server does not start.
    """
    return _read(nearest(language))


@functools.lru_cache(maxsize=None)
def _read(language: Text) -> Words:
    content = _content(language)
    content.pop("working", None)  # names, no words: they stand once, in the first language
    facts, values = content.pop("facts"), content.pop("values")
    return Words(language, content, facts, values, _content(FIRST)["working"])


def _content(language: Text) -> Dict[Text, Any]:
    return yaml.safe_load((GUIDANCE / language / "export.yml").read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=None)
def _wording(language: Text) -> Wording:
    return load_wording(language=language)


def _value(own: Words, name: Text, value: Any) -> Text:
    if isinstance(value, bool):
        return own.texts["yes" if value else "no"]
    if isinstance(value, str) and value in own.values.get(name, {}):
        return own.values[name][value]
    return worded(_wording(own.language), name, value)


def _facts(own: Words, slots: Mapping[Text, Any]) -> Iterator[Text]:
    for name, label in own.facts.items():
        if slots.get(name) not in (None, []):
            yield f"- {label}: {_value(own, name, slots[name])}"


def _said(own: Words, tracker: DialogueStateTracker) -> Iterator[Text]:
    texts, intents = own.texts, _wording(own.language).intents
    for event, pressed in history.said(tracker.events):
        if isinstance(event, BotUttered):
            yield f"{texts['naast']}: {event.text}"
            continue
        yield f"{texts['parent']}: {pressed or event.text}"
        if event.intent_name and not pressed:
            yield f"   ({texts['understood']} {intents.get(event.intent_name, event.intent_name)})"


def export(
    tracker: Optional[DialogueStateTracker], today: datetime.date, days: int, language: Optional[Text] = None
) -> Text:
    """The text to keep. `tracker` is None where nothing is kept; `days` is how long it would be."""
    own = words(language)
    texts = own.texts
    said = list(_said(own, tracker)) if tracker else []
    head = [texts["title"], f"{texts['made_on']} {today:%d-%m-%Y}", "", texts["emergency"], texts["careful"], ""]
    if not said:
        return "\n".join([*head, texts["nothing"], ""])
    facts = list(_facts(own, tracker.current_slot_values())) if tracker else []
    parts = [texts["until"].replace("{days}", str(days)), texts["redacted"], ""]
    if facts:
        parts += [texts["facts_title"], *facts, ""]
    return "\n".join([*head, *parts, texts["working_note"], "", texts["said_title"], *said, ""])


def as_file(
    tracker: Optional[DialogueStateTracker], today: datetime.date, days: int, language: Optional[Text]
) -> Dict[Text, Text]:
    """The text as a file, in the form of the files that a parent takes away."""
    text = export(tracker, today, days, language)
    return {"name": words(language).texts["file_name"], "type": "text/plain", "text": text}
