"""What a hand does in the chat: type, press, wait for the whole answer; and how a server may fail it."""

import time

import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.servers import ROOT

REPORT = "mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto, ze willen 300 euro"
TEXTS = yaml.safe_load((ROOT / "guidance" / "nl" / "widget.yml").read_text(encoding="utf-8"))
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FAILING = {
    "offline": lambda route: route.abort(),
    "unavailable": lambda route: route.fulfill(status=503, json={"messages": []}),
    "too much": lambda route: route.fulfill(status=429, json={"messages": []}, headers={"Retry-After": "5"}),
}
"""How a server does not do what it is asked."""
A_BREATH = 0.4
"""Seconds between messages, as the limits of the channel want it; a hand is slower."""


def send(page: Page, text: str) -> None:
    """Type, press Enter, and wait for the whole answer."""
    time.sleep(A_BREATH)
    before = page.locator(".message.naast").count()
    page.get_by_label(TEXTS["input"]).fill(text)
    page.keyboard.press("Enter")
    answered(page, before)


def answered(page: Page, before: int) -> None:
    expect(page.locator(".message.naast").nth(before)).to_be_visible(timeout=20_000)
    expect(page.locator(".typing")).to_have_count(0, timeout=20_000)


def press(page: Page, title: str) -> None:
    time.sleep(A_BREATH)
    before = page.locator(".message.naast").count()
    page.locator(".replies").get_by_role("button", name=title).click()
    answered(page, before)


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def token(page: Page) -> str:
    return page.evaluate("sessionStorage.getItem('naast.token')")
