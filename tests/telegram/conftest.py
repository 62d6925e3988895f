"""Naast behind a fake of Telegram; one server that is called and one that polls, for all tests of this folder."""

from __future__ import annotations

import contextlib
import dataclasses
import sqlite3
from typing import Iterator

import pytest

from tests.fakes.bot_api import TOKEN, FakeBotApi
from tests.fakes.parent import Parent
from tests.servers import Servers, free_port

SECRET = "Zy8wVu7tSr6qPo5nMl4kJi3hGf2eDc1bA0"
KEY = "tests-of-the-telegram-channel-0123456789abcdef"


@dataclasses.dataclass
class Telegram:
    """The fake and the server behind it."""

    api: FakeBotApi
    servers: Servers

    @property
    def hook(self) -> str:
        return f"http://127.0.0.1:{self.servers.rasa_port}/webhooks/telegram/webhook"

    def rows(self, query: str, *values: object) -> list:
        """Read the database of the server."""
        with contextlib.closing(sqlite3.connect(f"file:{self.servers.database}?mode=ro", uri=True)) as database:
            return database.execute(query, values).fetchall()

    def on_disk(self) -> bytes:
        """Every byte of the database and its journal."""
        found = b""
        for path in self.servers.folder.glob("naast.db*"):
            with contextlib.suppress(FileNotFoundError):  # SQLite takes its journal away when nobody looks
                found += path.read_bytes()
        return found

    def settled(self) -> bool:
        return self.rows("SELECT COUNT(*) FROM inbox")[0][0] == 0

    def parent(self) -> Parent:
        return Parent(self.api, self.settled)


@contextlib.contextmanager
def telegram(folder, mode: str, action_port: int) -> Iterator[Telegram]:
    """A Rasa server with the channel in this mode, and the fake before it."""
    api = FakeBotApi().start()
    environment = {
        "NAAST_KEY": KEY,
        "NAAST_TELEGRAM_TOKEN": TOKEN,
        "NAAST_TELEGRAM_SECRET": SECRET,
        "NAAST_TELEGRAM_MODE": mode,
        "NAAST_TELEGRAM_API": api.url,
    }
    running = Telegram(api, Servers(free_port(), action_port, folder, {}, environment))
    try:
        running.servers.start_rasa()
        if mode == "webhook":
            api.hook_to(running.hook, SECRET)
        yield running
    finally:
        for name in list(running.servers.processes):
            running.servers.stop(name)
        api.stop()


@pytest.fixture(scope="session")
def actions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """One action server for all; it keeps nothing."""
    servers = Servers(0, free_port(), tmp_path_factory.mktemp("actions"), {})
    servers.start_actions()
    yield servers
    servers.stop("actions")


@pytest.fixture(scope="session")
def action_port(actions: Servers) -> int:
    return actions.action_port


@pytest.fixture(scope="session")
def hooked(tmp_path_factory: pytest.TempPathFactory, action_port: int) -> Iterator[Telegram]:
    with telegram(tmp_path_factory.mktemp("hooked"), "webhook", action_port) as running:
        yield running


@pytest.fixture(scope="session")
def polled(tmp_path_factory: pytest.TempPathFactory, action_port: int) -> Iterator[Telegram]:
    with telegram(tmp_path_factory.mktemp("polled"), "polling", action_port) as running:
        yield running


both_ways = pytest.mark.parametrize("bot", ["hooked", "polled"], indirect=True)
"""For a test that is to hold however Telegram's updates come."""


@pytest.fixture
def bot(request: pytest.FixtureRequest) -> Iterator[Telegram]:
    """The running server, by webhook unless a test asks otherwise; whatever it did that Telegram would refuse fails the
    test."""
    running = request.getfixturevalue(getattr(request, "param", "hooked"))
    running.api.complaints.clear()
    running.api.faults.clear()
    yield running
    assert running.api.complaints == []


@pytest.fixture
def parent(bot: Telegram) -> Parent:
    return bot.parent()
