"""A batch tried beside the running model: start, watch, stop, read what got better and what broke, decide."""

from __future__ import annotations

import json
from typing import Any, Dict

from starlette.exceptions import HTTPException
from starlette.responses import Response

from naast.desk.auth.roles import TRAINER, Door
from naast.desk.pages.batches import batch_of, still_identifying
from naast.desk.training import batches, trials
from naast.desk.visit import Visit


def start(visit: Visit) -> Response:
    with visit.desk.engine.connect() as connection:
        batch = batch_of(visit, connection)
        items = batches.items(connection, batch.id)
        if still_identifying(items):
            return visit.page("problem.html", 409, problem="identifying")
        if not any(item.intent and not item.held_out for item in items):
            return visit.page("problem.html", 409, problem="nothing_to_try")
    try:
        number = visit.desk.trials.start(batch.id, visit.account.id)
    except trials.Busy:
        return visit.page("problem.html", 409, problem="busy")
    with visit.desk.writing.begin() as connection:
        visit.record(connection, "trial_started", f"trial {number}")
    return visit.to(f"/trials/{number}")


def _trial_of(visit: Visit, connection: Any) -> Any:
    found = trials.one(connection, visit.number())
    if found is None:
        raise HTTPException(404)
    return found


def _progress(trial: Any) -> Dict[str, Any]:
    stage, _, part = trial.stage.partition(" ")
    done, _, parts = part.partition("/")
    return {"stage": stage, "done": int(done or 0), "parts": int(parts or 0)}


def show(visit: Visit) -> Response:
    """The whole page, or for htmx only how far it is: whatever had the focus keeps it."""
    if "hx-request" in visit.request.headers:
        return _how_far(visit)
    with visit.desk.writing.begin() as connection:
        trial = _trial_of(visit, connection)
        visit.record(connection, "trial_seen", f"trial {trial.id}")
        result = json.loads(trial.result) if trial.result else None
        named = [each["event_id"] for part in ("patched", "reviewed") for each in (result or {}).get(part, ())]
        texts = trials.texts(connection, named)
        visit.record_each(connection, "trial_seen", trials.conversations(connection, named))
    return visit.page("trial.html", trial=trial, result=result, texts=texts, **_progress(trial))


def _how_far(visit: Visit) -> Response:
    with visit.desk.engine.connect() as connection:
        trial = _trial_of(visit, connection)
    answer = visit.page("trial_progress.html", **_progress(trial))
    if trial.state != trials.RUNNING:
        answer.headers["HX-Refresh"] = "true"
    return answer


def stop(visit: Visit) -> Response:
    with visit.desk.engine.connect() as connection:
        trial = _trial_of(visit, connection)
    if visit.desk.trials.stop(trial.id):
        with visit.desk.writing.begin() as connection:
            visit.record(connection, "trial_stopped", f"trial {trial.id}")
    return visit.to(f"/trials/{trial.id}")


def decide(visit: Visit) -> Response:
    decision = visit.field("decision", 16)
    if decision not in trials.DECISIONS:
        raise HTTPException(400)
    with visit.desk.writing.begin() as connection:
        _trial_of(visit, connection)
        if trials.decide(connection, visit.number(), decision, visit.account.name):
            visit.record(connection, f"trial_{decision}", f"trial {visit.number()}")
    return visit.to(f"/trials/{visit.number()}")


DOORS = (
    Door("POST", "/batches/{number:int}/trials", start, TRAINER),
    Door("GET", "/trials/{number:int}", show, TRAINER),
    Door("POST", "/trials/{number:int}/stop", stop, TRAINER),
    Door("POST", "/trials/{number:int}/decision", decide, TRAINER),
)
