"""Promise 6: kill -9 of any process at any moment loses no message that was acknowledged, and answers none twice."""

import json
import random
import sqlite3
import threading
import uuid
from collections import Counter

import pytest

from tests.http.reading import assert_kind
from tests.promises.until import acknowledged
from tests.web import Page

MESSAGES = [
    "mijn zoon van 13 wordt op snapchat gechanteerd met een naaktfoto",
    "ze willen 300 euro",
    "moeten we betalen?",
    "hoe bewaar ik bewijs?",
    "ik ben in paniek",
    "wat doet helpwanted?",
    "hij heeft nog niets betaald",
    "wat zeg ik tegen mijn kind?",
    "moet ik naar de politie?",
    "wie helpt mij?",
]
"""One conversation: the age is told in the first message only."""


class Killer(threading.Thread):
    """Kills one of the processes at a random moment and starts it again, `times` times."""

    def __init__(self, servers, times, seed):
        super().__init__(daemon=True)
        self.servers, self.left, self.random = servers, times, random.Random(seed)
        self.over = threading.Event()
        self.failed = None

    def run(self):
        try:
            while self.left and not self.over.wait(self.random.uniform(0.1, 1.5)):
                name = ("rasa", "actions")[self.left % 2]
                self.servers.kill(name)
                self.servers.start_rasa() if name == "rasa" else self.servers.start_actions()
                self.left -= 1
        except BaseException as error:  # pytest.fail raises one that is no Exception
            self.failed = error


def run(servers, conversations, kills):
    """Hold conversations while processes die, then look at what each parent sees and what the database holds."""
    killer = Killer(servers, kills, seed=6)
    killer.start()
    sent = []
    while len(sent) < conversations or killer.left:
        assert killer.failed is None, killer.failed
        # A page that cannot even begin tries again: nothing was acknowledged yet.
        page = begin(servers)
        ids = [uuid.uuid4().hex for _ in MESSAGES]
        answers = [acknowledged(page, text, message_id) for text, message_id in zip(MESSAGES, ids)]
        for answer in answers:
            assert_kind(answer)
        sent.append((page, ids, answers))
    killer.join(timeout=120)
    assert killer.failed is None and not killer.left

    kept = Counter()
    with sqlite3.connect(servers.database) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for (data,) in database.execute("SELECT data FROM events WHERE type_name = 'user'"):
            kept[json.loads(data).get("message_id")] += 1
    for page, ids, answers in sent:
        assert [kept[message_id] for message_id in ids] == [1] * len(ids)
        shown = page.shown()
        assert [each["text"] for each in shown if each["from"] == "parent"] == MESSAGES
        said = [each["text"] for each in shown if each["from"] == "naast"]
        assert said == [bubble["text"] for answer in answers for bubble in answer]
        assert "Leeftijd: 13" in page.ask("GET", "/export").text  # told before a kill, known after it
    return len(sent) * len(MESSAGES)


def begin(servers):
    for _ in range(600):
        try:
            return Page.begin(servers)
        except Exception:
            threading.Event().wait(0.2)
    raise AssertionError("the server did not come back")


def test_two_kills(breakable):
    assert run(breakable, conversations=3, kills=2) >= 30


@pytest.mark.prove
def test_fifty_kills_in_five_hundred_messages(breakable):
    assert run(breakable, conversations=50, kills=50) >= 500
