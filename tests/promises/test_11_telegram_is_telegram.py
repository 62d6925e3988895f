"""Promise 11: what says it comes from Telegram is believed only with the secret that Telegram alone was told."""

import json

import pytest
import requests

from naast.channels.telegram.channel import MAX_UPDATE
from tests.telegram.conftest import SECRET
from tests.telegram.test_conversations import REPORT
from tests.telegram.test_hook import post


@pytest.mark.parametrize(
    "secret", [None, "", "x", SECRET[:-1], SECRET + "x", SECRET.lower(), "é".encode(), b"\xff\xfe"]
)
def test_who_does_not_know_the_secret_is_not_telegram(bot, secret):
    parent = bot.parent()
    update = bot.api.update(message=parent.message(text=REPORT))
    assert post(bot, json.dumps(update), secret) == 403
    assert bot.settled() and bot.rows(
        "SELECT COUNT(*) FROM inbox_seen WHERE delivery = ?", str(update["update_id"])
    ) == [(0,)]
    assert post(bot, b"x" * (MAX_UPDATE * 2), secret) == 403


def test_there_is_no_other_way_in(bot):
    base = bot.hook.rsplit("/", 1)[0]
    assert requests.get(bot.hook, timeout=30).status_code == 405
    assert requests.get(f"{base}/set_webhook", timeout=30).status_code == 404
    assert requests.get(f"{base}/health", timeout=30).json() == {"status": "webhook"}
