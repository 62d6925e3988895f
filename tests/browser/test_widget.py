"""The chat in a real browser: a whole conversation, by keyboard alone, interrupted, left at once, on a hostile page."""

import gzip
import re
import time
from pathlib import Path

import pytest
import requests
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from naast.guidance.library import load
from naast.invitation import invitation
from naast.settings import key
from tests.servers import ROOT

REPORT = "mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto, ze willen 300 euro"
TEXTS = yaml.safe_load((ROOT / "guidance" / "nl" / "widget.yml").read_text(encoding="utf-8"))
SCRIPT = ROOT / "widget" / "dist" / "naast.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FAILING = {
    "offline": lambda route: route.abort(),
    "unavailable": lambda route: route.fulfill(status=503, json={"messages": []}),
    "too much": lambda route: route.fulfill(status=429, json={"messages": []}, headers={"Retry-After": "5"}),
}
"""How a server does not do what it is asked."""
FOCUSED = "(document.activeElement.shadowRoot?.activeElement ?? document.activeElement).localName"

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


def test_by_keyboard_alone(chat):
    for _ in range(20):
        chat.keyboard.press("Tab")
        if chat.evaluate(FOCUSED) == "textarea":
            break
    chat.keyboard.type(REPORT)
    chat.keyboard.press("Enter")
    answered(chat, 1)
    for _ in range(12):
        expect(chat.get_by_label(TEXTS["input"])).to_be_focused()
        time.sleep(A_BREATH)
        before = chat.locator(".message.naast").count()
        if chat.locator(".replies button").count():
            chat.locator(".replies button").first.focus()
        chat.keyboard.press("Enter")
        answered(chat, before)


def test_nothing_smaller_than_a_thumb(chat):
    send(chat, REPORT)
    for button in chat.locator("button:visible").all():
        box = button.bounding_box()
        assert box["height"] >= 43.5 and box["width"] >= 43.5, button.inner_text()


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


def token(page: Page) -> str:
    return page.evaluate("sessionStorage.getItem('naast.token')")


def kept(address: str, known: str) -> list:
    """What the server holds of the conversation with this token."""
    answer = requests.get(f"{address}conversation", headers={"Authorization": f"Bearer {known}"}, timeout=30)
    return answer.json()


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


def test_who_left_sends_nothing_any_more(chat, context):
    # Nothing to show, so that the page stays, as it does until another has come.
    context.route("https://www.buienradar.nl/**", lambda route: route.fulfill(status=204))
    posts = what_waits_to_be_sent_again(chat, context)
    with chat.expect_request("https://www.buienradar.nl/**"):
        chat.get_by_role("button", name=TEXTS["exit"]).click()
    let_it_try(chat)
    assert posts == [] and token(chat) is None


def test_html_is_only_text(chat):
    chat.evaluate("window.hit = 0")
    send(chat, "<img src=x onerror='window.hit=1'><b>mijn zoon</b> wordt gechanteerd")
    assert chat.evaluate("window.hit") == 0
    expect(chat.locator(".message.parent")).to_contain_text("<img src=x")


def test_a_picture_is_refused_before_it_is_read(chat):
    sent = []
    chat.on("request", lambda request: sent.append(request.url))
    chat.evaluate(
        """() => {
        const field = document.querySelector('naast-chat').shadowRoot.querySelector('textarea');
        const data = new DataTransfer();
        data.items.add(new File(['x'], 'foto.png', {type: 'image/png'}));
        field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
    }"""
    )
    expect(chat.locator(".notice")).to_contain_text("geen foto")
    assert sent == []


def test_without_a_connection_the_draft_and_the_numbers_stay(chat, context):
    context.route("**/messages", lambda route: route.abort())
    chat.get_by_label(TEXTS["input"]).fill(REPORT)
    chat.keyboard.press("Enter")
    expect(chat.locator(".notice")).to_contain_text("112", timeout=20_000)
    expect(chat.get_by_label(TEXTS["input"])).to_have_value(REPORT)
    assert_accessible(chat)
    context.unroute("**/messages")
    chat.get_by_role("button", name=TEXTS["retry"]).click()
    answered(chat, 1)
    expect(chat.locator(".message.parent")).to_have_count(1)


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


def test_at_four_hundred_percent_nothing_runs_out_of_the_page(browser, address):
    page = browser.new_page(viewport={"width": 320, "height": 256})
    page.goto(address)
    send(page, REPORT)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()


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


def test_the_script_is_small():
    assert len(gzip.compress(SCRIPT.read_bytes())) < 25_000


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
