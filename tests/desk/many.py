"""A desk with a hundred thousand conversations, and how long its pages take.

    python -m tests.desk.many      fills a database in a temporary folder and prints the times

Two and a half thousand are written as events and read as the desk reads them; the rest are copies of them under other
numbers: lines, messages, words and events, which is all that a page reads.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Dict, List

import sqlalchemy as sa
from starlette.testclient import TestClient

from naast.desk import database
from naast.desk.app import build, warm_up
from naast.desk.auth import accounts
from naast.desk.conversations.sync import read_new
from naast.desk.desk import Desk
from naast.desk.tables import CONVERSATION, EVENTS, MESSAGE, WORD
from naast.desk.texts import load_texts
from naast.desk.visit import TEMPLATES
from tests.desk.events import NOON, many, write

WRITTEN, COPIES = 2_500, 40
ALL = WRITTEN * COPIES
AT_ONCE = 20_000
PATHS = [
    "/conversations",
    "/conversations?sort=worst&status=open",
    "/conversations?flag=suicidal&flag=no_answer",
    "/conversations?flag=not_handed_over&flag=stopped&sort=worst",
    "/conversations?search=zeldzaamheid",
    "/conversations?search=mijn+zoon",
    "/conversations?search=mijn+zoon+snap&sort=worst",
    "/conversations?intent=ask_police&channel=web&confidence=40",
    "/conversations?page=1500",
    "/conversations?since=2026-06-01&until=2026-07-01&stopped_at=paid",
    "/conversations/70000?search=mijn&sort=worst",
    "/messages",
    "/figures",
]
TIMES = 5


def fill(desk: Desk) -> float:
    """Fill an empty database.

    Returns:
        Milliseconds that the desk needed to read one new conversation out of the events.
    """
    made = many(WRITTEN)
    while chunk := list(itertools.islice(made, AT_ONCE)):
        write(desk.engine, chunk)
    started = time.perf_counter()
    read_new(desk)
    took = (time.perf_counter() - started) * 1000 / WRITTEN
    with desk.engine.connect() as connection:
        highest = connection.execute(sa.select(sa.func.max(EVENTS.c.id))).scalar()
    for copy in range(1, COPIES):
        with desk.writing.begin() as connection:
            for table in (EVENTS, CONVERSATION, MESSAGE, WORD):
                connection.execute(table.insert().from_select(table.columns.keys(), _copy(table, copy, highest)))
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    return took


def _copy(table: sa.Table, copy: int, highest: int) -> sa.sql.Select:
    """The written rows under the numbers of their `copy`; `highest` is the number of the last written event."""
    key = table.c.get("id", table.c.get("conversation_id"))
    last = highest if table is EVENTS else WRITTEN
    shifts = {"last_event_id": highest * copy, "event_id": highest * copy, key.name: last * copy}
    columns = [column + shifts[column.name] if column.name in shifts else column for column in table.columns]
    columns = [column + f"-{copy}" if getattr(column, "name", "") == "sender_id" else column for column in columns]
    return sa.select(*columns).where(key <= last)


def measure(desk: Desk) -> Dict[str, List[float]]:
    """Milliseconds of work for a whole page, TIMES times each, in a reviewer's session. The processor's time, not the
    clock's: on a machine that does other things as well the clock measures those."""
    if "measurer" not in {row.name for row in accounts.listed(desk)}:
        accounts.add(desk, "measurer", "reviewer", "vier woorden van klei")
    taken: Dict[str, List[float]] = {path: [] for path in PATHS}
    # Not as a context: what the application reads beside its pages would be counted with them.
    browser = TestClient(build(desk), base_url=desk.url, headers={"Origin": desk.url})
    browser.post("/login", data={"name": "measurer", "password": "vier woorden van klei"})
    # As a start leaves it: nothing of the database is in memory, no page was made.
    desk.engine.dispose()
    TEMPLATES.cache.clear()
    warm_up(desk)
    for path in PATHS * TIMES:
        started = time.process_time()
        answer = browser.get(path)
        taken[path].append((time.process_time() - started) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    return taken


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = database.connect(f"sqlite:///{folder}/naast.db")
        database.upgrade(engine)
        # At the moment up to which they were held: a month of figures is then a month full of conversations.
        desk = Desk(engine, "http://127.0.0.1:5080", b"k" * 32, load_texts(), lambda: NOON)
        sys.stdout.write(f"reading a new conversation out of the events: {fill(desk):.1f} ms\n")
        size = Path(folder, "naast.db").stat().st_size / 1e6
        sys.stdout.write(
            f"{ALL} conversations, {size:.0f} MB; milliseconds of work, first, median and worst of {TIMES}:\n"
        )
        for path, taken in measure(desk).items():
            sys.stdout.write(f"{taken[0]:7.0f} {statistics.median(taken):7.0f} {max(taken):7.0f}  {path}\n")


if __name__ == "__main__":
    main()
