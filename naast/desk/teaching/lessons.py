"""Lessons, and the conversations in them: each message as it was stripped and read by a trainer, and the questions.

What Naast said is read from the events when it is shown, so an erased conversation is gone from every lesson.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Dict, List, Optional, Sequence

import sqlalchemy as sa

from naast.desk.reviews.stale import Overtaken
from naast.desk.tables import ACCOUNT, CONVERSATION, EXTRACT, LESSON


@dataclasses.dataclass(frozen=True)
class Part:
    """One turn of an extract: the words as they are handed out, whether it is, and whether a trainee answers here."""

    event_id: int
    text: str
    shown: bool = True
    asks: bool = False


@dataclasses.dataclass(frozen=True)
class Extract:
    """A conversation in a lesson. `read_by` is who read it after stripping; None: nobody, so nobody else sees it."""

    id: int
    lesson_id: int
    conversation_id: int
    sender_id: str
    parts: Sequence[Part]
    questions: Sequence[str]
    read_by: Optional[str]
    version: int


def _extract(row: Any) -> Extract:
    names = ("id", "lesson_id", "conversation_id", "sender_id", "read_by", "version")
    return Extract(
        parts=[Part(**each) for each in json.loads(row.parts)],
        questions=row.questions.splitlines(),
        **{name: row._mapping[name] for name in names},
    )


def make(connection: sa.engine.Connection, name: str, account_id: int, now: int) -> int:
    made = connection.execute(LESSON.insert().values(name=name, account_id=account_id, made=now))
    return made.inserted_primary_key[0]


def remove(connection: sa.engine.Connection, lesson_id: int) -> None:
    connection.execute(EXTRACT.delete().where(EXTRACT.c.lesson_id == lesson_id))
    connection.execute(LESSON.delete().where(LESSON.c.id == lesson_id))


def listed(connection: sa.engine.Connection) -> List[Any]:
    """Every lesson, the newest first, with who made it and how many conversations are in it and have been read."""
    counts: Dict[str, Any] = {
        "chosen": sa.func.count(EXTRACT.c.id),
        "ready": sa.func.count(EXTRACT.c.read_by),
    }
    wanted = sa.select(LESSON, ACCOUNT.c.name.label("by"), *(count.label(name) for name, count in counts.items()))
    wanted = wanted.select_from(LESSON.join(ACCOUNT).outerjoin(EXTRACT, EXTRACT.c.lesson_id == LESSON.c.id))
    return connection.execute(wanted.group_by(LESSON.c.id, ACCOUNT.c.name).order_by(LESSON.c.id.desc())).all()


def one(connection: sa.engine.Connection, lesson_id: int) -> Optional[Any]:
    return connection.execute(sa.select(LESSON).where(LESSON.c.id == lesson_id)).one_or_none()


def extracts(connection: sa.engine.Connection, lesson_id: int, only_read: bool = False) -> List[Extract]:
    """In the order in which they were chosen."""
    wanted = sa.select(EXTRACT, CONVERSATION.c.sender_id).join(CONVERSATION).where(EXTRACT.c.lesson_id == lesson_id)
    if only_read:
        wanted = wanted.where(EXTRACT.c.read_by.is_not(None))
    return [_extract(row) for row in connection.execute(wanted.order_by(EXTRACT.c.id))]


def add(
    connection: sa.engine.Connection, lesson_id: int, number: int, parts: Sequence[Part], questions: Sequence[str]
) -> bool:
    """Choose a conversation. False where it was in the lesson already."""
    held = (EXTRACT.c.lesson_id == lesson_id, EXTRACT.c.conversation_id == number)
    if connection.execute(sa.select(EXTRACT.c.id).where(*held)).first():
        return False
    values = {"lesson_id": lesson_id, "conversation_id": number, "version": 0}
    connection.execute(EXTRACT.insert().values(**values, **_written(parts, questions)))
    return True


def save(
    connection: sa.engine.Connection, extract: Extract, parts: Sequence[Part], questions: Sequence[str], by: str
) -> None:
    """Keep what a trainer made of it; `extract.version` is what they had before them.

    Raises:
        Overtaken: a colleague changed it since.
    """
    own = (EXTRACT.c.id == extract.id, EXTRACT.c.version == extract.version)
    values = {"read_by": by, "version": extract.version + 1, **_written(parts, questions)}
    if not connection.execute(EXTRACT.update().where(*own).values(**values)).rowcount:
        raise Overtaken(
            connection.execute(sa.select(EXTRACT.c.read_by).where(EXTRACT.c.id == extract.id)).scalar() or ""
        )


def leave_out(connection: sa.engine.Connection, extract_id: int) -> None:
    connection.execute(EXTRACT.delete().where(EXTRACT.c.id == extract_id))


def _written(parts: Sequence[Part], questions: Sequence[str]) -> Dict[str, str]:
    kept = json.dumps([dataclasses.asdict(part) for part in parts], ensure_ascii=False)
    return {"parts": kept, "questions": "\n".join(questions)}
