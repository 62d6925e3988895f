"""Every page of the desk: for everyone, in both languages, without scripts, by a link from elsewhere, refusing."""

from __future__ import annotations

import html
import json
from typing import Dict

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from naast.desk.reviews import corrections
from naast.desk.tables import MESSAGE, TRIAL
from naast.desk.teaching import lessons
from naast.desk.training import batches
from naast.desk.training.batches import Item
from naast.desk.training.trials import DONE, FAILED
from tests.browser.desk import PASSWORD, SIZES, log_in
from tests.browser.hand import assert_accessible


@pytest.fixture(scope="module")
def more(served) -> Dict[str, int]:
    """What the pages show that only come of work: a batch, a trial that ended, one that failed, a lesson."""
    desk, conversation = served.desk, served.worst[-1]
    with desk.writing.begin() as connection:
        own = MESSAGE.c.conversation_id == conversation
        message = connection.execute(sa.select(sa.func.min(MESSAGE.c.event_id)).where(own)).scalar()
        about = {"conversation_id": conversation, "event_id": message, "account_id": 1, "reason": ""}
        judged = {**about, "seen": corrections.ALL_SEEN, "now": 1}
        corrections.correct(connection, kind="intent", value={"intent": "ask_police", "also": ["greet"]}, **judged)
        corrections.correct(connection, kind="answer", value={"answer": "late"}, **judged)
        item = Item(message, conversation, "hoe lang duurt zoiets", "ask_police", {"paid": True}, also=("greet",))
        batch = batches.make(connection, name="Bundel", account_id=1, items=[item], known={}, now=1)
        found = {"event_id": message, "label": ["ask_police", "greet"], "before": ["greet"], "after": ["ask_police"]}
        found.update(was_right=False, is_right=False)
        moved = {
            "measure": "intents",
            "set": "first",
            "place": 1,
            "label": "greet",
            "before": "thank",
            "after": "greet",
        }
        numbers = {"measure": "intents", "set": "first", "number": "accuracy", "of": 3, "before": 0.5, "after": 0.6}
        result = {"numbers": [{**numbers, "more_is_better": True}], "changes": {"better": [moved], "worse": [moved]}}
        result.update(patched=[found], reviewed=[{**found, "was_right": True}])
        trial = {"batch_id": batch, "account_id": 1, "stage": "measuring 2/2", "started": 1}
        trials = [{"state": DONE, "result": json.dumps(result)}, {"state": FAILED, "cause": "two_intents"}]
        done, failed = (
            connection.execute(TRIAL.insert().values(**trial, **each)).inserted_primary_key[0] for each in trials
        )
        lesson = lessons.make(connection, "Les", 1, 1)
        parts = [lessons.Part(message, "een bericht", asks=True)]
        lessons.add(connection, lesson, conversation, parts, ["Wat zou jij zeggen?"])
        (extract,) = lessons.extracts(connection, lesson)
        lessons.save(connection, extract, parts, extract.questions, "trainer")
    return {
        "worst": conversation,
        "message": message,
        "batch": batch,
        "done": done,
        "failed": failed,
        "lesson": lesson,
        "extract": extract.id,
    }


def test_what_was_refused_in_the_background_is_told(browser, served):
    page = log_in(browser, served)
    page.goto(f"{served.url}/conversations/{served.worst[-1]}")
    page.route("**/messages/*", lambda route: route.fulfill(status=500, body="no"))
    page.get_by_role("link", name="Beoordeel beurt 1").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit lukte niet")
    assert_accessible(page)
    page.unroute("**/messages/*")
    page.get_by_role("link", name="Beoordeel beurt 1").click()
    expect(page.get_by_label("Bedoeling")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_who_was_logged_out_goes_to_log_in_and_back(browser, served):
    page = log_in(browser, served)
    page.goto(f"{served.url}/conversations/{served.worst[-1]}?flag=suicidal")
    page.context.clear_cookies()
    page.get_by_role("link", name="Beoordeel beurt 1").click()
    page.wait_for_url("**/login?next=*")
    page.get_by_label("Naam").fill("trainer")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/conversations/{served.worst[-1]}?flag=suicidal")


def test_a_link_in_a_mail_on_a_website_opens_the_conversation(browser, served):
    page = log_in(browser, served)
    address = f"{served.url}/conversations/{served.worst[-1]}?flag=suicidal&sort=worst"
    page.route(
        "http://mail.example/",
        lambda route: route.fulfill(body=f'<a href="{html.escape(address)}">kijk</a>', content_type="text/html"),
    )
    page.goto("http://mail.example/")
    page.get_by_role("link", name="kijk").click()
    expect(page.get_by_role("heading", name=f"Gesprek {served.worst[-1]}")).to_be_visible()
    assert page.url == address


def test_who_opens_it_as_localhost_can_log_in(browser, served):
    page = browser.new_context(locale="nl-NL").new_page()
    page.goto(served.url.replace("127.0.0.1", "localhost") + "/conversations?flag=suicidal")
    page.get_by_label("Naam").fill("trainer")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gesprekken")).to_be_visible()
    assert page.url == f"{served.url}/conversations?flag=suicidal"


PLACES = [
    "/conversations",
    "/conversations/{worst}",
    "/messages",
    "/batches",
    "/lessons",
    "/figures?since=2026-11-01&until=2026-11-30",
    "/guests",
    "/audit",
    "/guidance/ask_police.default",
    "/conversations/{worst}/messages/{message}",
    "/batches/{batch}",
    "/trials/{done}",
    "/trials/{failed}",
    "/lessons/{lesson}",
    "/lessons/{lesson}/handout",
    "/lessons/{lesson}/practice/{extract}/{message}",
    "/nowhere",
]


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_for_everyone_in_both_languages(browser, served, more, size):
    page = log_in(browser, served, size, "admin")
    for language in ("nl", "en"):
        assert page.locator("html").get_attribute("lang") == language
        for place in PLACES:
            page.goto(served.url + place.format(**more))
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), place
        page.goto(served.url)
        page.get_by_role("button", name="English" if language == "nl" else "Nederlands").click()
    page.get_by_role("button", name="Uitloggen").click()
    assert_accessible(page)
    page.goto(served.url + "/conversations/999")
    assert "/login" in page.url
    assert [said for said in page.complaints if "404" not in said] == []  # Chromium tells of every refusal


def test_without_scripts_a_message_is_judged_too(browser, served):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{served.url}/conversations/{served.worst[-1]}")
    page.get_by_label("Naam").fill("trainer")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("link", name="Beoordeel beurt 1").click()
    page.get_by_label("Bedoeling").select_option("ask_police")
    page.get_by_role("button", name="Bewaar bedoeling").click()
    expect(page.locator(".judged").filter(has_text="Vraagt naar de politie").first).to_be_visible()
    context.close()
