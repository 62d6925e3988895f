"""Left at once, erased, and what is kept: in the chat, at the server, and while the server does not answer."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.hand import FAILING, REPORT, TEXTS, assert_accessible, erase, kept, send, token


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


def test_words_erase_as_the_button_does(chat, address):
    send(chat, REPORT)
    known = token(chat)
    send(chat, "verwijder dit gesprek")
    chat.locator(".replies").get_by_role("button", name="Ja, wis het gesprek").click()
    expect(chat.locator(".message")).to_have_count(1)
    expect(chat.locator(".message")).to_contain_text("gewist")
    assert token(chat) is None and kept(address, known) == []
    send(chat, "moeten we betalen?")
    expect(chat.locator(".message.parent")).to_have_count(1)


def test_what_is_erased_in_one_tab_is_gone_from_its_copy(chat):
    send(chat, REPORT)
    with chat.expect_popup() as copied:
        chat.evaluate("window.open(location.href) && null")
    copy = copied.value
    expect(copy.locator(".message.parent")).to_contain_text("gechanteerd")
    assert token(copy) == token(chat)
    erase(chat)
    expect(copy.locator(".message")).to_have_text([re.compile(TEXTS["erased"])])
    assert token(copy) is None
    copy.close()


def test_presses_of_shift_are_counted_aloud(chat):
    told = chat.get_by_role("status")
    expect(told).to_have_text("")
    chat.get_by_label(TEXTS["input"]).focus()
    chat.keyboard.press("Shift+A")
    expect(told).to_have_text("")
    for left in ("2", "1"):
        chat.keyboard.press("Shift")
        expect(told).to_have_text(TEXTS["shift_more"].replace("{left}", left))


def test_too_slow_a_third_press_is_told(chat):
    chat.clock.install()
    chat.keyboard.press("Shift")
    chat.clock.run_for(6000)
    expect(chat.get_by_role("status")).to_have_text(TEXTS["shift_over"])


def test_what_the_way_out_cannot_do_is_told_with_how_to_do_it(chat):
    more = chat.get_by_text(TEXTS["history"])
    more.scroll_into_view_if_needed()
    expect(more).to_be_in_viewport()
    more.click()
    for name in ("exit_hint", "history_chrome", "history_safari", "history_next"):
        expect(chat.get_by_text(TEXTS[name], exact=True)).to_be_visible()
    assert_accessible(chat)


def test_a_chat_that_is_taken_out_of_the_page_listens_no_more(context, school):
    page = context.new_page()
    page.goto(school.with_element())
    page.evaluate("window.chat = document.querySelector('naast-chat'); window.chat.remove()")
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page.get_by_role("heading", name="School")).to_be_visible()
    page.evaluate("document.body.append(window.chat)")
    expect(page.get_by_label(TEXTS["input"])).to_be_visible()
