"""Sending, against the fake of Telegram: waits when asked, tries again, keeps the order, edits the plan."""

import asyncio
from pathlib import Path

import pytest

from naast.channels.telegram import api as api_module
from naast.channels.telegram.api import Blocked, BotApi, Conflict, Refused, Unreachable, WrongToken
from naast.channels.telegram.delivery import PAUSES, Delivery
from naast.channels.telegram.render import pieces, remove_keyboard
from naast.channels.telegram.settings import TelegramSettings
from naast.channels.telegram.setup import set_up
from naast.store.messenger import View
from tests.fakes.bot_api import TOKEN, Chat, FakeBotApi

CHAT = 700


class Remembered:
    """Views in memory."""

    def __init__(self):
        self.view = View()

    def of(self, _sender_id):
        return self.view

    def change(self, _sender_id, **values):
        self.view = View(**{**vars(self.view), **values})
        return True


@pytest.fixture
def fake():
    started = FakeBotApi().start()
    started.chats[CHAT] = Chat(CHAT)
    yield started
    started.stop()


@pytest.fixture
def send(fake):
    """Sends messages in one go; returns how long it paused."""
    views = Remembered()

    def run(*messages, seconds=5.0, longest_pause=0.05, first=()):
        made = [*first, *pieces(messages)]

        async def work():
            paused = []

            async def pause(seconds):
                paused.append(seconds)
                await asyncio.sleep(min(seconds, longest_pause))

            api = BotApi(fake.url, TOKEN, seconds)
            delivery = Delivery(api, views, pause)
            try:
                for piece in made:
                    await delivery.send(CHAT, "mine", piece)
            finally:
                await api.close()
            return paused

        return asyncio.run(work())

    return run


def shown(fake):
    return [message.text for message in fake.chats[CHAT].by_bot()]


def test_what_is_said_arrives_in_order(fake, send):
    assert send(*({"text": str(number)} for number in range(8))) == []
    assert shown(fake) == [str(number) for number in range(8)] and fake.complaints == []


def test_asked_to_wait_it_waits_that_long_and_goes_on(fake, send):
    fake.fail("sendMessage", times=2, status=429, retry_after=1)
    assert send({"text": "een"}, {"text": "twee"}, longest_pause=1.0) == pytest.approx([1.0, 1.0], abs=0.1)
    assert shown(fake) == ["een", "twee"] and fake.complaints == []


def test_what_goes_first_waits_as_long_as_what_it_broke_off(fake):
    fake.fail("sendMessage", status=429, retry_after=1)

    async def work():
        api = BotApi(fake.url, TOKEN)
        delivery = Delivery(api, Remembered())
        first, second = pieces([{"text": "een"}, {"text": "twee"}])
        sending = asyncio.ensure_future(delivery.send(CHAT, "mine", first))
        while not delivery._rests:
            await asyncio.sleep(0.01)
        sending.cancel()
        await delivery.send(CHAT, "mine", second)
        await api.close()

    asyncio.run(work())
    assert shown(fake) == ["twee"] and fake.complaints == []


@pytest.mark.parametrize("how", [{"status": 500}, {"status": 502}, {"hangs": 0.4, "status": 500}])
def test_a_server_that_is_down_is_tried_until_it_is_up(fake, send, how):
    fake.fail("sendMessage", times=3, **how)
    assert send({"text": "een"}, {"text": "twee"}, seconds=0.3) == [1.0, 2.0, 4.0]
    assert shown(fake) == ["een", "twee"]


def test_an_answer_that_got_lost_means_once_more_rather_than_never(fake, send):
    fake.fail("sendMessage", lost=True)
    send({"text": "een"}, {"text": "twee"})
    assert shown(fake) == ["een", "een", "twee"]


def test_a_parent_who_blocked_naast_is_told_apart(fake, send):
    fake.chats[CHAT].blocked = True
    with pytest.raises(Blocked):
        send({"text": "een"})


def test_what_telegram_does_not_take_goes_out_as_bare_words_and_holds_up_nothing(fake, send):
    broken = {"text": "kies", "buttons": [{"title": "", "payload": "/x"}]}
    send(broken, {"text": "verder"})
    assert shown(fake) == ["kies", "verder"]


@pytest.mark.parametrize("status", [404, 401, 400, 403])
def test_what_matters_little_holds_up_nothing(fake, send, status):
    fake.fail("editMessageReplyMarkup", times=99, status=status)
    assert send({"text": "verder"}, first=[remove_keyboard(3)]) == []
    assert shown(fake) == ["verder"]


def test_what_matters_little_is_tried_a_few_times_while_telegram_is_down(fake, send):
    fake.fail("editMessageReplyMarkup", times=99, status=500)
    assert send({"text": "verder"}, first=[remove_keyboard(3)]) == list(PAUSES)
    assert shown(fake) == ["verder"]


def test_what_matters_little_waits_too_when_it_is_asked_to(fake, send):
    send({"text": "kies", "buttons": [{"title": "Ja", "payload": "/x"}]})
    (asked,) = fake.chats[CHAT].by_bot()
    fake.fail("editMessageReplyMarkup", status=429, retry_after=1)
    assert send({"text": "verder"}, first=[remove_keyboard(asked.id)], longest_pause=1.0) == pytest.approx(
        [1.0], abs=0.1
    )
    assert asked.keyboard == [] and fake.complaints == []


