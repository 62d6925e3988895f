"""Without a token the channel is closed; with one, nobody but Telegram may speak for it, or nothing starts."""

import pytest

from naast.channels.telegram.settings import telegram_settings
from naast.settings import UnsafeSettings
from tests.fakes.bot_api import TOKEN

GOOD = {"NAAST_TELEGRAM_TOKEN": TOKEN, "NAAST_TELEGRAM_SECRET": "Zy8wVu7tSr6qPo5nMl4kJi3hGf2eDc1bA0"}


@pytest.fixture
def given(monkeypatch):
    def give(**values):
        for name in ("TOKEN", "SECRET", "MODE", "URL", "API"):
            monkeypatch.delenv(f"NAAST_TELEGRAM_{name}", raising=False)
        monkeypatch.delenv("SANIC_WORKERS", raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return telegram_settings()

    return give


def test_without_a_token_it_is_closed(given):
    assert given() is None and given(NAAST_TELEGRAM_TOKEN=" ") is None


def test_a_webhook_with_a_strong_secret_opens_it_and_nothing_secret_is_printed(given):
    settings = given(**GOOD, NAAST_TELEGRAM_URL="https://naast.example/")
    assert (settings.polls, settings.public_url, settings.api) == (
        False,
        "https://naast.example",
        "https://api.telegram.org",
    )
    assert TOKEN not in repr(settings) and settings.secret not in repr(settings)


def test_polling_needs_no_secret(given):
    assert given(NAAST_TELEGRAM_TOKEN=TOKEN, NAAST_TELEGRAM_MODE="polling").polls


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NAAST_TELEGRAM_TOKEN", "abc"),
        ("NAAST_TELEGRAM_SECRET", ""),
        ("NAAST_TELEGRAM_SECRET", "geheim"),
        ("NAAST_TELEGRAM_SECRET", "a" * 64),
        ("NAAST_TELEGRAM_SECRET", "Zy8wVu7tSr6qPo5nMl4k Ji3hGf2eDc1bA0"),
        ("NAAST_TELEGRAM_SECRET", "Zy8wVu7tSr6qPo5n" * 20),
        ("NAAST_TELEGRAM_MODE", "both"),
        ("NAAST_TELEGRAM_URL", "http://naast.example"),
        ("NAAST_TELEGRAM_URL", "naast.example"),
        ("NAAST_TELEGRAM_API", "http://api.telegram.org"),
        ("SANIC_WORKERS", "2"),
    ],
)
def test_what_is_unsafe_stops_the_start_and_names_the_setting(given, name, value):
    with pytest.raises(UnsafeSettings, match=name):
        given(**{**GOOD, name: value})
