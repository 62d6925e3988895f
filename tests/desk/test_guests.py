"""Guest testers: a link from the desk is one that the web channel takes, and no other is."""

import datetime
import re
from urllib.parse import parse_qs, urlsplit

import itsdangerous.timed
import pytest
import sqlalchemy as sa

from naast.desk.conversations.sync import read_new
from naast.desk.reviews import doubtful
from naast.desk.tables import AUDIT, CONVERSATION, MESSAGE
from naast.desk.training import candidates, trials
from naast.invitation import DAYS, invitation, is_good
from naast.settings import CHAT_URL
from tests.desk.events import NOON, Said, rows, write

KEY = b"k" * 32


def test_a_trainer_makes_a_link_that_is_good(desk, visitor):
    text = visitor("trainer").post("/guests").text
    link = re.search(r'value="(http[^"]+)"', text)[1]
    assert link.startswith(CHAT_URL)
    assert is_good(parse_qs(urlsplit(link).query)["invitation"][0], desk.key)
    with desk.engine.connect() as connection:
        assert "guest_link_made" in connection.execute(sa.select(AUDIT.c.action)).scalars().all()


@pytest.mark.parametrize("given", ["", "guest", "guest.x.y", "é", "\0", "x" * 10_000, "ouder" + invitation(KEY)])
def test_what_was_not_given_out_is_no_invitation(given):
    assert not is_good(given, KEY)


def test_an_invitation_is_of_one_installation_and_ends(monkeypatch):
    given = invitation(KEY)
    assert is_good(given, KEY) and not is_good(given, b"x" * 32)
    later = datetime.timedelta(days=DAYS, seconds=2).total_seconds()
    real = itsdangerous.timed.time.time()
    monkeypatch.setattr(itsdangerous.timed.TimestampSigner, "get_timestamp", lambda _: int(real + later))
    assert not is_good(given, KEY)


def test_a_test_conversation_is_apart_from_the_others(desk, visitor):
    tried = list(rows("c" * 32, [Said("verzonnen verhaal over wobbers", confidence=0.2)], NOON))
    for row in tried:
        row["data"] = row["data"].replace('"metadata": {}', '"metadata": {"test": true}')
    write(desk.engine, tried)
    with desk.engine.connect() as connection:
        waiting = doubtful.waiting(connection)
    read_new(desk)
    with desk.engine.connect() as connection:
        number = connection.execute(sa.select(CONVERSATION.c.id).where(CONVERSATION.c.is_test.is_(True))).scalar()
        assert doubtful.waiting(connection) == waiting
    browser = visitor("reviewer")
    assert f"/conversations/{number}?" not in browser.get("/conversations").text
    shown = browser.get("/conversations?tests=1").text
    assert f"/conversations/{number}?" in shown and "testgesprek" in shown and "/conversations/3?" not in shown
    assert "wobbers" not in browser.get("/messages").text
    with desk.engine.connect() as connection:
        event_id = connection.execute(sa.select(MESSAGE.c.event_id).where(MESSAGE.c.conversation_id == number)).scalar()
    judged = {"kind": "intent", "intent": "ask_police", "seen": 0}
    assert browser.post(f"/conversations/{number}/messages/{event_id}", data=judged).status_code == 303
    with desk.engine.connect() as connection:
        assert candidates.waiting(connection, {}) == [] and trials._reviewed(connection, set()) == []
