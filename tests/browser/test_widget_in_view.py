"""What is in view and large enough to touch: the way out always, on small screens, lying phones, at 400 % zoom."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hand import REPORT, TEXTS, press, send, to_the_plan

SMALL = [(360, 640), (375, 553)]
SHORT = [(844, 390), (320, 256)]
A_THUMB = 43.5
TOUCHED = "button:visible, a:visible, textarea:visible, summary:visible, label:visible:has(input)"
SIX = ("hoi", REPORT, "hij zit naast me", "nee", "wat moeten we nu doen?", "ik wil een mens spreken")


def of_size(browser, width: int, height: int, address: str) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.goto(address)
    return page


def way_out(page: Page):
    return page.get_by_role("button", name=TEXTS["exit"])


def scroll_to_the_end(page: Page) -> None:
    page.get_by_text(TEXTS["history"]).scroll_into_view_if_needed()


@pytest.mark.parametrize(("width", "height"), SHORT)
def test_the_way_out_is_in_view_on_a_short_screen(browser, address, width, height):
    page = of_size(browser, width, height, address)
    send(page, REPORT)
    expect(way_out(page)).to_be_in_viewport(ratio=1)
    scroll_to_the_end(page)
    expect(page.get_by_text(TEXTS["history"])).to_be_in_viewport()
    expect(way_out(page)).to_be_in_viewport(ratio=1)
    page.close()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800), *SHORT])
def test_an_element_in_a_page_grows_no_higher_than_the_screen(browser, school, width, height):
    page = of_size(browser, width, height, school.with_element())
    for text in SIX:
        send(page, text)
    assert page.locator("naast-chat").bounding_box()["height"] <= min(720, height)
    page.locator("naast-chat").evaluate("element => element.scrollIntoView()")
    expect(way_out(page)).to_be_in_viewport(ratio=1)
    page.close()


def assert_all_large_enough(page: Page) -> None:
    for each in page.locator(TOUCHED).all():
        box = each.bounding_box()
        assert box["height"] >= A_THUMB and box["width"] >= A_THUMB, (each.inner_text(), box)


def test_nothing_smaller_than_a_thumb(chat):
    assert_all_large_enough(chat)
    to_the_plan(chat)
    assert chat.locator(".plan label").count() > 2
    assert_all_large_enough(chat)
    send(chat, "ik wil een mens spreken")
    expect(chat.locator(".contacts a").first).to_be_visible()
    assert_all_large_enough(chat)
    chat.get_by_role("button", name=TEXTS["larger"]).click()
    assert_all_large_enough(chat)


@pytest.mark.parametrize(("width", "height"), SMALL)
def test_with_large_text_on_a_small_phone_everything_has_room(browser, address, width, height):
    page = of_size(browser, width, height, address)
    send(page, REPORT)
    page.get_by_role("button", name=TEXTS["larger"]).click()
    assert page.locator(".log").bounding_box()["height"] >= 180
    first = page.locator(".replies button").first
    first.scroll_into_view_if_needed()
    expect(first).to_be_in_viewport(ratio=0.9)
    assert page.locator(".replies").bounding_box()["height"] >= 100
    field = page.get_by_label(TEXTS["input"])
    field.scroll_into_view_if_needed()
    expect(field).to_be_in_viewport(ratio=1)
    expect(way_out(page)).to_be_in_viewport(ratio=1)
    press(page, "Thuis, ik ben erbij")
    page.close()


RUNS_OUT = """() => {
  const root = document.querySelector('naast-chat').shadowRoot;
  const isShown = (each) => each.getClientRects().length && !each.closest('.hidden');
  const runsOut = ({left, right}) => left < -0.5 || right > innerWidth + 0.5;
  return [...root.querySelectorAll('.chat *')].filter(isShown).filter((each) => runsOut(each.getBoundingClientRect()))
    .map((each) => each.className + ' ' + each.textContent.slice(0, 40));
}"""


FOCUSED = "button:visible:enabled, .emergency a:visible, textarea:visible, summary:visible"
IS_ON_TOP = """(element) => {
  const {left, top, width, height} = element.getBoundingClientRect();
  const there = element.getRootNode().elementFromPoint(left + Math.min(width, 60) / 2, top + Math.min(height, 44) / 2);
  return element.contains(there);
}"""
"""What has focus is in view, and the header does not lie over it."""


@pytest.mark.parametrize("large", [False, True])
def test_at_four_hundred_percent_nothing_runs_out_of_the_page(browser, address, large):
    page = of_size(browser, 320, 256, address)
    to_the_plan(page)
    send(page, "ik wil een mens spreken")
    if large:
        page.get_by_role("button", name=TEXTS["larger"]).click()
    page.get_by_text(TEXTS["history"]).click()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(RUNS_OUT) == []
    for reached in page.locator(FOCUSED).all():
        reached.focus()
        assert reached.evaluate(IS_ON_TOP), reached.inner_text()
    page.close()
