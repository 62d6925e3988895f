"""The website's channel: nobody reads or steers another's conversation, what was said is restored."""

import uuid

import pytest

from naast.channels.texts import channel_texts
from tests.http.reading import assert_kind, says
from tests.web import Page, web

REPORT = "mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto"
ENGLISH = "my son of 14 is being blackmailed on snapchat with a nude photo"


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


def test_an_old_yes_does_not_answer_what_is_asked_now(page):
    before = page.send(REPORT).json()[-1]["buttons"][0]
    assert before["payload"] == "/affirm"
    confirm = page.send("verwijder dit gesprek").json()
    assert says(confirm, "question.confirm_erase")
    late = page.press(before).json()
    assert late[0]["text"] == channel_texts().sentences["unknown_button"]
    assert confirm[-1]["text"] == page.shown()[-1]["text"]  # still there, and still asked


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


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b'{"id": 1, "text": "x"}', b'{"id": "' + b"x" * 65 + b'"}'])
def test_what_is_no_message_is_answered_kindly(page, body):
    answer = page.ask("POST", "/messages", data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["messages"][1]["text"] == channel_texts().emergency


def test_a_message_without_an_id_counts_each_time(page):
    for _ in range(2):
        assert_kind(page.ask("POST", "/messages", json={"text": "hallo"}).json())
    assert [each["text"] for each in page.shown() if each["from"] == "parent"] == ["hallo", "hallo"]


def test_a_page_is_told_that_words_have_erased_the_conversation(page):
    page.send(REPORT)
    page.send("verwijder dit gesprek")
    body = {"id": "yes", "text": "ja"}
    told = page.ask("POST", "/messages", json=body).json()
    assert [each.get("custom") for each in told][-1] == {"kind": "erase"} and all(each["text"] for each in told)
    assert page.shown() == []


def test_any_step_of_the_plan_can_be_ticked_off(page, servers):
    page.send("mijn zoon van 14 wordt gechanteerd, ze willen 300 euro, hij zit naast me en wil niet dood")
    plan = _plan(page.send("wat moeten we nu doen?").json())
    ticked = [step for step in plan["steps"] if not step["done"]][2]["tick"]
    after = page.press(ticked)
    assert after.status_code == 200
    open_before = {step["title"] for step in plan["steps"] if not step["done"]}
    open_after = {step["title"] for step in _plan(after.json())["steps"] if not step["done"]}
    assert len(open_before - open_after) == 1
    assert {"from": "parent", "text": ticked["title"]} in page.shown()
    forged = Page.begin(servers).press(ticked).json()  # it was never offered there
    assert forged[0]["text"] == channel_texts().sentences["unknown_button"]


def _plan(answer):
    return next(each["custom"] for each in answer if each.get("custom", {}).get("kind") == "plan")


@pytest.mark.parametrize(
    ("shown_in", "text", "file", "age"),
    [("en", REPORT, "wat-naast-weet.txt", "Leeftijd: 14"), ("nl", ENGLISH, "what-naast-knows.txt", "Age: 14")],
)
def test_what_is_kept_is_told_in_the_language_of_the_conversation(page, shown_in, text, file, age):
    page.send(text)
    known = page.ask("GET", "/export", headers={"Content-Language": shown_in})
    assert known.headers["Content-Disposition"] == f'attachment; filename="{file}"' and age in known.text


@pytest.mark.parametrize("path", ["/conversations", "/messages", "/conversation", "/export"])
def test_a_browser_may_ask_from_a_website_that_is_let_in(page, servers, path):
    asked = {"Origin": servers.site, "Access-Control-Request-Method": "DELETE"}
    allowed = page.session.options(page.base + path, headers=asked, timeout=30)
    assert allowed.ok and allowed.headers["Access-Control-Allow-Origin"] == servers.site
    assert "DELETE" in allowed.headers["Access-Control-Allow-Methods"]
    assert {"authorization", "content-language", "content-type"} == set(
        allowed.headers["Access-Control-Allow-Headers"].split(", ")
    )


def test_a_strange_website_gets_no_permission(page):
    answer = page.ask("GET", "/conversation", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
