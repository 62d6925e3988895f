"""A server that is away, busy or slow: what was typed stays, what was not sent says so, and can be sent again."""

from playwright.sync_api import expect

from tests.browser.hand import REPORT, TEXTS, answered, assert_accessible, send

MORE = "en hij huilt"


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


def test_what_was_typed_meanwhile_stays(chat, context):
    held = []
    context.route("**/messages", lambda route: held.append(route))
    field = chat.get_by_label(TEXTS["input"])
    field.fill(REPORT)
    with chat.expect_request("**/messages"):
        chat.keyboard.press("Enter")
    field.fill(MORE)
    held.pop().fulfill(status=503)
    expect(chat.get_by_text(TEXTS["not_sent"])).to_be_visible()
    expect(field).to_have_value(MORE)
    context.unroute("**/messages")
    chat.get_by_role("button", name=TEXTS["retry"]).click()
    answered(chat, 1)
    expect(field).to_have_value(MORE)
    expect(chat.get_by_text(TEXTS["not_sent"])).to_have_count(0)


def test_a_message_that_failed_says_so_until_it_is_sent(chat, context):
    context.route("**/messages", lambda route: route.fulfill(status=503))
    field = chat.get_by_label(TEXTS["input"])
    field.fill(REPORT)
    chat.keyboard.press("Enter")
    failed = chat.locator(".message.parent", has_text=TEXTS["not_sent"])
    expect(failed).to_contain_text("gechanteerd")
    assert_accessible(chat)
    context.unroute("**/messages")
    send(chat, MORE)
    expect(failed).to_contain_text("gechanteerd")
    expect(chat.locator(".message.parent")).to_have_count(2)
    before = chat.locator(".message.naast").count()
    failed.get_by_role("button", name=TEXTS["retry"]).click()
    answered(chat, before)
    expect(failed).to_have_count(0)
    chat.reload()
    expect(chat.locator(".message.parent .text")).to_have_text([MORE, REPORT])


def test_a_message_that_is_too_long_is_kept_and_not_sent(chat):
    posts = []
    chat.on("request", lambda request: posts.append(request.url))
    field = chat.get_by_label(TEXTS["input"])
    field.fill("x" * 5001)
    chat.keyboard.press("Enter")
    expect(chat.locator(".notice")).to_have_text(TEXTS["too_long"])
    expect(field).to_have_value("x" * 5001)
    expect(chat.locator(".message.parent")).to_have_count(0)
    assert posts == []


def test_too_much_at_once_is_told_and_can_be_sent_again(chat, context):
    busy = [{"text": "Wacht een paar tellen."}, {"text": "Gevaar? Bel 112."}]
    context.route(
        "**/messages", lambda route: route.fulfill(status=429, json={"messages": busy}, headers={"Retry-After": "1"})
    )
    chat.get_by_label(TEXTS["input"]).fill(REPORT)
    chat.keyboard.press("Enter")
    expect(chat.locator(".notice")).to_contain_text(busy[0]["text"], timeout=10_000)
    expect(chat.locator(".notice")).to_contain_text("112")
    expect(chat.get_by_label(TEXTS["input"])).to_have_value(REPORT)
    context.unroute("**/messages")
    chat.get_by_role("button", name=TEXTS["retry"]).click()
    answered(chat, 1)
    expect(chat.get_by_label(TEXTS["input"])).to_have_value("")


def test_a_server_that_never_answers_is_not_waited_for(chat, context):
    send(chat, "hoi")
    chat.clock.install()
    context.route("**/messages", lambda route: None)
    chat.get_by_label(TEXTS["input"]).fill(REPORT)
    with chat.expect_request("**/messages"):
        chat.keyboard.press("Enter")
    chat.clock.run_for(21_000)
    expect(chat.locator(".notice")).to_contain_text("112")
    expect(chat.get_by_role("button", name=TEXTS["retry"])).to_be_visible()
    expect(chat.get_by_label(TEXTS["input"])).to_have_value(REPORT)


def test_a_browser_that_keeps_nothing_holds_a_conversation_all_the_same(context, address):
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page.goto(address)
    send(page, REPORT)
    send(page, MORE)
    expect(page.locator(".message.parent")).to_have_count(2)
