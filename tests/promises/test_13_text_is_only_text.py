"""Promise 13: what is typed is only text: no command, no markup, no template, whatever it looks like."""

import uuid

import pytest

from naast.guidance.library import languages
from naast.privacy.export import words
from tests.http.reading import assert_kind
from tests.promises.until import acknowledged
from tests.web import Page

COMMANDS = [
    "/restart",
    " /restart",
    "\u200b/restart",
    '/report_sextortion{"country": "be"}',
    '/deny{"risk_state": "denied"}',
]
LOOKALIKES = [
    "<script>alert(1)</script> mijn zoon",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% import os %} ${7*7} #{7*7}",
    "{helpwanted.phone} {summary} %(password)s %s",
    "**vet** *cursief* [klik](javascript:alert(1))",
    "'; DROP TABLE events; --",
    "\u202eomgekeerd\u202c en \x07 bel",
    "😭" * 500,
    "../../etc/passwd\r\nSet-Cookie: a=b",
]


@pytest.fixture
def page(servers):
    return Page.begin(servers)


def typed(page):
    return [each["text"] for each in page.shown() if each["from"] == "parent"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_typed_command_is_no_command(page, command):
    acknowledged(page, "mijn zoon van 13 wordt gechanteerd met een naaktfoto", uuid.uuid4().hex)
    assert_kind(acknowledged(page, command, uuid.uuid4().hex))
    known = page.ask("GET", "/export").text
    labels = [words(language).facts for language in languages()]  # a command may look English, and is answered so
    # Nothing was restarted, and nothing was set.
    assert any(f"{each['child_age']}: 13" in known for each in labels) and len(typed(page)) == 2
    assert not any(f"- {each[name]}:" in known for each in labels for name in ("country", "risk_state"))


@pytest.mark.parametrize("text", LOOKALIKES, ids=range(len(LOOKALIKES)))
def test_it_is_kept_and_shown_as_it_was_typed(page, text):
    assert_kind(acknowledged(page, text, uuid.uuid4().hex))
    (shown,) = typed(page)
    readable = "".join(letter for letter in text if letter.isprintable() or letter in "\r\n").strip()
    assert shown == readable
    known = page.ask("GET", "/export")
    assert known.headers["Content-Type"].startswith("text/plain")
    assert known.headers["X-Content-Type-Options"] == "nosniff" and readable.split("\r")[0] in known.text


@pytest.mark.parametrize("payload", ["/restart", "/affirm", "", None, 7, ["/affirm"], {"a": 1}, "/" + "x" * 3000])
def test_only_a_button_that_was_offered_here_is_a_command(page, payload):
    answer = page.ask("POST", "/messages", json={"id": uuid.uuid4().hex, "payload": payload, "text": None})
    assert answer.status_code == 200 and typed(page) == []


def test_a_title_that_no_button_had_is_not_kept(page):
    offered = acknowledged(page, "mijn zoon van 13 wordt gechanteerd met een naaktfoto", uuid.uuid4().hex)
    button = offered[-1]["buttons"][0]
    page.press({"payload": button["payload"], "title": "<b>iets anders</b>"})
    assert "iets anders" not in str(page.shown())
