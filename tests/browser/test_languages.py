"""The chat in English, and the switch between languages: words, `lang` attributes and what is remembered."""

import yaml
from playwright.sync_api import expect

from tests.browser.hand import assert_accessible
from tests.servers import ROOT

DUTCH, ENGLISH = (
    yaml.safe_load((ROOT / "guidance" / language / "widget.yml").read_text(encoding="utf-8"))
    for language in ("nl", "en")
)


def langs(page):
    return page.locator(".message.naast").evaluate_all("all => all.map(each => each.lang)")


def test_the_english_page_speaks_english_and_says_so_to_a_screen_reader(context, address):
    page = context.new_page()
    page.goto(address + "?language=en")
    field = page.get_by_label(ENGLISH["input"])
    field.wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator(".chat")).to_have_attribute("lang", "en")
    expect(page.locator(".log")).to_contain_text(ENGLISH["greeting"][:30])
    assert_accessible(page)
    field.fill("my son of 14 is being blackmailed on snapchat with a nude photo, they want 300 euros")
    page.keyboard.press("Enter")
    expect(page.locator(".log")).to_contain_text("I understand: your son, aged 14", timeout=20_000)
    assert set(langs(page)) == {"en"}
    page.close()


def test_the_switch_changes_the_words_and_is_remembered(chat):
    chat.get_by_role("button", name=ENGLISH["language"]).click()
    expect(chat.locator(".chat")).to_have_attribute("lang", "en")
    expect(chat.locator(".log")).to_contain_text(ENGLISH["greeting"][:30])
    chat.get_by_label(ENGLISH["input"]).fill("should we pay?")
    chat.keyboard.press("Enter")
    expect(chat.locator(".log")).to_contain_text("the answer is no", timeout=20_000)
    chat.get_by_role("button", name=DUTCH["language"], exact=True).click()
    expect(chat.locator(".log")).to_contain_text("we gaan verder in het Nederlands", timeout=20_000)
    chat.reload()
    expect(chat.locator(".chat")).to_have_attribute("lang", "nl")
    for language in ("en", "nl"):
        expect(chat.locator(f".message.naast[lang={language}]").first).to_be_visible()
    assert chat.strangers == []
