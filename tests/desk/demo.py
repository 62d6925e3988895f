"""`make desk-demo`: a desk to try, with a database of its own and two hundred made-up conversations in it.

    python -m tests.desk.demo

The conversations are held with the real model and the real answers, once; what reviewers do there stays until
`rm -r var/desk-demo`. The desk of `make run` and its conversations are not touched. A trial trains for real.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import signal
import sys
from pathlib import Path
from typing import Callable, List, Tuple

import sqlalchemy as sa

from naast.desk import clock, database
from naast.desk.auth import accounts
from naast.desk.conversations.sync import read_new
from naast.desk.desk import Desk
from naast.desk.tables import CONVERSATION, EVENTS
from naast.desk.texts import load_texts
from naast.desk.training.trials import Training
from tests.desk import seeds
from tests.desk.serving import serving
from tests.servers import Conversation, running

FOLDER = Path("var/desk-demo")
URL = "http://127.0.0.1:5081"
NAME = "trainer"
DAYS = 30
CHANNEL = "web"


def fill(conversation: Callable[[], Conversation], say: Callable[[str], object] = lambda _: None) -> None:
    """Hold every conversation, one after the other."""
    for number, script in enumerate(seeds.scripts(), 1):
        seeds.hold(conversation(), script)
        say(f"\r{number} of {seeds.COUNT} conversations")


def held(connection: sa.engine.Connection) -> List[Tuple[str, float]]:
    """The ids under which conversations are kept, in the order they were held, and when each began."""
    first = sa.func.min(EVENTS.c.id)
    wanted = sa.select(EVENTS.c.sender_id, sa.func.min(EVENTS.c.timestamp)).group_by(EVENTS.c.sender_id)
    return [tuple(row) for row in connection.execute(wanted.order_by(first))]


def spread(engine: sa.engine.Engine, now: int) -> None:
    """Move the conversations over the last DAYS days, in the order they were held, and to the channel of parents: held
    one after the other on the one for development they would be a single quarter of an hour."""
    apart = DAYS * 86400 // seeds.COUNT
    with database.writing(engine).begin() as connection:
        for place, (sender, began) in enumerate(held(connection)):
            moved = EVENTS.c.timestamp + (now - (seeds.COUNT - place) * apart - began)
            own = EVENTS.c.sender_id == sender
            data = sa.func.json_set(EVENTS.c.data, "$.timestamp", moved)
            connection.execute(EVENTS.update().where(own).values(timestamp=moved, data=data))
            told = sa.func.json_replace(EVENTS.c.data, "$.input_channel", CHANNEL)
            connection.execute(EVENTS.update().where(own, EVENTS.c.type_name == "user").values(data=told))


def open_demo(folder: Path = FOLDER) -> Desk:
    """The desk of the demonstration, without conversations where it is new."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = database.connect(f"sqlite:///{folder}/naast.db")
    database.upgrade(engine)
    training = Training(folder=folder / "trials")
    return Desk(engine, URL, secrets.token_bytes(32), load_texts(), clock.now, training=training)


def _is_filled(desk: Desk) -> bool:
    with desk.engine.connect() as connection:
        found = connection.execute(sa.select(sa.func.count()).select_from(CONVERSATION)).scalar()
    return found >= seeds.COUNT


def _account(desk: Desk) -> str:
    """A new password at each start: it stands nowhere but on the screen."""
    password = secrets.token_urlsafe(12)
    if NAME in {row.name for row in accounts.listed(desk)}:
        accounts.change_password(desk, NAME, password)
    else:
        accounts.add(desk, NAME, NAME, password)
    return password


def main() -> None:
    def say(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    desk = open_demo()
    if not _is_filled(desk):
        # What was left by a start that was broken off is no demonstration.
        desk.engine.dispose()
        shutil.rmtree(FOLDER)
        desk = open_demo()
        say("Naast holds two hundred conversations first; that takes a minute or two.\n")
        with running(FOLDER) as servers:
            fill(servers.conversation, say)
        spread(desk.engine, desk.clock())
        read_new(desk)
    password = _account(desk)
    with serving(desk):
        say(
            f"\n==> A desk to try, with {seeds.COUNT} made-up conversations: {desk.url}\n"
            f"    Name: {NAME}   Password: {password}\n"
            "    Find the three worst conversations, correct ten messages, make a batch of them, try it.\n"
            f"    Ctrl-C stops it. What you did stays in {FOLDER}; to begin anew: rm -r {FOLDER}\n\n"
        )
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
