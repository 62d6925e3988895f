"""Judgements about a message or the answer to it. Each reviewer has their own; none replaces a colleague's.

intent   {"intent": "ask_police", "also": ["express_panic"]}, also where Naast had it right
facts    {"facts": [{"entity", "value", "start", "end"}]}: all facts of the message, in characters of its text
answer   {"answer": "wrong" | "late" | "missing" | "good"}, with a reason
safety   {"safety": "confirmed" | "false"}: whether the safety layer fired rightly
"""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import Any, Dict, List, Mapping, Optional, Sequence

import sqlalchemy as sa

from naast.desk.reviews.stale import Overtaken
from naast.desk.tables import ACCOUNT, CORRECTION, MESSAGE

KINDS = ("intent", "facts", "answer", "safety")
ANSWERS = ("wrong", "late", "missing", "good")
SAFETY = ("confirmed", "false")
ALL_SEEN = sys.maxsize
"""Where the caller has made sure that no colleague is overruled."""


@dataclasses.dataclass(frozen=True)
class Correction:
    """One reviewer's judgement; `value` is the JSON above, decoded."""

    id: int
    event_id: int
    conversation_id: int
    account_id: int
    by: str
    kind: str
    value: Mapping[str, Any]
    reason: Optional[str]
    made: int
    batch_id: Optional[int]


def _read(row: Any) -> Correction:
    names = ("id", "event_id", "conversation_id", "account_id", "by", "kind", "reason", "made", "batch_id")
    return Correction(value=json.loads(row.value), **{name: row._mapping[name] for name in names})


def _select(*conditions: Any) -> sa.sql.Select:
    return (
        sa.select(CORRECTION, ACCOUNT.c.name.label("by"))
        .where(CORRECTION.c.account_id == ACCOUNT.c.id, CORRECTION.c.current.is_(True), *conditions)
        .order_by(CORRECTION.c.id)
    )


def of_conversation(connection: sa.engine.Connection, conversation_id: int) -> Dict[int, List[Correction]]:
    """The judgements that hold, by the message they are about."""
    found: Dict[int, List[Correction]] = {}
    for row in connection.execute(_select(CORRECTION.c.conversation_id == conversation_id)):
        found.setdefault(row.event_id, []).append(_read(row))
    return found


def that(connection: sa.engine.Connection, *conditions: Any) -> List[Correction]:
    """The judgements that hold and meet some conditions."""
    return [_read(row) for row in connection.execute(_select(*conditions))]


def not_exported(connection: sa.engine.Connection) -> List[Correction]:
    return that(connection, CORRECTION.c.batch_id.is_(None))


def of_batch(connection: sa.engine.Connection, batch_id: int) -> List[Correction]:
    return that(connection, CORRECTION.c.batch_id == batch_id)


def newest(corrections: Sequence[Correction]) -> int:
    """The number of the last judgement that a page shows of a message; 0 where there is none."""
    return max((each.id for each in corrections), default=0)


def correct(
    connection: sa.engine.Connection,
    *,
    conversation_id: int,
    event_id: int,
    account_id: int,
    kind: str,
    value: Mapping[str, Any],
    reason: str,
    seen: int,
    now: int,
) -> int:
    """Add a judgement; the reviewer's earlier one of this kind no longer holds.

    Args:
        seen: the number of the newest judgement about this message that the reviewer had before their eyes.

    Returns:
        Its number.

    Raises:
        Overtaken: a colleague has judged this message since.
    """
    about = (CORRECTION.c.event_id == event_id, CORRECTION.c.id > seen, CORRECTION.c.account_id != account_id)
    overtaken = connection.execute(_select(*about)).first()
    if overtaken:
        raise Overtaken(overtaken.by)
    own = (CORRECTION.c.event_id == event_id, CORRECTION.c.account_id == account_id, CORRECTION.c.kind == kind)
    connection.execute(CORRECTION.update().where(*own).values(current=False))
    if kind == "intent":
        connection.execute(MESSAGE.update().where(MESSAGE.c.event_id == event_id).values(labelled=True))
    made = connection.execute(
        CORRECTION.insert().values(
            conversation_id=conversation_id,
            event_id=event_id,
            account_id=account_id,
            kind=kind,
            value=json.dumps(value, ensure_ascii=False),
            reason=reason or None,
            current=True,
            made=now,
        )
    )
    return made.inserted_primary_key[0]


def take_back(connection: sa.engine.Connection, correction_id: int, account_id: int) -> bool:
    """A reviewer's own judgement no longer holds. False where it is not theirs, or in a batch already."""
    own = (CORRECTION.c.id == correction_id, CORRECTION.c.account_id == account_id, CORRECTION.c.batch_id.is_(None))
    row = connection.execute(sa.select(CORRECTION).where(*own, CORRECTION.c.current.is_(True))).first()
    if row is None:
        return False
    connection.execute(CORRECTION.update().where(*own).values(current=False))
    left = _select(CORRECTION.c.event_id == row.event_id, CORRECTION.c.kind == "intent")
    if row.kind == "intent" and connection.execute(left).first() is None:
        connection.execute(MESSAGE.update().where(MESSAGE.c.event_id == row.event_id).values(labelled=False))
    return True
