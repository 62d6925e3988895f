"""Promise 15: a flood is slowed down, and nobody else notices; whoever is slowed down has the numbers, and goes on."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from naast.channels.limits import AN_ADDRESS, NEW_CONVERSATIONS
from naast.channels.texts import channel_texts
from tests.http.reading import says, words
from tests.promises.until import acknowledged
from tests.web import Page, elsewhere, web

CRISIS = "mijn dochter wil niet meer leven"


def test_one_that_floods_is_slowed_down_and_another_is_not(servers):
    flooding, other = Page.begin(servers), Page.begin(servers)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: flooding.send("hallo"), range(20)))
        assert other.send(CRISIS).status_code == 200
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 10
    for answer in refused:
        assert int(answer.headers["Retry-After"]) >= 1
        assert channel_texts().emergency in words(answer.json()["messages"])
    time.sleep(1.1)
    assert says(acknowledged(flooding, CRISIS, uuid.uuid4().hex), "report_suicidal_risk")


def test_one_address_cannot_begin_conversations_without_end_and_another_can(servers):
    session = elsewhere()
    most = NEW_CONVERSATIONS[0].amount
    statuses = [session.post(f"{web(servers)}/conversations", timeout=10).status_code for _ in range(most + 5)]
    assert statuses == [201] * most + [429] * 5
    assert elsewhere().post(f"{web(servers)}/conversations", timeout=10).status_code == 201


def test_one_address_cannot_send_messages_without_end_and_another_can(servers):
    """Also under tokens that are none: all come by the same door."""
    session, in_a_moment, in_a_minute = elsewhere(), *(limit.amount for limit in AN_ADDRESS)
    admitted = 0
    while (refused := session.post(f"{web(servers)}/messages", json={}, timeout=10)).status_code == 401:
        admitted += 1
    assert refused.status_code == 429 and in_a_moment <= admitted <= in_a_minute
    assert int(refused.headers["Retry-After"]) >= 1
    assert channel_texts().emergency in words(refused.json()["messages"])
    assert Page.begin(servers).send(CRISIS).status_code == 200


def test_an_address_that_is_only_claimed_does_not_count(servers):
    """Without NAAST_PROXIES nobody's X-Forwarded-For is believed."""
    session = elsewhere()
    claimed = ({"X-Forwarded-For": f"203.0.113.{number}"} for number in range(70))
    statuses = [session.post(f"{web(servers)}/conversations", headers=each, timeout=10).status_code for each in claimed]
    assert 429 in statuses


def test_erasing_is_possible_while_writing_is_too_fast(servers):
    page = Page.begin(servers)
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: page.send("hallo"), range(10)))
    assert page.ask("DELETE", "/conversation").status_code == 204