def plan(*done):
    steps = [{"title": f"stap {number}", "done": each} for number, each in enumerate(done)]
    return {"text": "x", "custom": {"kind": "plan", "lead": "Zo:", "steps": steps}}


def test_the_plan_is_edited_where_it_stands_when_a_step_is_ticked(fake, send):
    send(plan(False, False), {"text": "nu dit"})
    send({"text": "goed"}, plan(True, False), {"text": "dan dat"}, {"text": "en zo"})
    first, *rest = fake.chats[CHAT].by_bot()
    assert first.edits == 1 and "☑ 1. stap 0" in first.text and "1 van 2" in first.text
    assert [message.text for message in rest] == ["nu dit", "goed", "dan dat", "en zo"]
    assert [message.quotes for message in rest] == [None, None, first.id, None]


@pytest.mark.parametrize("then", [(False, False), (True, False, False)], ids=["asked for again", "another plan"])
def test_a_plan_asked_for_again_stands_below_and_there_is_only_one(fake, send, then):
    send(plan(False, False), {"text": "nu dit"})
    send(plan(*then))
    texts = shown(fake)
    assert texts[0] == "nu dit" and texts[1].startswith("Zo:") and len(texts) == 2


def test_a_plan_that_is_asked_for_in_so_many_words_stands_below_also_when_a_step_was_ticked_meanwhile(fake, send):
    send(plan(False, False), {"text": "nu dit"})
    fake.fail("deleteMessage", status=429, retry_after=1)
    (asked,) = pieces([plan(True, False)])
    asked["plan"]["asked_for"] = True
    assert send(first=[asked], longest_pause=1.0) == pytest.approx([1.0], abs=0.1)
    assert [text.split("\n")[0] for text in shown(fake)] == ["nu dit", "Zo:"] and fake.complaints == []


def test_the_plan_is_edited_to_the_last_step(fake, send):
    send(plan(False, True))
    send(plan(True, True), {"text": "klaar"})
    first, last = fake.chats[CHAT].by_bot()
    assert first.text.endswith("2 van 2 gedaan") and "☐" not in first.text and last.quotes == first.id


def test_a_document_behind_the_plan_points_to_it(fake, send):
    send(plan(False, False))
    (first,) = fake.chats[CHAT].by_bot()
    files = [{"name": "plan.txt", "type": "text/plain", "text": "1"}]
    send(plan(True, False), {"custom": {"kind": "attachment", "files": files}})
    assert fake.chats[CHAT].by_bot()[-1].quotes == first.id and fake.complaints == []


def test_a_plan_that_the_parent_deleted_is_sent_anew(fake, send):
    send(plan(False, False))
    fake.chats[CHAT].messages.clear()
    send(plan(True, False))
    assert len(shown(fake)) == 1 and "☑" in shown(fake)[0]


def call(fake, method, params, token=TOKEN, seconds=2.0):
    async def work():
        api = BotApi(fake.url if fake else "http://127.0.0.1:9", token, seconds)
        try:
            return await api.call(method, params)
        finally:
            await api.close()

    return asyncio.run(work())


def test_every_way_to_fail_has_its_name_and_none_tells_the_token(fake):
    fake.hook_to("http://127.0.0.1:9/", "x")
    cases = [
        (WrongToken, fake, "getMe", {}, "1:x"),
        (Blocked, fake, "sendMessage", {"chat_id": 5, "text": "x"}, TOKEN),
        (Refused, fake, "sendMessage", {"chat_id": CHAT, "text": ""}, TOKEN),
        (Conflict, fake, "getUpdates", {}, TOKEN),
        (Unreachable, None, "getMe", {}, TOKEN),
    ]
    for kind, where, method, params, token in cases:
        with pytest.raises(kind) as error:
            call(where, method, params, token)
        assert token not in str(error.value) and error.value.__cause__ is None


def test_where_the_way_out_is_a_proxy_it_is_taken(fake, monkeypatch):
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", fake.url)

    async def work():
        api = BotApi("http://telegram.invalid", TOKEN)
        try:
            return await api.call("getMe", {})
        finally:
            await api.close()

    assert asyncio.run(work())["username"] == "naast_bot"


def test_no_method_that_fetches_a_file_is_known():
    assert "getFile" not in Path(api_module.__file__).read_text(encoding="utf-8")


def test_setting_up_tells_telegram_the_menu_and_the_webhook(fake):
    settings = TelegramSettings(TOKEN, "S" * 40, False, fake.url, "https://naast.example")

    async def work():
        api = BotApi(fake.url, TOKEN)
        try:
            return await set_up(api, settings)
        finally:
            await api.close()

    lines = asyncio.run(work())
    assert fake.complaints == [] and "@naast_bot" in lines[0]
    assert [each["command"] for each in fake.settings["setMyCommands"]["commands"]][:2] == ["start", "plan"]
    hook = fake.settings["setWebhook"]
    assert hook["url"] == "https://naast.example/webhooks/telegram/webhook" and hook["max_connections"] == 1
