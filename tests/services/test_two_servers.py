"""Two Rasa servers, one PostgreSQL, one Redis: a conversation goes from one to the other, and on when one is killed."""

import dataclasses
import itertools
import json
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import List, Optional

import pytest
import requests

from naast.channels import token
from naast.channels.texts import channel_texts
from naast.privacy.identity import conversation_id
from naast.store import schema
from tests.servers import Servers, free_port

REPORT = "mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto"
MORE = ("hij heeft 300 euro betaald", "dankjewel", "wat moeten we nu doen?", "oke", "dankjewel", "oke")
CONVERSATIONS, KILLED_AFTER = 4, 10
SECONDS_TO_ANSWER = 40
SECONDS_TO_BE_TOLD = 5.5
"""Five, and the way there and back on a machine that is busy with tests."""


@pytest.fixture(scope="module")
def two(database, redis_server, tmp_path_factory):
    """Two Rasa servers and one action server, started together."""
    schema.upgrade(schema.engine(database.url))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NAAST_DATABASE_URL", database.url)
        environment.setenv("NAAST_REDIS_URL", redis_server.url)
        actions = free_port()
        pair = [Servers(free_port(), actions, tmp_path_factory.mktemp(name), {}) for name in ("one", "other")]
        try:
            with ThreadPoolExecutor() as pool:
                starts = [pool.submit(start) for start in (pair[0].start_actions, *(each.start_rasa for each in pair))]
                for started in starts:
                    started.result()
            yield pair
        finally:
            for each in pair:
                for name in list(each.processes):
                    each.stop(name)


@dataclasses.dataclass
class Page:
    """A page behind a proxy that gives every request to the next server, and to the other when one does not answer."""

    bases: List[str]
    token: str
    sent: List[str] = dataclasses.field(default_factory=list)

    def post(self, base: str, text: str, message_id: str) -> requests.Response:
        return requests.post(
            f"{base}/messages",
            json={"id": message_id, "text": text},
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=15,
        )

    def send(self, text: str, message_id: Optional[str] = None):
        """Send until it is answered, as the widget does: under the same id."""
        message_id = message_id or uuid.uuid4().hex
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        for base in itertools.cycle(self.bases):
            assert time.monotonic() < deadline, "no answer"
            try:
                answer = self.post(base, text, message_id)
            except requests.RequestException:
                time.sleep(0.1)
                continue
            if answer.status_code == 200 and answer.json() != channel_texts().safety_reply("unavailable"):
                self.bases = self.bases[1:] + self.bases[:1]
                self.sent.append(message_id)
                return answer.json()
            time.sleep(0.5)


def stored(database, page):
    sender = conversation_id("web", token.address(page.token))
    return [
        json.loads(data) for (data,) in database.rows("SELECT data FROM events WHERE sender_id=%s ORDER BY id", sender)
    ]


def test_while_the_database_hangs_everybody_has_the_numbers_in_time_and_nothing_is_lost(two, database):
    bases = [f"http://127.0.0.1:{each.rasa_port}/webhooks/web" for each in two]
    pages = [Page(bases, requests.post(f"{bases[0]}/conversations", timeout=30).json()["token"]) for _ in range(6)]
    for page in pages:
        page.send("hallo")
    unanswered = [(page, base, uuid.uuid4().hex) for page, base in zip(pages, itertools.cycle(bases))]

    def timed(unsaid):
        page, base, message_id = unsaid
        started = time.monotonic()
        return page.post(base, REPORT, message_id), time.monotonic() - started

    with database.hanging(), ThreadPoolExecutor(len(pages)) as pool:
        for answer, seconds in pool.map(timed, unanswered):
            assert answer.status_code >= 500 and seconds < SECONDS_TO_BE_TOLD
            assert answer.json()["messages"][-1]["text"] == channel_texts().emergency
    for page, _, message_id in unanswered:
        page.send(REPORT, message_id)
        said = [event["message_id"] for event in stored(database, page) if event["event"] == "user"]
        assert said == page.sent


def test_nothing_is_lost_when_servers_alternate_and_one_is_killed(two, database):
    bases = [f"http://127.0.0.1:{each.rasa_port}/webhooks/web" for each in two]
    made = [requests.post(f"{bases[0]}/conversations", timeout=30).json()["token"] for _ in range(CONVERSATIONS)]
    pages = [Page(bases[index % 2 :] + bases[: index % 2], each) for index, each in enumerate(made)]
    answered = threading.Semaphore(0)

    def converse(page):
        for text in (REPORT, *MORE):
            page.send(text)
            answered.release()

    with ThreadPoolExecutor(CONVERSATIONS) as pool:
        conversations = [pool.submit(converse, page) for page in pages]
        for _ in range(KILLED_AFTER):
            assert answered.acquire(timeout=60)
        two[0].kill("rasa")
        for conversation in conversations:
            conversation.result()

    for page in pages:
        events = stored(database, page)
        said = [event["message_id"] for event in events if event["event"] == "user"]
        assert said == page.sent, "a message was lost, is there twice, or in another order"
        turns = [event["event"] for event in events if event["event"] in ("user", "bot")]
        assert all(turn == "bot" for before, turn in zip(turns, turns[1:]) if before == "user"), "an unanswered message"
        ages = [event["value"] for event in events if event["event"] == "slot" and event["name"] == "child_age"]
        assert ages and set(ages) == {14}, "one server does not know what the other heard"
        shown = requests.get(f"{bases[1]}/conversation", headers={"Authorization": f"Bearer {page.token}"}, timeout=15)
        assert [each["text"] for each in shown.json() if each["from"] == "parent"] == [REPORT, *MORE]
