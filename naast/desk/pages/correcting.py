"""The panel beside a message: right intent, right facts, was the answer right; and the judgements it makes."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from starlette.exceptions import HTTPException
from starlette.responses import Response

from naast.desk.auth.roles import REVIEWER, Door
from naast.desk.conversations import reading
from naast.desk.pages.conversation import line_of
from naast.desk.pages.overtaken import overtaken
from naast.desk.reviews import corrections, notes
from naast.desk.reviews.stale import Overtaken
from naast.desk.reviews.vocabulary import UnknownFact
from naast.desk.visit import Visit
from naast.understanding.facts.numbers import find_numbers
from naast.understanding.facts.tokens import tokenize

MOST_FACTS = 40
OTHER_TAB = "other_tab"
"""The problem of a reviewer who judged the same facts in two tabs."""


class Unfit(Exception):
    """What was filled in cannot be kept: the form is shown again, with the text `problem`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def _turn(visit: Visit, connection: Any, line: Any) -> reading.Turn:
    """Raises HTTPException 404 where the conversation has no such message of the parent."""
    event_id = visit.number("event_id")
    found = reading.turns(connection, line["sender_id"], visit.desk.guidance_in(line["language"]))
    turn = next((turn for turn in found if turn.event_id == event_id), None)
    if turn is None:
        raise HTTPException(404)
    return turn


def _own(visit: Visit, judged: List[corrections.Correction]) -> Dict[str, corrections.Correction]:
    return {each.kind: each for each in judged if each.account_id == visit.account.id}


def show(visit: Visit, unfit: Optional[Unfit] = None) -> Response:
    """The panel; after a refusal as a page, with what was filled in and what is against it."""
    with visit.desk.writing.begin() as connection:
        line = line_of(visit, connection)
        visit.record(connection, "conversation_seen", f"conversation {line['id']}")
        turn = _turn(visit, connection, line)
        judged = corrections.of_conversation(connection, line["id"]).get(turn.event_id, [])
        own = _own(visit, judged)
        template = "correcting_panel.html" if "hx-request" in visit.request.headers else "correcting.html"
        # Ticks are about facts that another tab has changed: they are not filled in again.
        keep = None if unfit is None or unfit.problem == OTHER_TAB else set(visit.form.getlist("keep"))
        return visit.page(
            template,
            400 if unfit else 200,
            problem=unfit.problem if unfit else None,
            filled={name: visit.field(name) for name in ("words", "fact", "amount", "start")},
            keep=keep,
            own_facts=own["facts"].id if "facts" in own else 0,
            line=line,
            turn=turn,
            judged=judged,
            own=own,
            seen=corrections.newest(judged),
            facts=own["facts"].value["facts"] if "facts" in own else turn.facts,
            vocabulary=visit.desk.vocabulary,
            tags=notes.tags_of_conversation(connection, line["id"]).get(turn.event_id, []),
            filters=visit.filters().query(),
        )


def _intent(visit: Visit, _turn: reading.Turn, _language: str) -> Dict[str, Any]:
    known = visit.desk.vocabulary.intents
    named = visit.field("intent", 64)
    also = [str(name) for name in visit.form.getlist("also") if name]
    if named not in known or not set(also) <= set(known):
        raise HTTPException(400)
    return {"intent": named, "also": [name for name in dict.fromkeys(also) if name != named]}


def _span(turn: reading.Turn, said: str, start: str) -> Tuple[int, int]:
    """Where in the text the chosen words stand: at `start` where they do, else where they stand first.

    Raises:
        Unfit: the message does not hold these words.
    """
    at = int(start) if start.isdecimal() and len(start) < 6 else -1
    if not said or turn.text[at : at + len(said)] != said or at < 0:
        at = turn.text.find(said) if said else -1
    if at < 0:
        raise Unfit("words")
    return at, at + len(said)


