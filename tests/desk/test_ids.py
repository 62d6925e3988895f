"""Whoever somebody is for a channel is never shown: the web's token, the number of a Telegram account."""

import pytest

from naast.desk.conversations.sync import read_new
from tests.desk.events import NOON, Said, rows, write

TELEGRAM = "telegram:8412345678"


@pytest.mark.parametrize("role", ["trainer", "admin"])
def test_no_page_shows_an_id(desk, visitor, addresses, role):
    said = [Said("mag ik iets vragen", confidence=0.2)]
    write(desk.engine, list(rows(TELEGRAM, said, NOON, "telegram")))
    read_new(desk)
    browser = visitor(role)
    shown = {**addresses, "the one from Telegram": "/conversations/4", "its filter": "/conversations?channel=telegram"}
    files = ("test_review_1.yml", "review_1_nlu_nl.yml")
    shown.update({name: f"/batches/1/files/{name}" for name in files})
    for path, address in shown.items():
        answer = browser.get(address, follow_redirects=True)
        everything = answer.text + str(answer.headers)
        for sender in (f"{1:032x}", f"{3:032x}", TELEGRAM, TELEGRAM.partition(":")[2]):
            assert sender not in everything, (path, sender)
    assert "Telegram" in browser.get("/conversations/4").text
