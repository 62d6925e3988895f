"""A conversation turn by turn: what the parent said and how it was understood, what Naast said and where it is from."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import sqlalchemy as sa

from naast.desk.conversations.summary import BUTTON
from naast.desk.tables import EVENTS
from naast.guidance.library import GUIDANCE, Library

RUNNERS_UP = 4
QUESTION = "question."
STEP = "step."
BLAMES_CHILD = "blames_child"
_READ = ("user", "bot", "slot", "action")
_NO_ANSWER_OF_ITS_OWN = ("action_listen", "action_session_start")


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where an answer comes from: an item or question of the guidance, its file, and the sources it cites."""

    item: str
    title: str
    file: str
    sources: Sequence[Mapping[str, Any]]


@dataclasses.dataclass
class Bubble:
    """What Naast said: as the parent saw it, and the item it was."""

    text: str
    buttons: List[str]
    custom: Optional[Mapping[str, Any]]
    item: Optional[str]
    origin: Optional[Origin] = None


@dataclasses.dataclass
class Turn:
    """A message of the parent (`event_id` is None where Naast spoke first) and the answer to it."""

    event_id: Optional[int] = None
    text: str = ""
    typed: bool = False
    intent: Optional[str] = None
    confidence: float = 0.0
    ranking: Sequence[Mapping[str, Any]] = ()
    facts: Sequence[Mapping[str, Any]] = ()
    also_asked: Sequence[str] = ()
    safety: Optional[Mapping[str, Any]] = None
    safety_score: Optional[float] = None
    blame_kind: Optional[str] = None
    blame_score: Optional[float] = None
    action: Optional[str] = None
    bubbles: List[Bubble] = dataclasses.field(default_factory=list)
    slots: Dict[str, Any] = dataclasses.field(default_factory=dict)
    changed: List[str] = dataclasses.field(default_factory=list)

    @property
    def pieces(self) -> List[Tuple[str, List[str]]]:
        """The text cut where facts begin and end, each piece with the facts that it carries."""
        spans = [(f["start"], f["end"], f["entity"]) for f in self.facts if f.get("end")] if self.typed else []
        edges = sorted({0, len(self.text), *(edge for start, end, _ in spans for edge in (start, end))})
        edges = [edge for edge in edges if edge <= len(self.text)]
        return [
            (self.text[left:right], [name for start, end, name in spans if start <= left and right <= end])
            for left, right in zip(edges, edges[1:])
        ]


def turns(connection: sa.engine.Connection, sender_id: str, library: Library) -> List[Turn]:
    """Every turn of a conversation, in order."""
    wanted = sa.select(EVENTS.c.id, EVENTS.c.data).where(EVENTS.c.sender_id == sender_id, EVENTS.c.type_name.in_(_READ))
    events = [(number, json.loads(data)) for number, data in connection.execute(wanted.order_by(EVENTS.c.id))]
    found: List[Turn] = []
    titles: Dict[str, str] = {}
    slots: Dict[str, Any] = {}
    for number, event in events:
        kind = event["event"]
        if kind == "user" and event.get("text"):
            found.append(_said(number, event, titles))
            slots = dict(slots)
            found[-1].slots = slots
        elif not found and kind == "bot":
            found.append(Turn(slots=slots))
        if kind == "bot" and event.get("text"):
            bubble = _bubble(event, library)
            titles.update(
                {button["payload"]: button["title"] for button in (event.get("data") or {}).get("buttons") or []}
            )
            found[-1].bubbles.append(bubble)
        elif kind == "slot":
            _set_slot(slots, found[-1].changed if found else [], event["name"], event["value"])
        elif kind == "action" and found and event["name"] not in _NO_ANSWER_OF_ITS_OWN:
            found[-1].action = event["name"]
    return found


def _set_slot(slots: Dict[str, Any], changed: List[str], name: str, value: Any) -> None:
    if slots.get(name) == value or (value in (None, []) and name not in slots):
        return
    slots[name] = value
    if name not in changed:
        changed.append(name)


def _said(number: int, event: Mapping[str, Any], titles: Mapping[str, str]) -> Turn:
    parse = event.get("parse_data") or {}
    intent = parse.get("intent") or {}
    facts = parse.get("entities") or []
    typed = not event["text"].startswith(BUTTON)
    title = (event.get("metadata") or {}).get("title") or titles.get(event["text"], event["text"])
    return Turn(
        event_id=number,
        text=event["text"] if typed else title,
        typed=typed,
        intent=intent.get("name"),
        confidence=intent.get("confidence") or 0.0,
        ranking=[each for each in parse.get("intent_ranking") or [] if each["name"] != intent.get("name")][:RUNNERS_UP],
        facts=facts,
        also_asked=[each["intent"] for each in parse.get("also_asked") or []],
        safety=parse.get("safety"),
        safety_score=parse.get("safety_score"),
        blame_kind=parse.get("blame_kind"),
        blame_score=next((f.get("confidence_entity") for f in facts if f["entity"] == BLAMES_CHILD), None),
    )


def _bubble(event: Mapping[str, Any], library: Library) -> Bubble:
    data = event.get("data") or {}
    item = (event.get("metadata") or {}).get("item")
    return Bubble(
        text=event["text"],
        buttons=[button["title"] for button in data.get("buttons") or []],
        custom=data.get("custom"),
        item=item,
        origin=origin(library, item) if item else None,
    )


def origin(library: Library, item: str) -> Optional[Origin]:
    """Where the guidance says this; None where it does not any more."""
    if item.startswith(QUESTION):
        name = item.removeprefix(QUESTION)
        if name not in library.questions:
            return None
        return Origin(item, library.questions[name].text, f"guidance/{library.language}/questions.yml", [])
    found = library.item(item)
    if found is None:
        return None
    passages: Dict[str, List[str]] = {}
    for each in found.source:
        passages.setdefault(each.id, []).extend(
            [library.sources[each.id].passages[each.passage]] if each.passage else []
        )
    sources = [
        {**library.sources[name].dict(include={"title", "publisher", "url"}), "passages": read}
        for name, read in passages.items()
    ]
    return Origin(item, found.title, library.files[item].relative_to(GUIDANCE.parent).as_posix(), sources)
