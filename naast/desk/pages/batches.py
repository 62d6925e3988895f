"""Reviewed messages on their way into the training data: read once more, put in a batch, taken along as files."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Sequence

import sqlalchemy as sa
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from naast.desk.auth.roles import TRAINER, Door
from naast.desk.tables import EVENTS
from naast.desk.training import batches, candidates, patch, trials
from naast.desk.training.batches import Item, Refused
from naast.desk.training.checking import objections
from naast.desk.training.known import learnt_from
from naast.desk.visit import Visit

LONGEST_NAME = 64
MOST_AT_ONCE = 100
"""Messages offered at a time: a person reads each of them."""


def _known(visit: Visit) -> Dict[str, str]:
    return learnt_from([visit.desk.training.data / "nlu"])


def _overview(visit: Visit, refused: Optional[Refused] = None, status: int = 200) -> Response:
    """The batches, and the messages that wait; after a refusal with what was filled in."""
    with visit.desk.engine.connect() as connection:
        waiting = candidates.waiting(connection, _known(visit))
        answers = batches.answers_waiting(connection)
    with visit.desk.writing.begin() as connection:
        visit.record(connection, "batches_seen")
        shown = [*waiting[:MOST_AT_ONCE], *answers]
        visit.record_each(connection, "messages_seen", (each.conversation_id for each in shown))
    with visit.desk.engine.connect() as connection:
        filled: Dict[str, str] = {name: value for name, value in visit.form.items() if isinstance(value, str)}
        return visit.page(
            "batches.html",
            status,
            waiting=waiting[:MOST_AT_ONCE],
            more=max(0, len(waiting) - MOST_AT_ONCE),
            answers=answers,
            made=batches.listed(connection),
            vocabulary=visit.desk.vocabulary,
            refused=refused,
            filled=filled,
            included=set(visit.form.getlist("include")) if refused else None,
            held_out=set(visit.form.getlist("held_out")) if refused else None,
        )


def show_all(visit: Visit) -> Response:
    return _overview(visit)


def _chosen(visit: Visit, waiting: Sequence[candidates.Candidate]) -> List[Item]:
    """What was ticked, in the words and under the intent that the trainer settled on."""
    ticked = {str(value) for value in visit.form.getlist("include")}
    held_out = {str(value) for value in visit.form.getlist("held_out")}
    found = []
    for each in waiting:
        if str(each.event_id) in ticked:
            text = visit.field(f"text-{each.event_id}", 10_000) or each.text
            intent = visit.field(f"intent-{each.event_id}", 64)
            if intent and intent not in visit.desk.vocabulary.intents:
                raise HTTPException(400)
            # Facts were marked in the words as they were; in other words somebody has to look again.
            facts = each.facts if text.split() == each.text.split() else None
            # What was asked beside one intent says nothing about another.
            also = each.also if intent == each.intent else []
            out = str(each.event_id) in held_out
            found.append(
                Item(each.event_id, each.conversation_id, text, intent or None, facts, also=also, held_out=out)
            )
    return found


def make(visit: Visit) -> Response:
    known = _known(visit)
    name = visit.field("name", LONGEST_NAME) or visit.when(visit.now)
    try:
        with visit.desk.writing.begin() as connection:
            items = _chosen(visit, candidates.waiting(connection, known))
            if not items and not batches.answers_waiting(connection):
                return visit.to("/batches")
            number = batches.make(
                connection, name=name, account_id=visit.account.id, items=items, known=known, now=visit.now
            )
            visit.record(connection, "batch_made", f"batch {number}")
    except Refused as refused:
        return _overview(visit, refused, 409)
    return visit.to(f"/batches/{number}")


def batch_of(visit: Visit, connection: Any) -> Any:
    """Raises HTTPException 404 where there is no such batch."""
    found = batches.one(connection, visit.number())
    if found is None:
        raise HTTPException(404)
    return found


def show(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        batch = batch_of(visit, connection)
        visit.record(connection, "batch_seen", f"batch {batch.id}")
        items, answers = batches.items(connection, batch.id), batches.answers(connection, batch.id)
        visit.record_each(connection, "batch_seen", (each.conversation_id for each in [*items, *answers]))
        return visit.page(
            "batch.html",
            batch=batch,
            items=items,
            answers=answers,
            trials=trials.of_batch(connection, batch.id),
            files=_files(visit, connection, batch.id, items),
        )


def dissolve(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        batch = batch_of(visit, connection)
        batches.dissolve(connection, batch.id)
        visit.record(connection, "batch_dissolved", f"batch {batch.id}")
    return visit.to("/batches")


def still_identifying(items: Sequence[Item]) -> List[int]:
    """Looked at again whenever a batch leaves the desk: the redactor may have learnt since."""
    return [item.event_id for item in items if "identifying" in objections(item.text, None, {})]


def _said(connection: Any, event_ids: Sequence[int]) -> Dict[int, str]:
    """The item that was said first after each of these messages."""
    found: Dict[int, str] = {}
    for event_id in event_ids:
        sender = sa.select(EVENTS.c.sender_id).where(EVENTS.c.id == event_id).scalar_subquery()
        wanted = sa.select(EVENTS.c.data).where(
            EVENTS.c.sender_id == sender, EVENTS.c.id > event_id, EVENTS.c.type_name == "bot"
        )
        data = connection.execute(wanted.order_by(EVENTS.c.id).limit(1)).scalar()
        item = (json.loads(data).get("metadata") or {}).get("item") if data else None
        if item:
            found[event_id] = item
    return found


def _files(visit: Visit, connection: Any, number: int, items: Sequence[Item]) -> List[patch.File]:
    judged = batches.answers(connection, number)
    editors = patch.notes(judged, _said(connection, [each.event_id for each in judged]))
    return patch.files(number, items, patch.actions_by_intent(visit.desk.training.data / "rules"), editors)


def download(visit: Visit) -> Response:
    name = visit.request.path_params["file"]
    with visit.desk.writing.begin() as connection:
        batch = batch_of(visit, connection)
        items = batches.items(connection, batch.id)
        found = next((each for each in _files(visit, connection, batch.id, items) if each.name == name), None)
        if found is None:
            raise HTTPException(404)
        if still_identifying(items):
            return visit.page("problem.html", 409, problem="identifying")
        visit.record(connection, "batch_exported", f"batch {batch.id}")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return PlainTextResponse(found.content, headers=headers)


DOORS = (
    Door("GET", "/batches", show_all, TRAINER),
    Door("POST", "/batches", make, TRAINER),
    Door("GET", "/batches/{number:int}", show, TRAINER),
    Door("POST", "/batches/{number:int}/dissolve", dissolve, TRAINER),
    Door("GET", "/batches/{number:int}/files/{file}", download, TRAINER),
)
