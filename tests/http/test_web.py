"""The website's channel: nobody reads or steers another's conversation, nothing is lost, nothing is answered twice."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from naast.channels.hardening import HEADERS, MAX_BODY
from naast.channels.limits import A_CONVERSATION
from naast.channels.texts import channel_texts
from tests.http.reading import assert_kind, says, words
from tests.web import Page, web

REPORT = "mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto"


@pytest.fixture
def base(servers):
    return web(servers)


@pytest.fixture
def page(servers):
    return Page.begin(servers)


def test_a_conversation_is_held_restored_and_erased(page, servers):
    answer = page.send(REPORT).json()
    assert_kind(answer)
    assert says(answer, "first_report.")
    pressed = page.ask("POST", "/messages", json={"id": "button", **answer[-1]["buttons"][0]})
    assert_kind(pressed.json())
    shown = page.shown()
    assert [shown[0]["from"], shown[0]["text"]] == ["parent", REPORT]
    assert answer[-1]["buttons"][0]["title"] in [each["text"] for each in shown if each["from"] == "parent"]
    assert page.ask("DELETE", "/conversation").status_code == 204
    assert page.shown() == []


@pytest.mark.parametrize(
    "region, text, expected",
    [
        ("be", "kan ik met een mens praten?", "human_handover.belgium"),
        ("be", "wij wonen in Nederland, kan ik met een mens praten?", "human_handover.default"),
        ("atlantis", "kan ik met een mens praten?", "human_handover.default"),
    ],
)
def test_the_country_of_the_website_holds_until_the_parent_names_another(page, region, text, expected):
    body = {"id": uuid.uuid4().hex, "text": text, "region": region}
    assert says(page.ask("POST", "/messages", json=body).json(), expected)


def test_what_is_restored_holds_nothing_that_says_who_it_is(page):
    page.send("mijn dochter Zwaluwstaart wordt gechanteerd, mijn nummer is 06 12345678")
    assert "12345678" not in str(page.shown()) and "Zwaluwstaart" not in str(page.shown())


def test_a_message_sent_twice_is_one_turn_with_one_answer(page):
    first, again = page.send(REPORT, "once").json(), page.send(REPORT, "once").json()
    assert first == again
    assert len([each for each in page.shown() if each["from"] == "parent"]) == 1


def test_a_message_sent_twice_at_once_is_one_turn(page):
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: page.send(REPORT, "once").json(), range(2)))
    assert answers[0] == answers[1]
    assert len([each for each in page.shown() if each["from"] == "parent"]) == 1


@pytest.mark.parametrize("forged", ["", "x", "AAAAAAAAAAAAAAAAAAAAAA.aaaaaa.bbbbbbbb", "é", "a" * 5000])
def test_a_token_that_was_not_given_out_opens_nothing(base, forged):
    page = Page(base, forged.encode("utf-8").decode("latin-1"))
    for method, path in (("POST", "/messages"), ("GET", "/conversation"), ("DELETE", "/conversation")):
        answer = page.ask(method, path, json={"id": "1", "text": "hallo"})
        assert answer.status_code in (400, 401), answer.text
        if answer.status_code == 401:
            assert words(answer.json()["messages"]).endswith(channel_texts().emergency)


def test_a_changed_token_opens_nothing(page):
    flipped = page.token[:-1] + ("A" if page.token[-1] != "A" else "B")
    assert Page(page.base, flipped).ask("GET", "/conversation").status_code == 401
    other = "B" + page.token[1:] if page.token[0] != "B" else "C" + page.token[1:]
    assert Page(page.base, other).ask("GET", "/conversation").status_code == 401


def test_a_button_of_another_conversation_is_no_button(page, servers):
    payload = page.send(REPORT).json()[-1]["buttons"][0]["payload"]
    other = Page.begin(servers)
    answer = other.ask("POST", "/messages", json={"id": "1", "payload": payload}).json()
    assert answer[0]["text"] == channel_texts().sentences["unknown_button"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b'{"text": "hallo"}', b'{"id": 1, "text": "x"}', b'{"id": "' + b"x" * 65 + b'"}']
)
def test_what_is_no_message_is_answered_kindly(page, body):
    answer = page.ask("POST", "/messages", data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["messages"][1]["text"] == channel_texts().emergency


def test_too_much_is_refused_and_the_numbers_stay(page):
    assert page.ask("POST", "/messages", data=b"x" * (MAX_BODY + 1)).status_code == 413
    answers = [page.send("hallo") for _ in range(A_CONVERSATION[0].amount + 3)]
    refused = [answer for answer in answers if answer.status_code == 429]
    if refused:  # a slow machine is slow enough by itself
        assert int(refused[0].headers["Retry-After"]) >= 1
        assert channel_texts().emergency in words(refused[0].json()["messages"])
    time.sleep(1.1)
    assert page.send("mijn dochter wil niet meer leven").status_code == 200


def test_every_answer_carries_the_same_strict_headers(page, base):
    answers = [page.send("hallo"), page.ask("GET", "/conversation"), requests.get(f"{base}/health", timeout=30)]
    answers += [requests.get(f"{base}/conversation", timeout=30), requests.get(f"{base}/nowhere", timeout=30)]
    for answer in answers[:4]:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "set-cookie" not in answer.headers


def test_a_strange_website_gets_no_permission(page):
    answer = page.ask("GET", "/conversation", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
