"""Left at once, erased, and what is kept: in the chat, at the server, and while the server does not answer."""

import re
from pathlib import Path

import requests
from playwright.sync_api import Page, expect

from tests.browser.hand import FAILING, REPORT, TEXTS, assert_accessible, send, token


def kept(address: str, known: str) -> list:
    """What the server holds of the conversation with this token."""
    answer = requests.get(f"{address}conversation", headers={"Authorization": f"Bearer {known}"}, timeout=30)
    return answer.json()


def erase(page: Page) -> None:
    page.get_by_role("button", name=TEXTS["erase"]).click()
    page.get_by_role("button", name=TEXTS["erase_sure"]).click()


def test_erasing_asks_once_and_takes_everything(chat, address):
    send(chat, REPORT)
    known = token(chat)
    assert kept(address, known)
    erase(chat)
    expect(chat.locator(".message")).to_have_text([re.compile(TEXTS["erased"])])
    assert token(chat) is None
    assert kept(address, known) == []


def test_erasing_that_fails_says_so_and_can_be_tried_again(chat, context, address):
    send(chat, REPORT)
    known, shown = token(chat), chat.locator(".message").all_inner_texts()
    for failing in FAILING.values():
        context.route("**/conversation", failing)
        with chat.expect_request("**/conversation"):
            erase(chat)
        expect(chat.locator(".notice")).to_have_text(TEXTS["not_erased"])
        assert chat.locator(".message").all_inner_texts() == shown
        assert token(chat) == known
        context.unroute("**/conversation")
    assert_accessible(chat)
    erase(chat)
    expect(chat.locator(".message")).to_have_text([re.compile(TEXTS["erased"])])
    expect(chat.locator(".notice")).to_have_count(0)
    assert kept(address, known) == []


def show_what_is_kept(page: Page) -> None:
    """By keyboard."""
    page.get_by_role("button", name=TEXTS["export"]).focus()
    page.keyboard.press("Enter")


def test_what_is_kept_can_be_saved(chat, context):
    show_what_is_kept(chat)
    expect(chat.locator(".notice")).to_have_text(TEXTS["nothing_kept"])
    send(chat, REPORT)
    replies = chat.locator(".replies button").all_inner_texts()
    for failing in FAILING.values():
        context.route("**/export", failing)
        with chat.expect_request("**/export"):
            show_what_is_kept(chat)
        expect(chat.locator(".notice")).to_have_text(TEXTS["not_exported"])
        context.unroute("**/export")
    show_what_is_kept(chat)
    expect(chat.locator(".message").last).to_contain_text(TEXTS["kept"])
    expect(chat.locator(".notice")).to_have_count(0)
    expect(chat.get_by_role("button", name=TEXTS["export"])).to_be_focused()
    assert replies and chat.locator(".replies button").all_inner_texts() == replies  # the question still stands
    assert_accessible(chat)
    with chat.expect_download() as download:
        chat.get_by_role("button", name=re.compile("wat-naast-weet.txt")).press("Enter")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert download.value.suggested_filename == "wat-naast-weet.txt"
    assert "Leeftijd: 14" in text and "gechanteerd" in text
    erase(chat)
    expect(chat.locator(".message")).to_have_text([re.compile(TEXTS["erased"])])


def what_waits_to_be_sent_again(page: Page, context) -> list:
    """Say something that the server is never reached with; the page waits before it tries again, on a clock of its own.
    Gives where the page posts to after that."""
    page.clock.install()
    context.route("**/messages", lambda route: route.abort())
    page.get_by_label(TEXTS["input"]).fill(REPORT)
    with page.expect_event("requestfailed"):
        page.keyboard.press("Enter")
    context.unroute("**/messages")
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    return posts


def let_it_try(page: Page) -> None:
    """Longer than any pause, and until whatever was asked then is known here."""
    page.clock.run_for(30_000)
    page.evaluate("fetch(document.querySelector('script').src).then(() => null)")


def test_what_is_erased_is_not_sent_again(chat, context, address):
    posts = what_waits_to_be_sent_again(chat, context)
    erase(chat)
    expect(chat.locator(".message")).to_have_text([re.compile(TEXTS["erased"])])
    let_it_try(chat)
    assert posts == [] and token(chat) is None
    expect(chat.get_by_label(TEXTS["input"])).to_have_value("")
    send(chat, "moeten we betalen?")
    assert [said["text"] for said in kept(address, token(chat)) if said["from"] == "parent"] == ["moeten we betalen?"]


def test_a_message_that_failed_is_erased_from_the_field(chat, context):
    context.route("**/messages", lambda route: route.fulfill(status=503))
    chat.get_by_label(TEXTS["input"]).fill(REPORT)
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("button", name=TEXTS["retry"])).to_be_visible()
    erase(chat)
    expect(chat.locator(".message")).to_have_text([re.compile(TEXTS["erased"])])
    expect(chat.get_by_label(TEXTS["input"])).to_have_value("")
