"""A lesson as it is handed out: conversations by letter, without number, day or channel; on a page or as Markdown."""

from __future__ import annotations

import dataclasses
import re
import string
from typing import Iterable, List, Sequence

import sqlalchemy as sa

from naast.desk.conversations import reading
from naast.desk.conversations.reading import Bubble, Turn
from naast.desk.teaching.lessons import Extract
from naast.desk.teaching.stripping import strip_answer
from naast.desk.texts import Texts
from naast.guidance.library import Library

_MARKUP = re.compile(r"([\\`*_<>&#|~])|(?<=\])(\()")


@dataclasses.dataclass(frozen=True)
class Exchange:
    """What a parent said, stripped, and what Naast answered to it."""

    event_id: int
    said: str
    typed: bool
    bubbles: Sequence[Bubble]
    asks: bool


@dataclasses.dataclass(frozen=True)
class Conversation:
    """`conversation_id` is for the log; it is never handed out."""

    extract_id: int
    conversation_id: int
    letter: str
    exchanges: Sequence[Exchange]
    questions: Sequence[str]


def assembled(
    connection: sa.engine.Connection, extracts: Iterable[Extract], library: Library, texts: Texts
) -> List[Conversation]:
    """What parts of each extract are shown, with the answers that Naast gave."""
    return [
        Conversation(
            extract_id=extract.id,
            conversation_id=extract.conversation_id,
            letter=letter(place),
            exchanges=_exchanges(connection, extract, library, texts),
            questions=extract.questions,
        )
        for place, extract in enumerate(extracts)
    ]


def _exchanges(connection: sa.engine.Connection, extract: Extract, library: Library, texts: Texts) -> List[Exchange]:
    turns = {turn.event_id: turn for turn in reading.turns(connection, extract.sender_id, library)}
    return [
        Exchange(part.event_id, part.text, turns[part.event_id].typed, _said(turns[part.event_id], texts), part.asks)
        for part in extract.parts
        if part.shown and part.event_id in turns
    ]


def _said(turn: Turn, texts: Texts) -> List[Bubble]:
    return [dataclasses.replace(each, text=strip_answer(each.text, turn.slots, texts)) for each in turn.bubbles]


def letter(place: int) -> str:
    """A to Z, then AA and so on."""
    before, last = divmod(place, len(string.ascii_uppercase))
    return (letter(before - 1) if before else "") + string.ascii_uppercase[last]


def _plain(text: str) -> str:
    """With every character escaped that Markdown or HTML would take for more than itself."""
    return _MARKUP.sub(lambda found: "\\" + found[0], " ".join(text.split()))


def markdown(texts: Texts, name: str, conversations: Sequence[Conversation]) -> str:
    lines = [f"# {_plain(name)}", "", texts("handout.about"), ""]
    for each in conversations:
        lines += [f"## {texts('handout.conversation', letter=each.letter)}", ""]
        for exchange in each.exchanges:
            lines += [f"**{texts('handout.parent')}** {_plain(exchange.said)}", ""]
            for bubble in exchange.bubbles:
                lines += [f"> **{texts('handout.naast')}** {_plain(bubble.text)}", ""]
            if not exchange.bubbles:
                lines += [f"> *{texts('conversation.silence')}*", ""]
        lines += [f"### {texts('handout.questions')}", ""]
        lines += [f"{place}. {_plain(question)}" for place, question in enumerate(each.questions, 1)]
        lines.append("")
    return "\n".join(lines)
