"""The chat on somebody else's page: one line of it, its panel, where focus goes, and how quick it is."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hand import REPORT, TEXTS, answered, send

FOCUSED = "(document.activeElement.shadowRoot?.activeElement ?? document.activeElement).localName"


HOSTILE = """<!doctype html><html lang="nl"><title>Een school</title>
<style>
* {{ display: none !important; color: red !important; font-size: 3px !important }}
html, body, h1, naast-chat {{ display: block !important }}
</style>
<body><h1>School</h1><script src="{script}" defer data-position="left" data-colour="#5b2a86"></script></body></html>"""


def on_a_hostile_page(context, address) -> Page:
    """Somebody else's page with the one line in it."""
    site = address.split("/webhooks")[0] + "/school"
    body = HOSTILE.format(script=address + "naast.js")
    context.route(site, lambda route: route.fulfill(body=body, content_type="text/html"))
    page = context.new_page()
    page.goto(site)
    return page


def test_one_line_on_a_hostile_page_gives_a_button_that_opens_the_chat(context, address):
    page = on_a_hostile_page(context, address)
    page.get_by_role("button", name=TEXTS["launcher"]).click()
    send(page, REPORT)
    assert page.locator(".message.naast").last.evaluate("element => getComputedStyle(element).fontSize") == "16px"
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=TEXTS["launcher"])).to_be_focused()


@pytest.mark.parametrize("how", ["Escape", "cross"])
def test_what_was_typed_stays_in_a_panel_that_is_closed(context, address, how):
    page = on_a_hostile_page(context, address)
    field, launcher = page.get_by_label(TEXTS["input"]), page.get_by_role("button", name=TEXTS["launcher"])
    expect(field).to_be_hidden()
    launcher.click()
    expect(field).to_be_focused()
    page.keyboard.type("mijn zoon")
    if how == "Escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name=TEXTS["close"]).click()
    expect(launcher).to_be_focused()
    expect(field).to_be_hidden()
    for _ in range(3):
        page.keyboard.press("Shift")  # the page's own again
    launcher.click()
    expect(field).to_be_focused()
    expect(field).to_have_value("mijn zoon")


def test_a_page_that_is_loaded_leaves_focus_alone(chat):
    send(chat, REPORT)
    chat.reload()
    expect(chat.locator(".message.parent")).to_be_visible()
    assert chat.evaluate(FOCUSED) == "body"


def test_an_answer_pulls_nobody_back_to_the_field(chat, context):
    held = []
    context.route("**/messages", lambda route: held.append(route))
    before = chat.locator(".message.naast").count()
    chat.get_by_label(TEXTS["input"]).fill(REPORT)
    with chat.expect_request("**/messages"):
        chat.keyboard.press("Enter")
    number = chat.locator(".emergency a").first
    number.focus()
    held[0].fallback()
    answered(chat, before)
    expect(number).to_be_focused()


OPENS = """async () => {
  const root = document.querySelector("naast-chat").shadowRoot;
  const start = performance.now();
  root.querySelector(".launcher").click();
  while (!root.querySelector("textarea").getClientRects().length) {
    await new Promise(requestAnimationFrame);
  }
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


PAINTED = """async () => {
  while (!performance.getEntriesByType("paint").length) await new Promise(requestAnimationFrame);
  return performance.getEntriesByType("paint")[0].startTime;
}"""
TRIES = 5
"""The best of so many counts: what else the machine does slows some of them, a slow script all."""


def test_the_script_is_small_as_the_browser_gets_it(chat):
    size = chat.evaluate("performance.getEntriesByName(document.querySelector('script').src)[0].encodedBodySize")
    assert 0 < size < 25_000


def test_it_opens_within_a_fifth_of_a_second(context, address):
    page = on_a_hostile_page(context, address)
    opened = []
    for _ in range(TRIES):
        page.reload()
        page.get_by_role("button", name=TEXTS["launcher"]).wait_for()
        opened.append(page.evaluate(OPENS))
    assert min(opened) < 200, opened


def test_it_shows_within_a_fifth_of_a_second(context, address):
    page = context.new_page()
    painted = []
    for _ in range(TRIES):
        page.goto(address)
        page.get_by_label(TEXTS["input"]).wait_for()
        painted.append(page.evaluate(PAINTED))
    assert min(painted) < 200, painted
