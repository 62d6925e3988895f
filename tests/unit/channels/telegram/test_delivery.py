"""Sending, against the fake of Telegram: waits when asked, tries again, keeps the order, edits the plan."""

import asyncio
from pathlib import Path

import pytest

from naast.channels.telegram import api as api_module
from naast.channels.telegram.api import Blocked, BotApi, Conflict, Refused, Unreachable, WrongToken
from naast.channels.telegram.delivery import Delivery
from naast.channels.telegram.render import pieces
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

    def run(*messages, seconds=5.0, longest_pause=0.05):
        async def work():
            paused = []

            async def pause(seconds):
                paused.append(seconds)
                await asyncio.sleep(min(seconds, longest_pause))

            api = BotApi(fake.url, TOKEN, seconds)
            delivery = Delivery(api, views, pause)
            try:
                for piece in pieces(messages):
                    await delivery.send(CHAT, "mine", piece)
            finally:
                await api.close()
            return paused

        return asyncio.run(work())

    return run


def shown(fake):
    return [message.text for message in fake.chats[CHAT].by_bot()]


def test_what_is_said_arrives_in_order(fake, send):
    assert send(*({"text": str(number)} for number in range(40))) == []
    assert shown(fake) == [str(number) for number in range(40)] and fake.complaints == []


def test_asked_to_wait_it_waits_that_long_and_goes_on(fake, send):
    fake.fail("sendMessage", times=2, status=429, retry_after=1)
    assert send({"text": "een"}, {"text": "twee"}, longest_pause=1.0) == [1.0, 1.0]
    assert shown(fake) == ["een", "twee"] and fake.complaints == []


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
