"""Puts a copy of the database back, without what was erased after the copy was made or has been kept long enough.

    python -m scripts.restore FILE

The servers must be stopped. What stood there goes into a copy of its own first.
"""

from __future__ import annotations

import asyncio
import datetime
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from rasa.shared.core.domain import Domain

from naast.privacy.retention import sweep
from naast.settings import retention_days
from naast.store import erasures
from naast.store.tracker_store import ErasableTrackerStore
from scripts.backup import FOLDER, backup
from scripts.database import database


class InUse(Exception):
    """A server works with the database."""


def restore(copy: Path, target: Path, days: int, now: datetime.datetime) -> int:
    """Replace the database `target` by `copy`.

    Returns:
        How many conversations of the copy were erased again.

    Raises:
        sqlite3.DatabaseError: the copy is damaged; nothing was changed.
        InUse: nothing was changed.
    """
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as opened:
        check = opened.execute("PRAGMA integrity_check").fetchone()[0]
        if check != "ok":
            raise sqlite3.DatabaseError(f"{copy} is damaged: {check}")
    draft = target.with_name(f"{target.name}.restoring")
    _remove(draft)  # also what a restore left that was killed
    try:
        shutil.copyfile(copy, draft)
        draft.chmod(0o600)
        before = _number_of_conversations(draft)
        asyncio.run(_erase_again(draft, target, days, now))
        after = _number_of_conversations(draft)
        _put_away(target)
        draft.replace(target)
    finally:
        _remove(draft)
    return before - after


def _remove(draft: Path) -> None:
    """With what SQLite and the store keep beside it: no retention and no erasing reaches it there."""
    for file in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm"), erasures.beside(draft)):
        file.unlink(missing_ok=True)


async def _erase_again(draft: Path, target: Path, days: int, now: datetime.datetime) -> None:
    store = ErasableTrackerStore(domain=Domain.empty(), db=str(draft))
    with closing(sqlite3.connect(draft)) as opened:
        begun = dict(opened.execute("SELECT sender_id, min(timestamp) FROM events GROUP BY sender_id"))
    for sender_id in erasures.among(erasures.beside(target), begun):
        await store.erase(sender_id, scrubs=False)  # the sweep does that, once
    await sweep(store, days, now)
    store.engine.dispose()
    with closing(sqlite3.connect(draft)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        opened.execute("PRAGMA journal_mode=DELETE")  # so that the draft is one file


def _number_of_conversations(file: Path) -> int:
    with closing(sqlite3.connect(file)) as opened:
        return opened.execute("SELECT count(DISTINCT sender_id) FROM events").fetchone()[0]


def _put_away(target: Path) -> None:
    """Fold the journal in and remove it. With a server at work that cannot be done.

    Raises:
        InUse: see above.
    """
    if not target.exists():
        return
    with closing(sqlite3.connect(target, timeout=1)) as opened:
        try:
            opened.execute("PRAGMA locking_mode=EXCLUSIVE")
            opened.execute("BEGIN EXCLUSIVE")
            opened.execute("COMMIT")
            opened.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise InUse(f"{target} is in use; stop the servers first") from error
    for ending in ("-wal", "-shm"):
        Path(f"{target}{ending}").unlink(missing_ok=True)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("naast: which copy? make restore FILE=var/backups/naast-....db")
    target, now = database(), datetime.datetime.now(datetime.timezone.utc)
    try:
        if target.exists():
            print(f"==> what stood there is in {backup(target, FOLDER, datetime.datetime.now())}")
        again = restore(Path(sys.argv[1]), target, retention_days(), now)
    except (sqlite3.Error, InUse, OSError) as error:
        sys.exit(f"naast: nothing was restored: {error}")
    print(f"==> {sys.argv[1]} is back in {target}; {again} conversations of it were erased again")


if __name__ == "__main__":
    main()
