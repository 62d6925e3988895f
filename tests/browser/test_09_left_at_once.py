"""Promise 9: the chat can be left at once, and nothing stays on the screen, in the tab or on its way."""

import pytest
import requests
from playwright.sync_api import expect

from tests.browser.hand import REPORT, TEXTS, kept, send, token
from tests.browser.test_widget_erasing import let_it_try, what_waits_to_be_sent_again


@pytest.mark.parametrize("how", ["button", "keys"])
def test_leaving_at_once_erases_and_cannot_be_undone(context, address, how):
    page = context.new_page()
    context.route("https://www.buienradar.nl/**", lambda route: route.fulfill(body="het weer"))
    page.goto("about:blank")
    page.goto(address)
    send(page, REPORT)
    known = token(page)
    if how == "button":
        page.get_by_role("button", name=TEXTS["exit"]).click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("https://www.buienradar.nl/**")
    assert kept(address, known) == []
    page.go_back()
    assert "webhooks/web" not in page.url


def test_three_capitals_are_typed_and_leave_nothing(chat):
    field = chat.get_by_label(TEXTS["input"])
    field.focus()
    for _ in range(3):
        chat.keyboard.press("Shift+A")
    expect(field).to_be_visible()
    expect(field).to_have_value("AAA")


def test_who_left_sends_nothing_any_more(chat, context):
    # Nothing to show, so that the page stays, as it does until another has come.
    context.route("https://www.buienradar.nl/**", lambda route: route.fulfill(status=204))
    posts = what_waits_to_be_sent_again(chat, context)
    with chat.expect_request("https://www.buienradar.nl/**"):
        chat.get_by_role("button", name=TEXTS["exit"]).click()
    let_it_try(chat)
    assert posts == [] and token(chat) is None


def test_what_was_said_stands_in_no_address_and_no_cache(chat, address):
    send(chat, REPORT)
    assert chat.url == address and chat.evaluate("history.length") <= 2
    assert chat.context.cookies() == [] and chat.evaluate("localStorage.length") == 0
    answer = requests.get(f"{address}conversation", headers={"Authorization": f"Bearer {token(chat)}"}, timeout=30)
    assert answer.headers["Cache-Control"] == "no-store"
