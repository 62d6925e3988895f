"""A conversation becomes a lesson, and how it goes is seen, in a real browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.desk import log_in
from tests.browser.hand import assert_accessible


def test_a_conversation_is_taught_with(browser, served):
    page = log_in(browser, served)
    page.goto(f"{served.url}/conversations/{served.worst[0]}")
    page.get_by_label("Of nieuwe les").fill("Eerste les")
    page.get_by_role("button", name="Neem mee naar les").click()
    first = page.get_by_label("Wat de ouder schreef").first
    expect(first).to_have_value("mijn dochter van [leeftijd] wordt op snapchat gechanteerd")
    first.fill("mijn kind wordt op een app gechanteerd")
    assert_accessible(page)

    # Refused while it says who somebody is; nothing that was typed is lost.
    page.get_by_label("Wat de ouder schreef").nth(1).fill("bel 06 12345678")
    page.get_by_label("Ik las elk bericht").check()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    assert ["409" in said for said in page.complaints] == [True]  # Chromium tells of every refusal
    page.complaints.clear()
    expect(first).to_have_value("mijn kind wordt op een app gechanteerd")
    page.get_by_label("Wat de ouder schreef").nth(1).fill("dat helpt niet")
    page.get_by_label("Vragen om te bespreken").fill("Wat zou jij zeggen?\nEn daarna?")
    page.get_by_label("Ik las elk bericht").check()
    page.get_by_role("button", name="Bewaar", exact=True).click()

    # On paper: the conversation and the questions, without what belongs to the desk.
    lesson = page.url.partition("#")[0]
    page.get_by_role("link", name="Hand-out om te printen").click()
    assert_accessible(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("En daarna?")).to_be_visible()
    for hidden in (page.locator("header.top"), page.get_by_role("link", name="Naar de les")):
        expect(hidden).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(lesson)
    with page.expect_download() as download:
        page.get_by_role("link", name="Hand-out als Markdown").click()
    assert "mijn kind wordt op een app" in Path(download.value.path()).read_text(encoding="utf-8")

    # A trainee answers first, and sees what Naast said afterwards.
    page.get_by_role("link", name="Oefen", exact=True).click()
    assert_accessible(page)
    expect(page.locator(".bubble.naast")).to_have_count(0)
    page.get_by_label("Wat zeg jij tegen deze ouder?").fill("Wat naar. Ik luister.")
    page.get_by_role("button", name="Laat zien wat Naast zei").click()
    expect(page.locator(".compared .bubble.naast")).to_have_count(1)
    expect(page.locator(".bubble.own")).to_have_text("Wat naar. Ik luister.")
    assert_accessible(page)
    page.get_by_role("link", name="Volgend punt").click()
    expect(page.get_by_label("Wat zeg jij tegen deze ouder?")).to_be_empty()
    assert page.complaints == []


def test_how_it_goes_is_seen_read_and_taken_along(browser, served):
    page = log_in(browser, served)
    page.get_by_role("link", name="Hoe het gaat").click()
    page.get_by_label("Vanaf").fill("2026-11-01")
    page.get_by_label("Tot en met").fill("2026-11-30")
    page.get_by_role("button", name="Toon").click()
    figure = page.locator("section").filter(has=page.get_by_role("heading", name="Gesprekken per dag"))
    expect(figure.get_by_role("img")).to_be_visible()
    figure.locator("summary").click()
    numbers = [int(each) for each in figure.locator("td.figure").all_inner_texts()]
    assert sum(numbers) == 200
    with page.expect_download() as download:
        figure.get_by_role("link", name="Download als CSV").click()
    assert len(Path(download.value.path()).read_text(encoding="utf-8").splitlines()) == 31
    for shape in figure.locator("svg rect[class]").all():
        assert shape.evaluate("(drawn) => getComputedStyle(drawn).fill") != "rgb(0, 0, 0)"
    assert page.complaints == []
