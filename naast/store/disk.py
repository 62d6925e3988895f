"""In SQLite, what was erased is gone from the disk as well, not only from the tables.

`secure_delete` overwrites what is deleted. It passes over the copy that a page keeps of a row which it gave to another
page when it was full: one in two hundred databases filled at random still held some. Only a file that is written anew
holds none; then the write-ahead log is folded back into it.
"""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Optional

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

FOLD_ATTEMPTS, FOLD_MILLISECONDS = 10, 100
REWRITTEN_AT_ONCE = 32 * 2**20
"""Bytes: a quarter of a second, in which nobody else is answered."""
logger = logging.getLogger(__name__)


async def scrub(engine: Engine, busy_milliseconds: int, most: Optional[int] = None) -> bool:
    """Write the database anew, and fold its log back.

    Args:
        busy_milliseconds: how long the connections of this engine wait for another process.
        most: bytes; a larger file is not written anew.

    Returns:
        False where something may be left: the file is too large, or was held by another process.
    """
    written = False
    if most is None or os.path.getsize(engine.url.database) <= most:
        written = await asyncio.to_thread(_write_anew, engine)
    return await _fold_log_back(engine, busy_milliseconds) and written


def _write_anew(engine: Engine) -> bool:
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("PRAGMA temp_store=MEMORY"))  # the copy on the way is no file
            connection.execute(sa.text("VACUUM"))
    except OperationalError:
        logger.error("naast.erasing.not_written_anew")
        return False
    return True


async def _fold_log_back(engine: Engine, busy_milliseconds: int) -> bool:
    """Whoever reads at that moment, as the desk does, keeps the log from being folded back, and is waited for."""
    for _ in range(FOLD_ATTEMPTS):
        with engine.connect() as connection:
            connection.execute(sa.text(f"PRAGMA busy_timeout={FOLD_MILLISECONDS}"))
            is_busy = connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)")).first()[0]
            connection.execute(sa.text(f"PRAGMA busy_timeout={busy_milliseconds}"))
        if not is_busy:
            return True
        await asyncio.sleep(FOLD_MILLISECONDS / 1000)
    logger.error("naast.erasing.log_not_folded_back")
    return False
