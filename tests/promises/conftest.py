"""A server that tests may break: they kill it, lock its database, take its action server away. Each puts it back.
And what many tests look at: canaries that were told to it; the desk and Telegram of their own tests."""

from __future__ import annotations

import datetime
import uuid
from typing import Iterator, List, Tuple

import pytest

from scripts.backup import backup
from tests.desk.conftest import (  # noqa: F401
    addresses,
    clock,
    desk,
    desk_in,
    filled,
    guidance,
    known_vocabulary,
    quick_passwords,
    visitor,
)
from tests.promises.canaries import SAID, UNUSUAL
from tests.promises.echo import WAYS, quoting_action_server
from tests.promises.until import acknowledged
from tests.servers import Servers, running
from tests.telegram.conftest import action_port, actions, bot, hooked  # noqa: F401
from tests.web import Page

METRICS_TOKEN = "a token of at least thirty-two characters"


@pytest.fixture(scope="session")
def breakable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with running(tmp_path_factory.mktemp("breakable"), NAAST_METRICS_TOKEN=METRICS_TOKEN) as started:
        yield started


@pytest.fixture(scope="session")
def told(breakable: Servers) -> Tuple[List[Page], float]:
    """Every canary said over the web channel; some in turns that fail, at an action server that quotes them back."""
    started = datetime.datetime.now().timestamp()
    pages = []
    for number, said in enumerate(SAID):
        if number % 12 == 0:
            pages.append(Page.begin(breakable))
        acknowledged(pages[-1], f"{said}, {UNUSUAL}", uuid.uuid4().hex)
    breakable.stop("actions")
    statuses = []
    for number, said in enumerate(SAID):
        if number % 20 == 0:
            pages.append(Page.begin(breakable))
        with quoting_action_server(breakable.action_port, WAYS[number % len(WAYS)]):
            statuses.append(pages[-1].send(f"{said}, {UNUSUAL}").status_code)
    breakable.start_actions()
    assert 503 in statuses
    pages[0].ask("POST", "/messages", data=f'{{"text": "{UNUSUAL}", broken')
    pages[0].ask("GET", f"/nowhere?{UNUSUAL}")
    pages[0].ask("GET", f"/{UNUSUAL}")
    backup(breakable.database, breakable.folder / "backups", datetime.datetime.now())
    return pages, started
