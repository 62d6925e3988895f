"""In SQLite, what was erased is gone from the disk as well, not only from the tables.

`secure_delete` overwrites what is deleted. It passes over the copy that a page keeps of a row which it gave to another
page when it was full: one in forty databases filled at random still held some. Those are looked for and blanked in
place by a process beside this one (gaps.py), while everybody goes on; then the write-ahead log is folded back.

That something was erased since is told by the database itself, in its `user_version`: a start with nothing to blank
looks at one number.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from naast.store import gaps

BLANKED_AT_ONCE = 256 * 2**20
"""Bytes: half a second to read through; a larger database waits for the sweep."""
SECONDS_AT_ONCE = 2.0
"""So long somebody waits for it; then it goes on by itself."""
SECONDS_AT_MOST = 1800.0
MOST_MARKS = 2**30
logger = logging.getLogger(__name__)


def private(database: Path) -> None:
    """Make the file of a new database, for its owner only; SQLite gives what it keeps beside it the same mode."""
    if not database.exists():
        database.parent.mkdir(parents=True, exist_ok=True)
        database.touch(0o600)


def mark(connection: Connection) -> None:
    """Say, in the transaction that erases, that something may be left on the disk."""
    before = connection.execute(sa.text("PRAGMA user_version")).scalar_one()
    connection.execute(sa.text(f"PRAGMA user_version={before % MOST_MARKS + gaps.CLEAN + 1}"))


def is_marked(engine: Engine) -> bool:
    """True while something may be left, and for a database in which nobody has looked yet."""
    with engine.connect() as connection:
        return connection.execute(sa.text("PRAGMA user_version")).scalar_one() != gaps.CLEAN


async def scrub(database: str, at_once: bool) -> None:
    """Leave nothing of what was erased. Where that cannot be done, the database stays marked.

    Args:
        at_once: somebody waits; only where it is a matter of a moment.
    """
    blanking = asyncio.ensure_future(asyncio.to_thread(_blank, database, BLANKED_AT_ONCE if at_once else None))
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(asyncio.shield(blanking), SECONDS_AT_ONCE if at_once else None)


def _blank(database: str, most: Optional[int]) -> None:
    try:
        if most is not None and os.path.getsize(database) > most:
            return
        command = [sys.executable, "-I", gaps.__file__, database]
        ended = subprocess.run(command, timeout=SECONDS_AT_MOST, check=False).returncode
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.error("naast.erasing.not_blanked %s", type(error).__name__)
        return
    if ended != 0:
        logger.error("naast.erasing.not_blanked")
