"""The desk beside the real servers: it reads what they write, and what a parent erases is gone from it too."""

import pytest
from starlette.testclient import TestClient

from naast.desk import database
from naast.desk.app import build
from naast.desk.auth import accounts
from naast.desk.clock import now
from naast.desk.conversations import inbox
from naast.desk.conversations.filters import Filters
from naast.desk.conversations.sync import read_new
from naast.desk.desk import Desk
from naast.desk.texts import load_texts

PASSWORD = "vier woorden van klei"
URL = "http://127.0.0.1:5080"
PLANTED = "citroenvlinder"


@pytest.fixture(scope="module")
def desk(servers) -> Desk:
    made = Desk(database.connect(f"sqlite:///{servers.database}"), URL, b"k" * 32, load_texts(), now)
    database.upgrade(made.engine)
    accounts.add(made, "reviewer", "reviewer", PASSWORD)
    return made


@pytest.fixture
def browser(desk) -> TestClient:
    opened = TestClient(build(desk), base_url=URL, headers={"Origin": URL})
    opened.post("/login", data={"name": "reviewer", "password": PASSWORD})
    return opened


def newest(desk):
    read_new(desk)
    with desk.engine.connect() as connection:
        return inbox.page(connection, Filters(), 1).lines[0]


def test_a_real_conversation_reads_as_it_was_held(desk, browser, parent):
    answer = parent.say("mijn zoon van 14 wordt op snapchat gechanteerd, bel me op 0612345678")
    parent.press(answer[-1]["buttons"][0]["title"])
    parent.say("hoe heeft hij zo dom kunnen zijn")
    line = newest(desk)
    assert (line["messages"], line["channel"], line["language"]) == (3, "rest", "nl")
    assert line["main_intent"] == "report_sextortion" and line["blame"] and not line["no_answer"]
    text = browser.get(f"/conversations/{line['id']}").text
    assert answer[0]["text"].split(",")[0] in text and answer[-1]["buttons"][0]["title"] in text
    assert "leeftijd = 14" in text and "first_report." in text and "guidance/first_report." in text
    assert parent.sender not in text and "0612345678" not in text


def test_danger_is_shown_with_what_saw_it(desk, parent):
    parent.say("mijn dochter wil niet meer leven")
    line = newest(desk)
    assert line["safety"] == "suicidal" and "pattern" in line["safety_layers"] and line["worry"] >= 3


def test_what_a_parent_erases_is_gone_from_the_desk_and_the_disk(desk, browser, parent, servers):
    parent.say(f"mijn zoon wordt gechanteerd en op zijn trui staat {PLANTED}")
    number = newest(desk)["id"]
    browser.post(f"/conversations/{number}/notes", data={"text": f"over {PLANTED}", "event_id": 0})
    assert PLANTED in browser.get(f"/conversations/{number}").text
    parent.say("verwijder dit gesprek")
    parent.say("ja")
    assert browser.get(f"/conversations/{number}").status_code == 404
    left = b"".join(path.read_bytes() for path in servers.folder.glob("naast.db*"))
    assert PLANTED.encode() not in left
