"""A guest with an invitation holds a conversation that is marked as a test, from the first message to the desk."""

import dataclasses

import pytest
import requests

from naast.channels.texts import channel_texts
from naast.desk import clock, database
from naast.desk.conversations.sync import read_new
from naast.desk.desk import Desk
from naast.desk.tables import CONVERSATION
from naast.desk.texts import load_texts
from naast.invitation import invitation
from naast.settings import key
from tests.http.reading import assert_kind
from tests.web import Page, elsewhere, web


def begin(servers, **body):
    return elsewhere().post(f"{web(servers)}/conversations", json=body, timeout=30)


def page_of(servers, **body) -> Page:
    answer = begin(servers, **body)
    assert answer.status_code == 201, answer.text
    return dataclasses.replace(Page.begin(servers), token=answer.json()["token"])


@pytest.fixture
def desk(servers):
    opened = Desk(database.connect(f"sqlite:///{servers.database}"), "http://127.0.0.1", key(), load_texts(), clock.now)
    database.upgrade(opened.engine)
    yield opened
    opened.engine.dispose()


def tests_and_others(desk):
    read_new(desk)
    with desk.engine.connect() as connection:
        marks = connection.execute(CONVERSATION.select()).all()
    return sum(line.is_test for line in marks), sum(not line.is_test for line in marks)


def test_what_a_guest_says_is_marked_and_what_a_parent_says_is_not(servers, desk):
    tests, others = tests_and_others(desk)
    guest, parent = page_of(servers, invitation=invitation(key())), page_of(servers)
    answer = guest.send("mijn zoon van 14 wordt gechanteerd, mijn nummer is 06 12345678").json()
    assert_kind(answer)
    assert_kind(parent.send("mijn zoon van 14 wordt gechanteerd").json())
    assert tests_and_others(desk) == (tests + 1, others + 1)
    guest.press(answer[-1]["buttons"][0])
    assert tests_and_others(desk) == (tests + 1, others + 1)
    assert b"12345678" not in servers.database.read_bytes()


@pytest.mark.parametrize("given", ["", "guest", 1, None, ["x"]])
def test_what_is_no_invitation_begins_no_test(servers, given):
    answer = begin(servers, invitation=given)
    if given is None:
        assert answer.status_code == 201
    else:
        assert answer.status_code == 410
        assert answer.json()["messages"][0]["text"] == channel_texts().sentences["guest_over"]


def test_the_mark_of_a_guest_cannot_be_put_on_by_hand(servers):
    token = begin(servers).json()["token"]
    forged = dataclasses.replace(Page.begin(servers), token=f"~{token}")
    assert forged.send("hallo").status_code == 401


def test_the_page_tells_a_guest_that_it_is_a_test(servers):
    notice = channel_texts().sentences["guest"]
    good = requests.get(f"{web(servers)}/", params={"invitation": invitation(key())}, timeout=30)
    assert good.status_code == 200 and notice in good.text and f'invitation="{invitation(key())[:5]}' in good.text
    ordinary = requests.get(f"{web(servers)}/", timeout=30)
    assert notice not in ordinary.text and 'invitation=""' in ordinary.text
    over = requests.get(f"{web(servers)}/", params={"invitation": "<script>"}, timeout=30)
    assert over.status_code == 410 and "<script>" not in over.text and "naast-chat" not in over.text
    assert channel_texts().emergency in over.text
