"""No faster than Telegram takes it, in one chat and in all, and a whole answer at once."""

import asyncio
import time

import pytest

from naast.channels.telegram.api import BotApi
from naast.channels.telegram.pace import IN_A_CHAT, Pace
from tests.fakes.bot_api import TOKEN, Chat, FakeBotApi


@pytest.fixture
def fake():
    started = FakeBotApi().start()
    started.chats.update({chat: Chat(chat) for chat in range(1, 13)})
    yield started
    started.stop()


def say(fake, chats, each):
    """Say so much in every chat; returns the seconds it took."""

    async def work():
        api = BotApi(fake.url, TOKEN)

        async def talk(chat):
            for number in range(each):
                await api.call("sendMessage", {"chat_id": chat, "text": str(number)})

        begun = time.monotonic()
        await asyncio.gather(*map(talk, chats))
        await api.close()
        return time.monotonic() - begun

    return asyncio.run(work())


def test_an_answer_goes_out_at_once_and_more_of_it_one_a_second(fake):
    assert say(fake, [1], IN_A_CHAT) < 1
    assert say(fake, [2], IN_A_CHAT + 3) > 2
    assert len(fake.chats[2].by_bot()) == IN_A_CHAT + 3 and fake.complaints == []


def test_many_chats_together_are_no_faster_than_the_bot_may_be(fake):
    assert say(fake, range(1, 13), 4) > 1
    assert fake.complaints == []


def test_chats_that_are_rested_are_forgotten(monkeypatch):
    monkeypatch.setattr("naast.channels.telegram.pace._MOST_CHATS", 3)

    async def work():
        pace = Pace()
        for chat in range(10):
            await pace.wait("sendMessage", {"chat_id": chat})
            pace._chats[chat]._last_check -= IN_A_CHAT
        return len(pace._chats)

    assert asyncio.run(work()) <= 4
