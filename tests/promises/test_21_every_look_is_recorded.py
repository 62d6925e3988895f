"""Promise 21: every look at a conversation is recorded, in order, without a word of it, and outlives it."""

import json

import sqlalchemy as sa

from naast.desk.tables import AUDIT, CONVERSATION, MESSAGE, TRIAL
from naast.desk.training.trials import RUNNING


def entries(desk):
    with desk.engine.connect() as connection:
        wanted = sa.select(AUDIT.c.account, AUDIT.c.action, AUDIT.c.object).order_by(AUDIT.c.id)
        return [tuple(row) for row in connection.execute(wanted.where(AUDIT.c.account == "trainer"))]


def test_each_look_and_each_change_is_one_line_and_outlives_the_conversation(desk, visitor):
    with desk.engine.connect() as connection:
        wanted = sa.select(MESSAGE.c.event_id).where(MESSAGE.c.conversation_id == 3).order_by(MESSAGE.c.event_id)
        event_id = connection.execute(wanted).scalars().first()
        last = connection.execute(sa.select(CONVERSATION.c.last_event_id).where(CONVERSATION.c.id == 3)).scalar()
    browser = visitor("trainer")
    browser.get("/conversations/3")
    browser.get(f"/conversations/3/messages/{event_id}")
    browser.post(f"/conversations/3/messages/{event_id}", data={"kind": "intent", "intent": "greet", "seen": 0})
    browser.post("/conversations/3/notes", data={"text": "een notitie", "event_id": 0})
    browser.post("/conversations/3/status", data={"status": "reviewed", "seen": 0, "last_event_id": last})
    browser.get("/messages")
    browser.get("/batches")
    browser.post("/batches", data={"include": event_id, f"text-{event_id}": "bel me op 0612345678"})
    browser.post("/batches", data={"include": event_id, f"intent-{event_id}": "greet"})
    browser.get("/batches/1")
    browser.get("/batches/1/files/review_1_nlu_nl.yml")
    with desk.writing.begin() as connection:
        result = {
            "numbers": [],
            "changes": {"better": [], "worse": []},
            "patched": [{"event_id": event_id}],
            "reviewed": [],
        }
        values = {"batch_id": 1, "account_id": 2, "state": RUNNING, "stage": "training 1/2", "started": 1}
        values["result"] = json.dumps(result)
        connection.execute(TRIAL.insert().values(**values))
    browser.get("/trials/1")
    browser.get("/trials/1", headers={"HX-Request": "true"})  # how far it is, every other second
    browser.post("/trials/1/stop")
    browser.post("/trials/1/stop")  # it has stopped already
    assert browser.post("/trials/2/stop").status_code == 404
    with desk.writing.begin() as connection:
        connection.execute(CONVERSATION.delete().where(CONVERSATION.c.id == 3))
    browser.post("/logout")
    assert entries(desk) == [
        ("trainer", "logged_in", None),
        ("trainer", "conversation_seen", "conversation 3"),
        ("trainer", "conversation_seen", "conversation 3"),
        ("trainer", "corrected_intent", "conversation 3"),
        ("trainer", "noted", "conversation 3"),
        ("trainer", "status_reviewed", "conversation 3"),
        ("trainer", "messages_seen", None),
        ("trainer", "messages_seen", "conversation 3"),
        ("trainer", "batches_seen", None),
        ("trainer", "messages_seen", "conversation 3"),
        ("trainer", "batches_seen", None),  # once more, with what was refused
        ("trainer", "messages_seen", "conversation 3"),
        ("trainer", "batch_made", "batch 1"),
        ("trainer", "batch_seen", "batch 1"),
        ("trainer", "batch_seen", "conversation 3"),
        ("trainer", "batch_exported", "batch 1"),
        ("trainer", "trial_seen", "trial 1"),
        ("trainer", "trial_seen", "conversation 3"),
        ("trainer", "trial_stopped", "trial 1"),
        ("trainer", "logged_out", None),
    ]


def test_who_was_refused_has_seen_nothing(desk, visitor):
    visitor("reviewer").get("/batches")
    with desk.engine.connect() as connection:
        actions = set(connection.execute(sa.select(AUDIT.c.action)).scalars())
    assert "batches_seen" not in actions


def test_who_sees_single_messages_is_written_at_each_conversation(desk, visitor):
    browser = visitor("trainer")
    browser.get("/messages")
    assert entries(desk)[-2:] == [("trainer", "messages_seen", None), ("trainer", "messages_seen", "conversation 3")]
    assert "conversation 1" not in {about for _, _, about in entries(desk)}  # nothing of it was shown


def test_a_login_that_is_refused_is_written_without_what_may_be_a_password(desk, visitor):
    for name in ("trainer", "vier woorden van klei"):
        assert visitor("").post("/login", data={"name": name, "password": "x"}).status_code == 403
    with desk.engine.connect() as connection:
        refused = sa.select(AUDIT.c.account).where(AUDIT.c.action == "login_refused")
        assert connection.execute(refused).scalars().all() == ["trainer", "unknown"]
