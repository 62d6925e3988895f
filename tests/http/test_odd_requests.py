"""Requests that no page of ours sends: whatever comes, a kind answer, no error of the server, nothing of anybody else.

A few hundred in `make test`, a hundred thousand in `make prove`. One in fifty holds a text that is understood; the rest
is refused before that.
"""

import json
import random
import uuid
import warnings

import pytest
import requests
from hypothesis import strategies as st

from naast.channels.texts import channel_texts
from tests.web import Page, web

SECRET = "koninginnenpage-van-een-ander"
PATHS = [
    "/messages",
    "/conversation",
    "/conversations",
    "/export",
    "/health",
    "/",
    "/naast.js",
    "/nowhere",
    "/messages/x",
]
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "BREW"]
TYPES = [
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "",
    "é",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "id": VALUES | st.text(min_size=1, max_size=70),
        "text": st.none() | st.integers() | st.just("") | st.just(" ") | st.lists(st.text(max_size=5), max_size=2),
        "payload": VALUES,
        "title": VALUES,
        "region": VALUES,
        "language": VALUES,
        "sender": VALUES,
        "metadata": VALUES,
    },
)
TEXTS = st.text(min_size=1, max_size=300)


class Odd:
    """Makes requests from a seed: two runs with the same one are alike."""

    def __init__(self, seed, page):
        self.random = random.Random(seed)
        random.seed(seed)  # what draws the examples below uses this one
        self.page = page
        self.bodies = self._drawn(BODIES, 60)
        self.texts = self._drawn(TEXTS, 30)

    def _drawn(self, strategy, number):

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `example` is meant for a console; a fixed number of draws is what we want
            return [strategy.example() for _ in range(number)]

    def body(self, understood):
        if understood:
            return json.dumps({"id": uuid.uuid4().hex, "text": self.random.choice(self.texts)}).encode()
        made = json.dumps(self.random.choice(self.bodies)).encode()
        kind = self.random.randrange(4)
        if kind == 0:
            return self.random.randbytes(self.random.randrange(200))
        if kind == 1:  # broken in one place
            place = self.random.randrange(len(made))
            return made[:place] + self.random.randbytes(1) + made[place + 1 :]
        return made

    def token(self):
        kind = self.random.randrange(4)
        if kind == 0:
            return self.page.token
        if kind == 1:
            place = self.random.randrange(len(self.page.token))
            return self.page.token[:place] + "x" + self.page.token[place + 1 :]
        return "".join(chr(self.random.randrange(33, 255)) for _ in range(self.random.randrange(60)))

    def ask(self):
        understood = self.random.randrange(50) == 0
        headers = {"Authorization": f"Bearer {self.page.token if understood else self.token()}".encode("latin-1")}
        headers["Content-Type"] = self.random.choice(TYPES).encode("latin-1")
        if self.random.randrange(5) == 0:
            headers["Origin"] = self.random.choice(["https://evil.example", "null", "http://127.0.0.1"])
            headers["X-Forwarded-For"] = "127.0.0.1"
        method, path = ("POST", "/messages") if understood else (self.random.choice(METHODS), self.random.choice(PATHS))
        return self.page.session.request(
            method, f"{self.page.base}{path}", headers=headers, data=self.body(understood), timeout=30
        )


def run(servers, number, seed):
    other = Page.begin(servers)
    other.send(SECRET)
    odd = None
    for count in range(number):
        if count % 500 == 0:  # a fresh address and conversation, so that not only the limits are tried
            odd = Odd(seed + count, Page.begin(servers))
        try:
            answer = odd.ask()
        except requests.ConnectionError:
            continue  # what is no HTTP at all is answered by closing the connection
        assert answer.status_code < 500, (count, answer.request.method, answer.request.path_url, answer.text)
        assert SECRET not in answer.text and "Traceback" not in answer.text
        assert "access-control-allow-origin" not in answer.headers
        is_json = answer.headers.get("content-type") == "application/json"
        if answer.status_code >= 400 and answer.request.method != "HEAD" and is_json:
            assert answer.json()["messages"][-1]["text"] == channel_texts().emergency
    assert [each["text"] for each in other.shown() if each["from"] == "parent"] == [SECRET]
    assert requests.get(f"{web(servers)}/health", timeout=30).status_code == 200


def test_five_hundred_odd_requests(servers):
    run(servers, 500, seed=1)


@pytest.mark.prove
def test_a_hundred_thousand_odd_requests(servers):
    run(servers, 100_000, seed=2)
