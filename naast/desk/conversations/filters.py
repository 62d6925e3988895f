"""What an inbox shows: read from the address of the page, turned into conditions, written back into links.

Every filter stands in the address, so that a view can be saved, shared with a colleague, and walked through.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any, Dict, List, Mapping, Optional, Tuple
from urllib.parse import urlencode

import sqlalchemy as sa

from naast.desk.conversations.summary import SURE
from naast.desk.conversations.words import words
from naast.desk.tables import CONVERSATION, TAG, WORD

C = CONVERSATION.c
LAYERS = ("pattern", "message", "window")
"""What can see danger (naast/understanding/safety)."""
FLAGS = {
    "safety": C.safety.is_not(None),
    "suicidal": C.safety.contains("suicidal"),
    "danger": C.safety.contains("danger"),
    **{f"by_{layer}": C.safety_layers.contains(layer) for layer in LAYERS},
    "by_classifier": sa.and_(C.safety.is_not(None), ~C.safety_layers.contains("pattern")),
    "fallback": C.fallbacks > 0,
    "doubt": C.lowest_confidence < SURE,
    "blame": C.blame.is_(True),
    "no_answer": C.no_answer.is_(True),
    "did_not_help": C.did_not_help.is_(True),
    "handed_over": C.handed_over.is_(True),
    "not_handed_over": C.handed_over.is_(False),
    "stopped": C.stopped_at.is_not(None),
}
SORTS = {"newest": (C.last_event_id,), "worst": (C.worry, C.last_event_id)}
STATUSES = ("open", "reviewed")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAME = re.compile(r"[\w.-]{1,64}")
MOST_WORDS = 8
MOST_CONFIDENCE = 100


@dataclasses.dataclass(frozen=True)
class Filters:
    """What is asked for; an empty field asks for nothing. `confidence` is a percentage, `flags` must all hold."""

    search: str = ""
    since: str = ""
    until: str = ""
    channel: str = ""
    language: str = ""
    intent: str = ""
    stopped_at: str = ""
    status: str = ""
    tag: str = ""
    shortest: Optional[int] = None
    confidence: Optional[int] = None
    flags: Tuple[str, ...] = ()
    tests: bool = False
    sort: str = "newest"

    @classmethod
    def read(cls, query: Any) -> "Filters":
        """From the parameters of an address (with `getlist` and `get`). What makes no sense is left out."""

        def named(name: str, pattern: re.Pattern = _NAME) -> str:
            value = query.get(name, "").strip()
            return value if pattern.fullmatch(value) else ""

        def number(name: str, most: int) -> Optional[int]:
            value = query.get(name, "").strip()
            return min(int(value), most) if value.isascii() and value.isdecimal() and len(value) < 6 else None

        return cls(
            search=query.get("search", "").strip()[:200],
            since=named("since", _DAY),
            until=named("until", _DAY),
            channel=named("channel"),
            language=named("language"),
            intent=named("intent"),
            stopped_at=named("stopped_at"),
            status=named("status") if named("status") in STATUSES else "",
            tag=query.get("tag", "").replace("\0", "").strip()[:40],
            shortest=number("shortest", 1000),
            confidence=number("confidence", MOST_CONFIDENCE),
            flags=tuple(flag for flag in FLAGS if flag in query.getlist("flag")),
            tests=query.get("tests") == "1",
            sort=query.get("sort") if query.get("sort") in SORTS else "newest",
        )

    def query(self, **changed: Any) -> str:
        """The parameters of an address that asks for this, with some of them changed; what is empty is left out."""
        asked: List[Tuple[str, str]] = []
        for field in dataclasses.fields(self):
            value = changed.pop(field.name, getattr(self, field.name))
            if field.name == "flags":
                asked += [("flag", flag) for flag in value]
            elif field.name == "tests":
                asked += [("tests", "1")] * bool(value)
            elif value not in ("", None, "newest"):
                asked.append((field.name, str(value)))
        return urlencode(asked + [(name, str(value)) for name, value in changed.items() if value])

    def conditions(self) -> List[Any]:
        """What must hold of a line. Test conversations are shown only where they are asked for."""
        equal: Mapping[str, Any] = {
            "channel": C.channel,
            "language": C.language,
            "intent": C.main_intent,
            "stopped_at": C.stopped_at,
            "status": C.status,
        }
        held = [column == getattr(self, name) for name, column in equal.items() if getattr(self, name)]
        held += [FLAGS[flag] for flag in self.flags]
        held += [C.is_test.is_(self.tests)]
        if self.since:
            held.append(C.day >= self.since)
        if self.until:
            held.append(C.day <= self.until)
        if self.shortest is not None:
            held.append(C.messages >= self.shortest)
        if self.confidence is not None:
            held.append(C.lowest_confidence <= self.confidence / 100)
        if self.tag:
            held.append(C.id.in_(sa.select(TAG.c.conversation_id).where(TAG.c.tag == self.tag)))
        return held + self._searched()

    def _searched(self) -> List[Any]:
        """Every word must occur; the last one may be the beginning of a word."""
        wanted = words(self.search)[:MOST_WORDS]
        if not wanted:
            return [sa.false()] if self.search else []
        found = [WORD.c.word == word for word in wanted[:-1]]
        found.append(sa.and_(WORD.c.word >= wanted[-1], WORD.c.word < wanted[-1] + "\U0010ffff"))
        return [C.id.in_(sa.select(WORD.c.conversation_id).where(each)) for each in found]

    @property
    def is_empty(self) -> bool:
        return self.query() == Filters(sort=self.sort).query()


def flags_of(line: Mapping[str, Any]) -> Dict[str, Any]:
    """The flags of one line that the inbox shows, each with what stands behind it."""
    lowest = line["lowest_confidence"]
    shown = {
        **dict.fromkeys((line["safety"] or "").split(","), line["safety_layers"]),
        "fallback": line["fallbacks"] or None,
        "doubt": lowest if lowest is not None and lowest < SURE else None,
        "blame": line["blame"] or None,
        "no_answer": line["no_answer"] or None,
        "did_not_help": line["did_not_help"] or None,
        "handed_over": line["handed_over"] or None,
        "test": line["is_test"] or None,
    }
    return {name: value for name, value in shown.items() if name and value is not None}
