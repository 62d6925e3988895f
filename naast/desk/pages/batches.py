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
FILES = ("nlu.yml", "stories.yml", "facts.yml", "answers.md")


def _known(visit: Visit) -> Dict[str, str]:
    return learnt_from([visit.desk.training.data / "nlu"])


def _overview(visit: Visit, refused: Optional[Refused] = None, status: int = 200) -> Response:
    """The batches, and the messages that wait; after a refusal with what was filled in."""
    with visit.desk.writing.begin() as connection:
        visit.record(connection, "batches_seen")
    with visit.desk.engine.connect() as connection:
        waiting = candidates.waiting(connection, _known(visit))
        filled: Dict[str, str] = {name: value for name, value in visit.form.items() if isinstance(value, str)}
        return visit.page(
            "batches.html",
            status,
            waiting=waiting[:MOST_AT_ONCE],
            more=max(0, len(waiting) - MOST_AT_ONCE),
            made=batches.listed(connection),
            vocabulary=visit.desk.vocabulary,
            refused=refused,
            filled=filled,
            included=set(visit.form.getlist("include")) if refused else None,
        )


def show_all(visit: Visit) -> Response:
    return _overview(visit)


def _chosen(visit: Visit, waiting: Sequence[candidates.Candidate]) -> List[Item]:
    """What was ticked, in the words and under the intent that the trainer settled on."""
    ticked = {str(value) for value in visit.form.getlist("include")}
    found = []
    for each in waiting:
        if str(each.event_id) in ticked:
            text = visit.field(f"text-{each.event_id}", 10_000) or each.text
            intent = visit.field(f"intent-{each.event_id}", 64)
            if intent and intent not in visit.desk.vocabulary.intents:
                raise HTTPException(400)
            # Facts were marked in the words as they were; in other words somebody has to look again.
            facts = each.facts if text.split() == each.text.split() else None
            found.append(Item(each.event_id, each.conversation_id, text, intent or None, facts))
    return found


def make(visit: Visit) -> Response:
    known = _known(visit)
    name = visit.field("name", LONGEST_NAME) or visit.when(visit.now)
    try:
        with visit.desk.writing.begin() as connection:
            items = _chosen(visit, candidates.waiting(connection, known))
            if not items:
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
        return visit.page(
            "batch.html",
            batch=batch,
            items=batches.items(connection, batch.id),
            answers=batches.answers(connection, batch.id),
            trials=trials.of_batch(connection, batch.id),
            files=FILES,
            problem=None,
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


def download(visit: Visit) -> Response:
    name = visit.request.path_params["file"]
    with visit.desk.writing.begin() as connection:
        batch = batch_of(visit, connection)
        items = batches.items(connection, batch.id)
        if name not in FILES:
            raise HTTPException(404)
        if still_identifying(items):
            return visit.page("problem.html", 409, problem="identifying")
        if name == "nlu.yml":
            content = patch.nlu(items, f"review_{batch.id}")
        elif name == "stories.yml":
            content = patch.stories(items, patch.actions_by_intent(visit.desk.training.data / "rules"), batch.name)
        elif name == "facts.yml":
            content = patch.facts(items)
        else:
            judged = batches.answers(connection, batch.id)
            content = patch.notes(judged, _said(connection, [each.event_id for each in judged]))
        visit.record(connection, "batch_exported", f"batch {batch.id}")
    headers = {"Content-Disposition": f'attachment; filename="review_{batch.id}_{name}"'}
    return PlainTextResponse(content, headers=headers)


DOORS = (
    Door("GET", "/batches", show_all, TRAINER),
    Door("POST", "/batches", make, TRAINER),
    Door("GET", "/batches/{number:int}", show, TRAINER),
    Door("POST", "/batches/{number:int}/dissolve", dissolve, TRAINER),
    Door("GET", "/batches/{number:int}/files/{file}", download, TRAINER),
)
