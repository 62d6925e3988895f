"""What a trainer makes of messages, and what is kept of it."""

import json

import sqlalchemy as sa

from naast.desk.reviews import corrections
from naast.desk.tables import CORRECTION
from tests.desk.events import NOON

SAID = ["hoe lang blijft zo'n onderzoek lopen", "bel me op 0612345678", "hij heet Kevin", "moeten we betalen?"]


def judge(desk, event_id, intent, account=1, kind="intent", reason="", also=(), **value):
    with desk.writing.begin() as connection:
        corrections.correct(
            connection,
            conversation_id=4,
            event_id=event_id,
            account_id=account,
            kind=kind,
            value=value or {"intent": intent, "also": list(also)},
            reason=reason,
            seen=corrections.ALL_SEEN,
            now=NOON,
        )


def kept(desk, kind):
    """By whom, what and why, of the judgements of a kind that hold."""
    with desk.engine.connect() as connection:
        held = sa.select(CORRECTION).where(CORRECTION.c.kind == kind, CORRECTION.c.current.is_(True))
        return [(row.account_id, json.loads(row.value), row.reason) for row in connection.execute(held)]
