"""Keeps the desk's lines up to date with Rasa's events: reads on from the last event seen, writes what changed.

A conversation that went on is summarised anew from all of its events, so a step may be repeated at any time. Each
transaction is small: the parents' chat writes into the same file.
"""

from __future__ import annotations

import json
import logging
from typing import Any, Dict, Iterable, List, Sequence, Tuple

import anyio
import sqlalchemy as sa

from naast.desk.conversations.summary import Summary, summarise
from naast.desk.conversations.words import of_all
from naast.desk.desk import Desk
from naast.desk.tables import CONVERSATION, EVENTS, MESSAGE, STATE, WORD

logger = logging.getLogger(__name__)
WATERMARK = "last_event_read"
OVERLAP = 1000
"""Events that are looked at again: PostgreSQL gives out ids before it commits, so a lower one can appear later."""
AT_ONCE = 50
SECONDS = 3
SWEEP_EVERY = 200
"""Rounds of reading between two looks for conversations that are gone."""
_READ = ("user", "bot", "slot")
"""What a summary is made of. A turn ends in an action, so the last event of a conversation is not one of these."""
Event = Tuple[int, float, Dict[str, Any]]


def read_new(desk: Desk) -> int:
    """Summarise every conversation with events that were not seen yet.

    Returns:
        How many conversations were new or had gone on.
    """
    if not sa.inspect(desk.engine).has_table(EVENTS.name):
        return 0  # Rasa has never run here
    with desk.engine.connect() as connection:
        seen = connection.execute(sa.select(STATE.c.value).where(STATE.c.name == WATERMARK)).scalar() or 0
        newest = connection.execute(sa.select(sa.func.max(EVENTS.c.id))).scalar() or 0
        last = sa.func.max(EVENTS.c.id)
        touched = connection.execute(
            sa.select(EVENTS.c.sender_id, last, CONVERSATION.c.last_event_id)
            .select_from(EVENTS.outerjoin(CONVERSATION, CONVERSATION.c.sender_id == EVENTS.c.sender_id))
            .where(EVENTS.c.id > seen - OVERLAP, EVENTS.c.type_name.in_(_READ))
            .group_by(EVENTS.c.sender_id, CONVERSATION.c.last_event_id)
        ).all()
    senders = [sender for sender, latest, known in touched if known is None or latest > known]
    changed = 0
    for start in range(0, len(senders), AT_ONCE):
        with desk.writing.begin() as connection:
            changed += _read(connection, senders[start : start + AT_ONCE])
    if newest > seen:
        with desk.writing.begin() as connection:
            connection.execute(STATE.delete().where(STATE.c.name == WATERMARK))
            connection.execute(STATE.insert().values(name=WATERMARK, value=newest))
    return changed


def _read(connection: sa.engine.Connection, senders: Sequence[str]) -> int:
    """Read and write in one transaction: whoever erases a conversation comes before or after it, never in between."""
    by_sender: Dict[str, List[Event]] = {}
    columns = (EVENTS.c.sender_id, EVENTS.c.id, EVENTS.c.timestamp, EVENTS.c.data)
    wanted = sa.select(*columns).where(EVENTS.c.sender_id.in_(senders), EVENTS.c.type_name.in_(_READ))
    for sender, number, moment, data in connection.execute(wanted.order_by(EVENTS.c.id)):
        by_sender.setdefault(sender, []).append((number, moment, json.loads(data)))
    known = {
        sender: (number, last)
        for sender, number, last in connection.execute(
            sa.select(CONVERSATION.c.sender_id, CONVERSATION.c.id, CONVERSATION.c.last_event_id).where(
                CONVERSATION.c.sender_id.in_(senders)
            )
        )
    }
    changed = 0
    for sender, events in by_sender.items():
        summary = summarise(events)
        number, last = known.get(sender, (None, 0))
        if summary is not None and events[-1][0] > last:
            _write(connection, sender, number, summary)
            changed += 1
    return changed


def _write(connection: sa.engine.Connection, sender: str, number: Any, summary: Summary) -> None:
    """A line, its messages and its words. What went on after a review is open again."""
    if number is None:
        inserted = connection.execute(
            CONVERSATION.insert().values(sender_id=sender, status="open", version=0, **summary.columns)
        )
        number = inserted.inserted_primary_key[0]
    else:
        own = CONVERSATION.c.id == number
        connection.execute(CONVERSATION.update().where(own).values(status="open", **summary.columns))
    have = set(connection.execute(sa.select(MESSAGE.c.event_id).where(MESSAGE.c.conversation_id == number)).scalars())
    new = [each for each in summary.typed if each.event_id not in have]
    _insert(
        connection,
        MESSAGE,
        (
            {
                "event_id": each.event_id,
                "conversation_id": number,
                "text": each.text,
                "intent": each.intent,
                "confidence": each.confidence,
                "labelled": False,
            }
            for each in new
        ),
    )
    indexed = set(connection.execute(sa.select(WORD.c.word).where(WORD.c.conversation_id == number)).scalars())
    found = sorted(of_all(each.text for each in new) - indexed)
    _insert(connection, WORD, ({"word": word, "conversation_id": number} for word in found))


def _insert(connection: sa.engine.Connection, table: sa.Table, rows: Iterable[Dict[str, Any]]) -> None:
    rows = list(rows)
    if rows:
        connection.execute(table.insert(), rows)


def sweep(desk: Desk) -> int:
    """Forget conversations whose events are gone. The tracker store forgets them in the same moment; this is for those
    that were erased by other means, a restored backup or a hand in the database.

    Returns:
        How many there were.
    """
    if not sa.inspect(desk.engine).has_table(EVENTS.name):
        return 0
    still_there = sa.select(EVENTS.c.id).where(EVENTS.c.sender_id == CONVERSATION.c.sender_id).exists()
    with desk.engine.connect() as connection:
        gone = list(connection.execute(sa.select(CONVERSATION.c.id).where(~still_there)).scalars())
    swept = 0
    for start in range(0, len(gone), AT_ONCE):
        few = CONVERSATION.c.id.in_(gone[start : start + AT_ONCE])
        with desk.writing.begin() as connection:
            swept += connection.execute(CONVERSATION.delete().where(few, ~still_there)).rowcount
    return swept


def refresh_choices(desk: Desk) -> None:
    with desk.engine.connect() as connection:
        desk.choices.refresh(connection, desk.clock())


async def keep_reading(desk: Desk) -> None:
    """Read every SECONDS. A round that fails is told by its kind and tried again."""
    rounds = 0
    while True:
        try:
            await anyio.to_thread.run_sync(read_new, desk)
            await anyio.to_thread.run_sync(refresh_choices, desk)
            if rounds % SWEEP_EVERY == 0:
                await anyio.to_thread.run_sync(sweep, desk)
        except Exception as error:
            logger.error("naast.desk.reading_failed kind=%s", type(error).__name__)
        rounds += 1
        await anyio.sleep(SECONDS)
