"""`make telegram-setup`, against the fake of Telegram: one command, and a clear word where it cannot."""

import pytest

from naast.guidance.library import languages
from scripts import telegram_setup
from tests.fakes.bot_api import TOKEN, FakeBotApi

SECRET = "Zy8wVu7tSr6qPo5nMl4kJi3hGf2eDc1bA0"


@pytest.fixture
def fake():
    started = FakeBotApi().start()
    yield started
    started.stop()


@pytest.fixture
def run(fake, monkeypatch, capsys):
    def set_up(**values):
        for name in ("TOKEN", "SECRET", "MODE", "URL"):
            monkeypatch.delenv(f"NAAST_TELEGRAM_{name}", raising=False)
        monkeypatch.setenv("NAAST_TELEGRAM_API", fake.url)
        for name, value in values.items():
            monkeypatch.setenv(f"NAAST_TELEGRAM_{name}", value)
        telegram_setup.main()
        assert fake.complaints == []
        return capsys.readouterr().out

    return set_up


def test_by_webhook_everything_is_set_and_no_secret_is_printed(fake, run):
    said = run(TOKEN=TOKEN, SECRET=SECRET, URL="https://naast.example")
    assert "@naast_bot" in said and "https://naast.example/webhooks/telegram/webhook" in said
    assert fake.settings["setWebhook"]["secret_token"] == SECRET
    assert len(fake.called("setMyCommands")) == len(fake.called("setMyDescription")) == len(languages())
    assert TOKEN not in said and SECRET not in said


def test_by_polling_a_token_is_all_it_needs_and_a_webhook_is_taken_away(fake, run):
    fake.hook_to("http://127.0.0.1:9/", "x")
    said = run(TOKEN=TOKEN, MODE="polling")
    assert "long polling" in said and fake.hook is None and fake.called("setMyCommands")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "NAAST_TELEGRAM_TOKEN is not set"),
        ({"TOKEN": TOKEN}, "NAAST_TELEGRAM_SECRET"),
        ({"TOKEN": TOKEN, "SECRET": SECRET}, "NAAST_TELEGRAM_URL is not set"),
        ({"TOKEN": "987654321" + TOKEN[9:], "MODE": "polling"}, "does not know this token"),
    ],
)
def test_what_is_missing_or_wrong_is_named_in_a_line(fake, run, values, told):
    with pytest.raises(SystemExit, match=told) as stopped:
        run(**values)
    assert TOKEN[10:] not in str(stopped.value) and "setMyCommands" not in fake.settings


def test_what_telegram_does_not_take_is_told(fake, run):
    fake.fail("setMyDescription", status=500)
    with pytest.raises(SystemExit, match="Telegram did not take it"):
        run(TOKEN=TOKEN, MODE="polling")
