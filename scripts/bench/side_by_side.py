"""How much more two Naast servers answer than one, each with an action server, on the PostgreSQL and the Redis that
NAAST_DATABASE_URL and NAAST_REDIS_URL name. What is said to them stays in that database: take an empty one.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path
from typing import List

from naast.settings import database_url, redis_url
from naast.store import schema
from scripts.bench import measures, projects
from scripts.bench.running import running

AT_ONCE = 16
PROMISED = 1.7
"""Times what one answers, where each server and each action server has a core."""


def answered(servers: int) -> float:
    """Messages answered in a second."""
    with contextlib.ExitStack() as open_until_measured:
        urls = []
        for _ in range(servers):
            folder = Path(open_until_measured.enter_context(tempfile.TemporaryDirectory(prefix="naast-bench-")))
            urls.append(open_until_measured.enter_context(running(projects.naast(), folder)).url)
        return measures.a_second(urls, measures.messages(), AT_ONCE)[0]


def lines() -> List[str]:
    """The table of docs/performance.md."""
    address = database_url()
    if address is None or redis_url() is None:
        sys.exit("naast: two servers want NAAST_DATABASE_URL, of an empty PostgreSQL database, and NAAST_REDIS_URL")
    schema.upgrade(schema.engine(address))
    one, two = answered(1), answered(2)
    return [
        f"| messages answered a second, {AT_ONCE} at once | |",
        "|---|---:|",
        f"| one server | {one:.1f} |",
        f"| two servers | {two:.1f} |",
        f"| times one (at least {PROMISED} where there are four cores) | {two / one:.2f} |",
    ]
