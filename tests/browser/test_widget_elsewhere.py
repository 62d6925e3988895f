"""The chat on somebody else's website, at an origin of its own: it asks whether it may, and styles stay out."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hand import REPORT, TEXTS, erase, kept, send, token

PATIENCE = 10


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.get_by_role("button", name=TEXTS["launcher"]).click()
    return page


def wait_until_gone(address: str, known: str) -> None:
    """The request that erases outlives its page."""
    deadline = time.monotonic() + PATIENCE
    while kept(address, known) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert kept(address, known) == []


def test_a_conversation_from_another_origin(context, address, school):
    away = school.put("/weer", "<h1>Het weer</h1>")
    page = opened(context.new_page(), school.with_line(f'data-exit-to="{away}"'))
    send(page, REPORT)
    page.reload()
    expect(page.locator(".message.parent")).to_contain_text("gechanteerd")
    known = token(page)
    erase(page)
    expect(page.locator(".message")).to_have_text([re.compile(TEXTS["erased"])])
    assert kept(address, known) == []
    send(page, REPORT)
    known = token(page)
    assert kept(address, known)
    page.get_by_role("button", name=TEXTS["exit"]).click()
    page.wait_for_url(away)
    wait_until_gone(address, known)


def test_a_page_with_a_strict_policy_of_its_own(context, address, school):
    host = address.split("/webhooks")[0]
    policy = f"default-src 'none'; script-src {host}; connect-src {host}"
    page = opened(context.new_page(), school.with_line(Content_Security_Policy=policy))
    send(page, REPORT)
    assert page.locator(".exit").evaluate("element => getComputedStyle(element).fontWeight") == "600"


def test_nothing_is_kept_and_nobody_else_is_asked(context, address, school):
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, school.with_line())
    send(page, REPORT)
    assert all(url.startswith((address, school.origin)) for url in asked) and len(asked) > 2
    assert page.evaluate("localStorage.length") == 0 and context.cookies() == []
    assert page.evaluate("Object.keys(sessionStorage)") == ["naast.token"]


def test_what_the_owner_chose(context, school):
    asked = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.post_data_json if "/messages" in request.url else None))
    options = 'data-greeting="Hoi van school" data-position="left" data-region="be" data-exit-to="/weer"'
    school.put("/weer", "<h1>Het weer</h1>")
    page.goto(school.with_line(options))
    launcher = page.get_by_role("button", name=TEXTS["launcher"])
    assert launcher.bounding_box()["x"] < 20
    launcher.click()
    expect(page.locator(".message").first).to_contain_text("Hoi van school")
    send(page, REPORT)
    assert [each["region"] for each in asked if each] == ["be"]
    page.get_by_role("button", name=TEXTS["exit"]).click()
    expect(page.get_by_role("heading", name="Het weer")).to_be_visible()


@pytest.mark.parametrize(
    ("colour", "text"), [("#5b2a86", "rgb(255, 255, 255)"), ("#ffe08a", "rgb(0, 0, 0)"), ("gold", "rgb(0, 0, 0)")]
)
def test_on_any_colour_text_is_read(context, school, colour, text):
    page = context.new_page()
    page.goto(school.with_line(f'data-colour="{colour}"'))
    launcher = page.get_by_role("button", name=TEXTS["launcher"])
    assert launcher.evaluate("element => getComputedStyle(element).color") == text
    launcher.click()
    assert page.locator("header").evaluate("element => getComputedStyle(element).color") == text


def test_a_panel_that_the_parent_closed_is_closed_on_the_next_page(context, school):
    page = opened(context.new_page(), school.with_line())
    send(page, "hoi")
    page.goto(school.with_line(path="/next"))
    expect(page.locator(".message.parent")).to_be_visible()
    page.keyboard.press("Tab")
    page.get_by_role("button", name=TEXTS["close"]).click()
    page.goto(school.with_line(path="/third"))
    launcher = page.get_by_role("button", name=TEXTS["launcher"])
    expect(launcher).to_be_visible()
    expect(page.get_by_label(TEXTS["input"])).to_be_hidden()
    launcher.click()
    page.reload()
    expect(page.get_by_label(TEXTS["input"])).to_be_visible()


LEAKS = {
    "text-transform": "uppercase",
    "letter-spacing": "7px",
    "text-align": "right",
    "font-style": "italic",
    "line-height": "60px",
    "word-spacing": "9px",
    "text-indent": "40px",
    "direction": "rtl",
    "cursor": "wait",
    "visibility": "hidden",
}


def test_nothing_that_the_page_hands_down_comes_in(context, school):
    rule = "; ".join(f"{name}: {value} !important" for name, value in LEAKS.items())
    page = context.new_page()
    page.goto(school.with_element(before=f"<style>naast-chat {{{rule}}}</style>"))
    text = page.locator(".chat .emergency span").first
    found = text.evaluate(
        "(element, names) => names.map(name => getComputedStyle(element)[name])",
        list(LEAKS),
    )
    assert not set(found) & set(LEAKS.values()), found
    expect(text).to_be_visible()
