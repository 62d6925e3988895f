"""Promise 1: nothing that says who somebody is stands on the disk, whatever file, however the turn ended.

And promise 22, in the same folder: the log holds no message, no address and no token."""

import datetime
import uuid

import pytest

from scripts.backup import backup
from tests.promises.canaries import CANARIES, UNUSUAL
from tests.promises.echo import WAYS, quoting_action_server
from tests.promises.until import acknowledged
from tests.servers import ROOT
from tests.web import Page

BUILT = {"naast.tar.gz"}


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def holding(piece, paths):
    return [path.name for path in paths if piece.encode() in path.read_bytes()]


@pytest.fixture(scope="module")
def told(breakable):
    """Every canary said over the web channel; some in turns that fail, at an action server that quotes them back."""
    started = datetime.datetime.now().timestamp()
    pages = []
    for number, said in enumerate(CANARIES):
        if number % 12 == 0:
            pages.append(Page.begin(breakable))
        acknowledged(pages[-1], f"{said}, {UNUSUAL}", uuid.uuid4().hex)
    breakable.stop("actions")
    statuses = []
    for number, said in enumerate(CANARIES):
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


def test_forty_things_that_say_who_it_is_are_found_nowhere(told, breakable):
    _, started = told
    kept = files(breakable.folder)
    assert {"naast.db", "rasa.log", "actions.log"} <= {path.name for path in kept}
    assert any(path.parent.name == "backups" for path in kept)
    written = [path for folder in ("models", "logs", "var") for path in files(ROOT / folder)]
    written = [path for path in written if path.name not in BUILT and path.stat().st_mtime > started]
    assert len(CANARIES) == 40
    found = {piece: holding(piece, kept + written) for piece in CANARIES.values()}
    assert {piece: where for piece, where in found.items() if where} == {}


def test_the_log_holds_no_message_no_address_and_no_token(told, breakable):
    pages, _ = told
    logs = [breakable.folder / "rasa.log", breakable.folder / "actions.log"]
    assert holding(UNUSUAL, [breakable.database, breakable.folder / "naast.db-wal"])  # else this proves nothing
    assert holding("naast.turn.failed", logs)
    assert holding(UNUSUAL, logs) == []
    for page in pages:
        assert holding(page.token, files(breakable.folder)) == []
        address = page.session.get_adapter("http://")._address
        assert holding(address, files(breakable.folder)) == []
