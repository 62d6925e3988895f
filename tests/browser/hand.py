"""What a hand does in the chat: type, press, wait for the whole answer; and how a server may fail it."""

import time

import requests
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


def erase(page: Page) -> None:
    page.get_by_role("button", name=TEXTS["erase"]).click()
    page.get_by_role("button", name=TEXTS["erase_sure"]).click()


def kept(address: str, known: str) -> list:
    """What the server holds of the conversation with this token."""
    answer = requests.get(f"{address}conversation", headers={"Authorization": f"Bearer {known}"}, timeout=30)
    return answer.json()


def to_the_plan(page: Page) -> None:
    """Far enough into a conversation that there is one."""
    send(page, REPORT)
    press(page, "Thuis, ik ben erbij")
    press(page, "Nee, dat niet")
    send(page, "wat moeten we nu doen?")
    expect(page.locator(".plan li").first).to_be_visible()


def hand_over(page: Page, kind: str, target: str) -> bool:
    """Paste or drop a picture there, on `document` or in the chat. True where the browser is kept from taking it."""
    return page.evaluate(
        """([kind, target]) => {
        const root = document.querySelector('naast-chat').shadowRoot;
        const data = new DataTransfer();
        data.items.add(new File(['x'], 'foto.png', {type: 'image/png'}));
        const place = target === 'document' ? document.body : root.querySelector(target);
        const how = {bubbles: true, cancelable: true, composed: true};
        const event = kind === 'paste' ? new ClipboardEvent('paste', {clipboardData: data, ...how})
            : new DragEvent(kind, {dataTransfer: data, ...how});
        place.dispatchEvent(event);
        return event.defaultPrevented;
    }""",
        [kind, target],
    )


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def token(page: Page) -> str:
    return page.evaluate("sessionStorage.getItem('naast.token')")
