"""What a trainer makes of the messages of conversation 4."""

from naast.desk.reviews import corrections
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
