"""The plan as a checklist, and what can be taken away: printed, saved, put in a calendar."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.hand import TEXTS, answered, assert_accessible, send, to_the_plan


def test_a_step_is_ticked_off_and_the_latest_plan_alone_goes_on(chat):
    to_the_plan(chat)
    boxes = chat.locator(".plan input")
    number = boxes.count()
    step = chat.locator(".plan label").nth(1).inner_text()
    before = chat.locator(".message.naast").count()
    boxes.nth(1).focus()
    chat.keyboard.press("Space")
    answered(chat, before)
    expect(chat.locator(".plan")).to_have_count(2)
    expect(boxes).to_have_count(number - 1)
    expect(chat.locator("progress")).to_have_count(1)
    latest = chat.locator(".plan").last
    expect(latest.locator(".done")).to_have_count(1)
    expect(latest.locator("label", has_text=step)).to_have_count(0)
    expect(chat.locator(".message.parent").last).to_have_text(re.compile(latest.locator(".done").inner_text()[2:20]))
    assert_accessible(chat)
    chat.reload()
    expect(boxes).to_have_count(number - 1)


def test_a_tick_that_does_not_arrive_is_no_tick(chat, context):
    to_the_plan(chat)
    context.route("**/messages", lambda route: route.fulfill(status=503))
    chat.locator(".plan input").first.click()
    expect(chat.get_by_text(TEXTS["not_sent"])).to_be_visible()
    expect(chat.locator(".plan input").first).not_to_be_checked()
    expect(chat.locator(".plan .done")).to_have_count(0)


def test_the_plan_is_printed_as_it_was_made(chat):
    to_the_plan(chat)
    send(chat, "kan ik dit plan printen?")
    with chat.expect_popup() as opened:
        chat.get_by_role("button", name=TEXTS["print"]).last.click()
    sheet = opened.value
    danger = sheet.locator(".danger")
    expect(danger).to_contain_text("112")
    expect(danger).to_have_css("border-top-width", "2px")
    with sheet.expect_event("close"):
        chat.context.route("https://www.buienradar.nl/**", lambda route: route.fulfill(body="het weer"))
        chat.get_by_role("button", name=TEXTS["exit"]).click()


def test_where_no_window_opens_the_sheet_is_saved(chat):
    to_the_plan(chat)
    send(chat, "kan ik dit plan printen?")
    chat.evaluate("window.open = () => null")
    with chat.expect_download() as download:
        chat.get_by_role("button", name=TEXTS["print"]).last.click()
    assert download.value.suggested_filename.endswith(".html")
    assert "<ol>" in Path(download.value.path()).read_text(encoding="utf-8")


def test_reminders_go_into_the_calendar(chat):
    to_the_plan(chat)
    send(chat, "kun je me herinneren in mijn agenda?")
    with chat.expect_download() as download:
        chat.get_by_role("button", name=re.compile(r"\.ics")).click()
    assert download.value.suggested_filename.endswith(".ics")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("BEGIN:VCALENDAR") and text.count("BEGIN:VEVENT") == 4
