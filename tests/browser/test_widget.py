"""The chat in a real browser: a whole conversation, by keyboard alone, without a connection, with odd input."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from naast.guidance.library import load
from naast.invitation import invitation
from naast.settings import key
from tests.browser.hand import (
    FAILING,
    REPORT,
    TEXTS,
    answered,
    assert_accessible,
    hand_over,
    press,
    send,
    token,
)

FOCUSED = "(document.activeElement.shadowRoot?.activeElement ?? document.activeElement).localName"


def test_a_whole_conversation(chat):
    assert_accessible(chat)
    send(chat, REPORT)
    assert_accessible(chat)
    expect(chat.locator(".log")).to_contain_text("300 euro")
    press(chat, "Thuis, ik ben erbij")
    press(chat, "Nee, dat niet")
    send(chat, "wat moeten we nu doen?")
    expect(chat.locator(".plan li").first).to_be_visible()
    assert_accessible(chat)
    send(chat, "ik wil een mens spreken")
    expect(chat.locator("a[href^='tel:']").last).to_be_visible()
    assert_accessible(chat)
    send(chat, "kan ik dit plan printen?")
    with chat.expect_download() as download:
        chat.get_by_role("button", name=re.compile("stappen.txt")).click()
    assert "Stappen" in Path(download.value.path()).read_text(encoding="utf-8")
    assert chat.strangers == []


def test_a_reload_restores_and_a_new_tab_knows_nothing(chat, context, address):
    send(chat, REPORT)
    chat.reload()
    expect(chat.locator(".message.parent")).to_contain_text("gechanteerd")
    other = context.new_page()
    other.goto(address)
    other.get_by_label(TEXTS["input"]).wait_for()
    assert other.locator(".message.parent").count() == 0


def test_a_conversation_that_cannot_be_shown_says_so(chat, context):
    send(chat, REPORT)
    for failing in FAILING.values():
        context.route("**/conversation", failing)
        chat.reload()
        expect(chat.locator(".notice")).to_have_text(TEXTS["not_restored"])
        context.unroute("**/conversation")
    assert_accessible(chat)
    chat.reload()
    expect(chat.locator(".message.parent")).to_contain_text("gechanteerd")
    expect(chat.locator(".notice")).to_have_count(0)


def test_html_is_only_text(chat):
    chat.evaluate("window.hit = 0")
    send(chat, "<img src=x onerror='window.hit=1'><b>mijn zoon</b> wordt gechanteerd")
    assert chat.evaluate("window.hit") == 0
    expect(chat.locator(".message.parent")).to_contain_text("<img src=x")


def test_what_naast_says_is_text_with_its_own_numbers_and_links_to_tap(chat, context):
    said = "<img src=x onerror='window.hit=1'> Bel 112, 113 (0800-0113) of https://www.113.nl/x."
    said += " Geen nummers: 06 11 23 11 21, 1.112, € 113 en 113 euro."
    context.route("**/messages", lambda route: route.fulfill(json=[{"text": said}]))
    send(chat, "hoi 112")
    bubble = chat.locator(".message.naast").last
    expect(bubble).to_contain_text(said)
    links = bubble.locator("a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert links == ["tel:112", "tel:113", "tel:08000113", "https://www.113.nl/x"]
    assert chat.evaluate("window.hit") is None
    expect(chat.locator(".message.parent a")).to_have_count(0)
    assert_accessible(chat)


@pytest.mark.parametrize(("kind", "target"), [("paste", "textarea"), ("drop", ".log"), ("drop", "document")])
def test_a_picture_is_refused_before_it_is_read(chat, kind, target):
    sent = []
    chat.on("request", lambda request: sent.append(request.url))
    assert hand_over(chat, kind, target)
    expect(chat.locator(".notice")).to_have_text(TEXTS["no_pictures"])
    assert sent == []


def test_of_text_with_a_picture_the_text_is_pasted(chat, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.evaluate(
        """async () => {
        const picture = await new OffscreenCanvas(1, 1).getContext('2d').canvas.convertToBlob();
        const text = new Blob(['mijn zoon'], {type: 'text/plain'});
        await navigator.clipboard.write([new ClipboardItem({'text/plain': text, 'image/png': picture})]);
    }"""
    )
    chat.get_by_label(TEXTS["input"]).focus()
    chat.keyboard.press("Control+V")
    expect(chat.get_by_label(TEXTS["input"])).to_have_value("mijn zoon")
    expect(chat.locator(".notice")).to_have_text(TEXTS["no_pictures"])


def test_a_lost_answer_is_fetched_again_and_counts_once(chat, context):
    lost = []

    def lose_the_first(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch())  # the server has answered, the page never hears it
        return route.abort()

    context.route("**/messages", lose_the_first)
    send(chat, REPORT)
    context.unroute("**/messages")
    chat.reload()
    expect(chat.locator(".message.parent")).to_have_count(1)


def test_a_server_that_dies_in_mid_answer_and_comes_back_loses_nothing(chat, servers):
    chat.get_by_label(TEXTS["input"]).fill(REPORT)
    chat.keyboard.press("Enter")
    servers.kill("rasa")
    expect(chat.locator(".notice")).to_contain_text("112", timeout=20_000)
    expect(chat.get_by_label(TEXTS["input"])).to_have_value(REPORT)
    servers.start_rasa()
    chat.get_by_role("button", name=TEXTS["retry"]).click()
    answered(chat, 1)
    chat.reload()
    expect(chat.locator(".message.parent")).to_have_count(1)
    expect(chat.locator(".log")).to_contain_text("14")


def test_the_numbers_on_the_page_are_those_of_the_guidance():
    contacts = load().contacts
    assert TEXTS["emergency_number"] == contacts["emergency"].phone
    assert TEXTS["suicide_number"] == contacts["suicide_prevention"].name
    assert TEXTS["suicide_be_number"] == contacts["zelfmoordlijn"].phone


def test_a_guest_sees_that_it_is_a_test_and_holds_it_apart(context, address):
    page = context.new_page()
    page.goto(f"{address}?invitation={invitation(key())}")
    expect(page.get_by_text("testgesprek")).to_be_visible()
    send(page, REPORT)
    assert_accessible(page)
    assert page.evaluate("sessionStorage.getItem('naast.guest')").startswith("~") and token(page) is None
    box = page.get_by_label(TEXTS["input"]).bounding_box()
    assert box["y"] + box["height"] <= page.viewport_size["height"]


def test_without_javascript_the_numbers_stand_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    told = page.locator("noscript p")
    for number in ("112", "113", "1813"):
        expect(told).to_contain_text(number)
    expect(told).to_be_in_viewport(ratio=1)
    context.close()
