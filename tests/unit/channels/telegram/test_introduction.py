"""At the start it is told who answers, or that nobody can."""

import asyncio

import pytest

from naast.channels.telegram import introduction
from naast.channels.telegram.api import BotApi
from naast.channels.telegram.introduction import introduce
from tests.fakes.bot_api import TOKEN, FakeBotApi


@pytest.fixture
def fake(monkeypatch):
    monkeypatch.setattr(introduction, "PAUSES", (0.01,))
    started = FakeBotApi().start()
    yield started
    started.stop()


def begin(fake, token):
    async def work():
        api = BotApi(fake.url, token)
        await introduce(api)
        await api.close()

    asyncio.run(work())


def test_a_wrong_token_is_told_and_not_shown(fake, caplog):
    begin(fake, "987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0")
    assert "naast.telegram.wrong_token" in caplog.text and "AAHdqTcv" not in caplog.text


def test_the_name_is_told_once_telegram_is_reached(fake, caplog):
    caplog.set_level("INFO")
    fake.fail("getMe", status=500)
    begin(fake, TOKEN)
    assert "naast.telegram.not_reached" in caplog.text and "@naast_bot" in caplog.text