def _value(visit: Visit, fact: str, value: str, said: str, language: str) -> Any:
    """What was chosen; of a fact that is a number the one filled in, or the only one that the words hold.

    Raises:
        Unfit: there is no such fact or value, or no number.
    """
    if not value and not (value := visit.field("amount", 20)):
        numbers = {int(each.value) for each in find_numbers(tokenize(said), language)}
        value = str(numbers.pop()) if len(numbers) == 1 else ""
    try:
        return visit.desk.vocabulary.value(fact, value)
    except UnknownFact as problem:
        raise Unfit("number" if fact in visit.desk.vocabulary.numbers else "fact") from problem


def _facts(visit: Visit, turn: reading.Turn, language: str) -> Dict[str, Any]:
    """The facts that were kept, and at most one new one.

    Raises:
        Unfit: they changed under the reviewer's own hands, or the new one cannot be.
    """
    with visit.desk.engine.connect() as connection:
        judged = corrections.of_conversation(connection, visit.number()).get(turn.event_id, [])
    own = _own(visit, judged)
    if visit.field("own_facts", 18) not in ("", str(own["facts"].id if "facts" in own else 0)):
        raise Unfit(OTHER_TAB)
    before = own["facts"].value["facts"] if "facts" in own else turn.facts
    kept = {str(index) for index in visit.form.getlist("keep")}
    names = ("entity", "value", "start", "end")
    held = [{name: fact.get(name) for name in names} for index, fact in enumerate(before) if str(index) in kept]
    chosen = visit.field("fact", 100)
    if chosen:
        fact, _, value = chosen.partition("=")
        said = str(visit.form.get("words", "")).strip()
        start, end = _span(turn, said, visit.field("start", 6))
        value = _value(visit, fact, value, said, language)
        held.append({"entity": fact, "value": value, "start": start, "end": end})
    return {"facts": held[:MOST_FACTS]}


def _chosen(name: str, allowed: Tuple[str, ...]) -> Any:
    def read(visit: Visit, _turn: reading.Turn, _language: str) -> Dict[str, Any]:
        if visit.field(name, 16) not in allowed:
            raise HTTPException(400)
        return {name: visit.field(name, 16)}

    return read


READERS = {
    "intent": _intent,
    "facts": _facts,
    "answer": _chosen("answer", corrections.ANSWERS),
    "safety": _chosen("safety", corrections.SAFETY),
}


def save(visit: Visit) -> Response:
    kind = visit.field("kind", 16)
    if kind not in READERS:
        raise HTTPException(400)
    with visit.desk.engine.connect() as connection:
        line = line_of(visit, connection)
        turn = _turn(visit, connection, line)
    try:
        value = READERS[kind](visit, turn, line["language"])
    except Unfit as unfit:
        return show(visit, unfit)
    with visit.desk.writing.begin() as connection:
        line = line_of(visit, connection)
        try:
            corrections.correct(
                connection,
                conversation_id=line["id"],
                event_id=turn.event_id,
                account_id=visit.account.id,
                kind=kind,
                value=value,
                reason=visit.field("reason"),
                seen=visit.int_field("seen"),
                now=visit.now,
            )
        except Overtaken as problem:
            judged = corrections.of_conversation(connection, line["id"]).get(turn.event_id, [])
            return overtaken(visit, problem, seen=corrections.newest(judged))
        visit.record(connection, f"corrected_{kind}", f"conversation {line['id']}")
    return visit.to(f"/conversations/{line['id']}?{visit.filters().query()}#m{turn.event_id}")


def take_back(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        line = line_of(visit, connection)
        if corrections.take_back(connection, visit.int_field("correction"), visit.account.id):
            visit.record(connection, "took_back", f"conversation {line['id']}")
    return visit.to(f"/conversations/{line['id']}?{visit.filters().query()}#m{visit.number('event_id')}")


DOORS = (
    Door("GET", "/conversations/{number:int}/messages/{event_id:int}", show, REVIEWER),
    Door("POST", "/conversations/{number:int}/messages/{event_id:int}", save, REVIEWER),
    Door("POST", "/conversations/{number:int}/messages/{event_id:int}/take-back", take_back, REVIEWER),
)
