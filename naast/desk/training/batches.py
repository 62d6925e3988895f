"""Batches: reviewed messages that go into the training data together, and the answers that were judged with them."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Dict, List, Optional, Sequence, Set

import sqlalchemy as sa

from naast.desk.reviews import corrections
from naast.desk.reviews.corrections import Correction
from naast.desk.tables import ACCOUNT, BATCH, CONVERSATION, CORRECTION, ITEM
from naast.desk.training.checking import objections
from naast.desk.training.known import normal
from naast.guidance.library import FIRST


class Refused(Exception):
    """A message may not be learnt from; `event_id` says which, `objections` why."""

    def __init__(self, event_id: int, objections: Sequence[str]) -> None:
        super().__init__(f"message {event_id}: {', '.join(objections)}")
        self.event_id = event_id
        self.objections = objections


@dataclasses.dataclass(frozen=True)
class Item:
    """One message of a batch, in the words it is learnt in. `also` holds the acts beside the intent, which no training
    message can name; a message that is `held_out` is not learnt from but measured with."""

    event_id: int
    conversation_id: int
    text: str
    intent: Optional[str]
    facts: Optional[Dict[str, Any]]
    also: Sequence[str] = ()
    held_out: bool = False
    language: str = FIRST


def make(
    connection: sa.engine.Connection,
    *,
    name: str,
    account_id: int,
    items: Sequence[Item],
    known: Dict[str, str],
    now: int,
) -> int:
    """A new batch; without messages it is one of judged answers.

    Returns:
        Its number.

    Raises:
        Refused: a message still holds something identifying, has nothing to be learnt, stands under another intent in
            this very batch, or cannot be an example for another reason.
    """
    intents: Dict[str, Set[str]] = {}
    for item in items:
        if item.intent is not None:
            intents.setdefault(normal(item.text), set()).add(item.intent)
        against = objections(item.text, item.intent, known)
        if item.intent is None and item.facts is None:
            against.append("nothing_to_learn")
        if len(intents.get(normal(item.text), ())) > 1:
            against.append("two_intents")
        if against:
            raise Refused(item.event_id, against)
    made = connection.execute(BATCH.insert().values(name=name, account_id=account_id, made=now))
    number = made.inserted_primary_key[0]
    for item in items:
        row = {**dataclasses.asdict(item), "facts": None if item.facts is None else json.dumps(item.facts)}
        row["also"] = json.dumps(list(row["also"])) if row["also"] else None
        del row["language"]  # that of the conversation
        connection.execute(ITEM.insert().values(batch_id=number, **row))
    # What an item does not hold waits for another batch: its facts, where the words were changed.
    taken = {
        "intent": [item.event_id for item in items if item.intent is not None],
        "facts": [item.event_id for item in items if item.facts is not None],
    }
    with_them = (sa.and_(CORRECTION.c.kind == kind, CORRECTION.c.event_id.in_(ids)) for kind, ids in taken.items())
    open_ones = (CORRECTION.c.batch_id.is_(None), CORRECTION.c.current.is_(True))
    about = sa.or_(_judged_answer(), *with_them)
    connection.execute(CORRECTION.update().where(*open_ones, about).values(batch_id=number))
    return number


def _judged_answer() -> Any:
    """A judgement of an answer, but not of one to a guest's made-up story."""
    test = sa.select(CONVERSATION.c.id).where(CONVERSATION.c.is_test.is_(True))
    return sa.and_(CORRECTION.c.kind == "answer", CORRECTION.c.conversation_id.not_in(test))


def answers_waiting(connection: sa.engine.Connection) -> List[Correction]:
    """The judged answers that go into the next batch."""
    return corrections.that(connection, CORRECTION.c.batch_id.is_(None), _judged_answer())


def dissolve(connection: sa.engine.Connection, number: int) -> None:
    """Give the messages of a batch back: they wait for another one. Its name and its trials stay."""
    connection.execute(CORRECTION.update().where(CORRECTION.c.batch_id == number).values(batch_id=None))
    connection.execute(ITEM.delete().where(ITEM.c.batch_id == number))


def items(connection: sa.engine.Connection, number: int) -> List[Item]:
    """What is left of a batch: the messages of erased conversations are gone from it."""
    wanted = sa.select(ITEM, CONVERSATION.c.language).join(CONVERSATION).where(ITEM.c.batch_id == number)
    return [
        Item(
            event_id=row.event_id,
            conversation_id=row.conversation_id,
            text=row.text,
            intent=row.intent,
            facts=json.loads(row.facts) if row.facts else None,
            also=json.loads(row.also) if row.also else (),
            held_out=row.held_out,
            language=row.language,
        )
        for row in connection.execute(wanted.order_by(ITEM.c.conversation_id, ITEM.c.event_id))
    ]


def answers(connection: sa.engine.Connection, number: int) -> List[Correction]:
    """The answers that were judged: what editors of the guidance should look at."""
    return [each for each in corrections.of_batch(connection, number) if each.kind == "answer"]


def listed(connection: sa.engine.Connection) -> List[Any]:
    """All batches, newest first, with their maker and the number of messages left."""
    count = sa.select(sa.func.count()).where(ITEM.c.batch_id == BATCH.c.id).scalar_subquery()
    wanted = sa.select(BATCH, ACCOUNT.c.name.label("by"), count.label("messages")).where(
        BATCH.c.account_id == ACCOUNT.c.id
    )
    return connection.execute(wanted.order_by(BATCH.c.id.desc())).all()


def one(connection: sa.engine.Connection, number: int) -> Optional[Any]:
    return connection.execute(sa.select(BATCH).where(BATCH.c.id == number)).one_or_none()
