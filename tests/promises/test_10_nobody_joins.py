"""Promise 10: nobody reads, joins, steers or erases another's conversation. Its key is made here, signed, and ends."""

import time

import pytest

from naast import settings
from naast.channels import token
from naast.channels.texts import channel_texts
from tests.http.reading import words
from tests.web import Page, web

REPORT = "mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto"
DOORS = (("POST", "/messages"), ("GET", "/conversation"), ("GET", "/export"), ("DELETE", "/conversation"))


@pytest.fixture
def page(servers):
    return Page.begin(servers)


@pytest.fixture
def base(servers):
    return web(servers)


def refused(page):
    """At every door; with the numbers, and without a word of anybody's conversation."""
    answers = [page.ask(method, path, json={"id": "1", "text": "hallo"}) for method, path in DOORS]
    for answer in answers:
        assert answer.status_code == 401, answer.text
        assert words(answer.json()["messages"]).endswith(channel_texts().emergency)
    return True


@pytest.mark.parametrize("forged", ["", "x", "AAAAAAAAAAAAAAAAAAAAAA.aaaaaa.bbbbbbbb", "é", "a" * 5000])
def test_a_token_that_was_not_given_out_opens_nothing(base, forged):
    page = Page(base, forged.encode("utf-8").decode("latin-1"))
    assert refused(page)


def test_a_changed_token_opens_nothing(page):
    told, _, signature = page.token.rpartition(".")
    # The first character: of the last, base64 reads only a part.
    flipped = f"{told}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    other = "B" + page.token[1:] if page.token[0] != "B" else "C" + page.token[1:]
    assert refused(Page(page.base, flipped)) and refused(Page(page.base, other))


def test_a_button_of_another_conversation_is_no_button(page, servers):
    payload = page.send(REPORT).json()[-1]["buttons"][0]["payload"]
    other = Page.begin(servers)
    answer = other.ask("POST", "/messages", json={"id": "1", "payload": payload}).json()
    assert answer[0]["text"] == channel_texts().sentences["unknown_button"]


def test_the_parts_of_two_keys_make_no_third(page, servers):
    mine, hers = page.token.split("."), Page.begin(servers).token.split(".")
    for mixed in ([mine[0], *hers[1:]], [*mine[:2], hers[2]], [mine[0], hers[1], mine[2]], mine[:2], [*mine, "x"]):
        if mixed != mine:  # both may have been made in the same second
            assert refused(Page(page.base, ".".join(mixed)))


def test_a_key_of_another_installation_opens_nothing(base, monkeypatch):
    monkeypatch.setenv("NAAST_KEY", "the key of somebody else, long enough")
    token._signer.cache_clear()
    try:
        assert refused(Page(base, token.new_token()))
    finally:
        token._signer.cache_clear()


def test_a_key_ends_with_its_conversation_and_not_before(page, base, monkeypatch):
    page.send(REPORT)
    long_ago = time.time() - 86400 * (settings.retention_days() + 1)
    with monkeypatch.context() as then:
        then.setattr(time, "time", lambda: long_ago)
        unused = Page(base, token.new_token())
        page.token = token._signer().sign(token.address(page.token)).decode()  # the same key, made long ago
    assert refused(unused)
    assert REPORT in str(page.shown())  # somebody came back to it within the retention
    assert page.ask("DELETE", "/conversation").status_code == 204
    assert refused(page)


def test_a_key_is_old_when_a_conversation_without_a_message_would_be_gone(monkeypatch):
    made = token.new_token()
    assert not token.is_old(made)
    later = time.time() + 86400 * (settings.retention_days() + 1)
    monkeypatch.setattr(time, "time", lambda: later)
    assert token.is_old(made) and token.address(made)


def test_keys_do_not_repeat_and_are_long():
    made = {token.address(token.new_token()) for _ in range(2000)}
    assert len(made) == 2000 and min(map(len, made)) >= token.BYTES * 8 // 6


def test_guessing_costs_nobody_else_anything(page, servers):
    stranger = Page(page.base, "")
    for number in range(200):
        stranger.token = f"{number:022}.awr7pw.{number:043}"
        assert stranger.ask("GET", "/conversation").status_code == 401
    assert page.send(REPORT).status_code == 200


def test_what_was_said_is_said_only_to_the_page_that_asked(page, servers):
    """A message that is sent again by somebody else is not answered from the conversation it belongs to."""
    answer = page.send(REPORT, "mine").json()
    stranger = Page.begin(servers)
    assert stranger.shown() == []
    assert stranger.send("hallo", "mine").json() != answer
    assert len([each for each in page.shown() if each["from"] == "parent"]) == 1
