"""axe-core in every state of the chat, and what it does not see: the ring around what has focus."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hand import REPORT, TEXTS, assert_accessible, hand_over, send

RING = """element => {
  const luminance = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ring = luminance(getComputedStyle(element).outlineColor);
  const ground = luminance(getComputedStyle(element.closest('header')).backgroundColor);
  return (Math.max(ring, ground) + 0.05) / (Math.min(ring, ground) + 0.05);
}"""


@pytest.fixture(params=["none", "active"], ids=["colours", "forced"])
def panel(browser, school, request):
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce", forced_colors=request.param)
    page = context.new_page()
    page.goto(school.with_line())
    yield page
    context.close()


def test_every_state(panel):
    launcher = panel.get_by_role("button", name=TEXTS["launcher"])
    launcher.wait_for()
    assert_accessible(panel)
    launcher.click()
    assert_accessible(panel)
    send(panel, REPORT)
    hand_over(panel, "drop", ".log")
    expect(panel.locator(".notice")).to_be_visible()
    assert_accessible(panel)
    panel.get_by_role("button", name=TEXTS["larger"]).click()
    assert_accessible(panel)
    panel.get_by_text(TEXTS["history"]).click()
    assert_accessible(panel)
    panel.get_by_role("button", name=TEXTS["erase"]).click()
    assert_accessible(panel)
    panel.get_by_role("button", name=TEXTS["erase_sure"]).click()
    expect(panel.locator(".message")).to_have_text([re.compile(TEXTS["erased"])])
    assert_accessible(panel)


@pytest.mark.parametrize("colour", ["", 'data-colour="#ffe08a"', 'data-colour="#0b57d0"'])
def test_the_ring_around_what_has_focus_is_seen_on_the_header(context, school, colour):
    page = context.new_page()
    page.goto(school.with_line(colour))
    page.get_by_role("button", name=TEXTS["launcher"]).press("Enter")
    page.keyboard.press("Shift+Tab")
    for name in (TEXTS["exit"], TEXTS["close"]):
        button = page.get_by_role("button", name=name)
        button.focus()
        expect(button).to_be_focused()
        assert button.evaluate(RING) >= 3
    assert_accessible(page)
