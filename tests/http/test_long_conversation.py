"""A conversation may last for days: its turns cost the same, and all of it stays where the parent can find it."""

import json
import sqlite3
import statistics
import time
import uuid

import pytest
import requests

from naast.channels import token
from naast.privacy.identity import conversation_id
from naast.rasa_patches.session_length import MESSAGES_A_SESSION
from tests.http.reading import assert_kind, says

REPORT = "mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto"
SMALL_TALK = "dankjewel"
A_DAY = 86_400
SLOWER = 2.0
"""Times; docs/performance.md has what `make bench` measured on a quiet machine."""


def events_of(database, conversation):
    with sqlite3.connect(database, timeout=10) as connection:
        columns = "type_name, timestamp, intent_name, action_name, data"
        query = f"SELECT {columns} FROM events WHERE sender_id = ? ORDER BY id"
        return connection.execute(query, (conversation,)).fetchall()


def lengthen(database, conversation, turns):
    """Put a past of so many turns in front of a conversation: its own first turns again, as often as needed."""
    now = events_of(database, conversation)
    said = sum(kind == "user" for kind, *_ in now)
    past = []
    for day in range(-(-turns // said), 0, -1):
        for kind, at, intent, action, data in now:
            event = json.loads(data) | {"timestamp": at - day * A_DAY}
            if kind == "user":
                event["message_id"] = uuid.uuid4().hex
            past.append((conversation, kind, event["timestamp"], intent, action, json.dumps(event)))
    with sqlite3.connect(database, timeout=10) as connection:
        connection.execute("DELETE FROM events WHERE sender_id = ?", (conversation,))
        columns = "sender_id, type_name, timestamp, intent_name, action_name, data"
        rows = past + [(conversation, *row) for row in now]
        connection.executemany(f"INSERT INTO events ({columns}) VALUES (?, ?, ?, ?, ?, ?)", rows)
    return sum(kind == "user" for _, kind, *_ in rows)


def seconds(parent, text):
    started = time.perf_counter()
    assert_kind(parent.say(text))
    return time.perf_counter() - started


def test_a_turn_costs_the_same_after_five_hundred(servers):
    short, long = servers.conversation(), servers.conversation()
    for parent in (short, long):
        for text in [REPORT] + [SMALL_TALK] * 8:
            parent.say(text)
    turns = lengthen(servers.database, conversation_id("rest", long.sender), 490)
    assert turns >= 499
    taken = {id(short): [], id(long): []}
    for _ in range(5):  # in turns, so that a busy machine is busy for both
        for parent in (short, long):
            taken[id(parent)].append(seconds(parent, SMALL_TALK))
    at_ten, at_five_hundred = (statistics.median(taken[id(parent)]) for parent in (short, long))
    assert at_five_hundred <= SLOWER * at_ten, (at_ten, at_five_hundred)


def test_a_new_session_begins_with_the_message_that_found_the_old_one_full(servers, parent):
    parent.say(REPORT)
    for _ in range(MESSAGES_A_SESSION):
        parent.say(SMALL_TALK)
    kinds = [kind for kind, *_ in events_of(servers.database, conversation_id("rest", parent.sender))]
    assert kinds.count("session_started") == 2
    last = len(kinds) - kinds[::-1].index("session_started")
    assert kinds[last:].count("user") == 1


def test_each_session_begins_with_what_is_known_and_not_with_how_it_came_about(servers, parent):
    parent.say(REPORT)
    for _ in range(2 * MESSAGES_A_SESSION):
        parent.say(SMALL_TALK)
    events = [json.loads(data) for *_, data in events_of(servers.database, conversation_id("rest", parent.sender))]
    starts = [index for index, event in enumerate(events) if event["event"] == "session_started"]
    assert len(starts) == 3
    for start in starts[1:]:
        carried = []
        for event in events[start + 1 :]:
            if event["event"] != "slot":
                break
            carried.append(event["name"])
        assert {"child_age", "platforms"} <= set(carried)
        assert len(carried) == len(set(carried))


@pytest.fixture
def page(servers):
    """A web conversation with a long past: its token, and how to ask with it."""
    base = f"http://127.0.0.1:{servers.rasa_port}/webhooks/web"
    made = requests.post(f"{base}/conversations", timeout=30).json()["token"]

    def ask(method, path, **kwargs):
        headers = {"Authorization": f"Bearer {made}"}
        return requests.request(method, f"{base}{path}", headers=headers, timeout=30, **kwargs).json()

    return conversation_id("web", token.address(made)), ask


def test_all_of_it_is_restored_and_an_old_button_and_an_old_message_still_count(servers, page):
    conversation, ask = page
    first = ask("POST", "/messages", json={"id": "first", "text": REPORT})
    before = ask("GET", "/conversation")
    turns = lengthen(servers.database, conversation, 100)
    assert len(ask("GET", "/conversation")) == turns * len(before)
    button = next(button for bubble in first for button in bubble.get("buttons", []))
    pressed = ask("POST", "/messages", json={"id": "old button", **button})
    assert_kind(pressed)
    assert not says(pressed, "unknown_button")
    assert ask("POST", "/messages", json={"id": "first", "text": REPORT}) == first
