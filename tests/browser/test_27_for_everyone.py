"""Promise 27: without a mouse, with a screen reader (axe), with a thumb, four times enlarged: it can be used."""

import time

from playwright.sync_api import expect

from tests.browser.hand import A_BREATH, REPORT, TEXTS, answered, assert_accessible, press, send

FOCUSED = "(document.activeElement.shadowRoot?.activeElement ?? document.activeElement).localName"


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
        replies = chat.locator(".replies button")
        if replies.count():
            for _ in range(replies.count()):
                chat.keyboard.press("Shift+Tab")
            expect(replies.first).to_be_focused()
        else:
            chat.keyboard.type("en nu?")
        chat.keyboard.press("Enter")
        answered(chat, before)


def test_nothing_smaller_than_a_thumb(chat):
    send(chat, REPORT)
    for button in chat.locator("button:visible").all():
        box = button.bounding_box()
        assert box["height"] >= 43.5 and box["width"] >= 43.5, button.inner_text()


def test_enlarged_four_times_all_is_read_and_pressed_without_scrolling_sideways(chat):
    chat.set_viewport_size({"width": 320, "height": 512})
    send(chat, REPORT)
    press(chat, "Thuis, ik ben erbij")
    assert_accessible(chat)
    assert chat.evaluate("document.documentElement.scrollWidth <= innerWidth")
