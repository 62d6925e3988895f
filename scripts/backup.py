"""Copies the database while the servers run, checks the copy, and removes copies that are too old.

    python -m scripts.backup [FOLDER]      FOLDER is var/backups unless given

A copy holds what conversations held at that moment, so its file is for its owner only and goes after KEPT_DAYS. The key
(var/key) is not in it and belongs elsewhere: whoever has both can tell whose conversation is whose.
"""

from __future__ import annotations

import datetime
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Optional

from naast.store.erasures import KEPT_DAYS
from scripts.database import database

FOLDER = Path("var/backups")
NAME = "naast-%Y%m%d-%H%M%S-%f.db"


def backup(source: Path, folder: Path, now: datetime.datetime) -> Path:
    """The copy that was made.

    Raises:
        sqlite3.DatabaseError: the database could not be read, or the copy is damaged; no copy is left then.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = folder / now.strftime(NAME)
    os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as here,
            closing(sqlite3.connect(made)) as there,
        ):
            here.backup(there)
            there.execute("PRAGMA journal_mode=DELETE")
            check = there.execute("PRAGMA integrity_check").fetchone()[0]
        if check != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged: {check}")
    except BaseException:
        made.unlink()
        raise
    return made


def remove_old(folder: Path, now: datetime.datetime) -> int:
    """How many copies were older than KEPT_DAYS and are gone."""
    oldest = now - datetime.timedelta(days=KEPT_DAYS)
    old = [file for file in folder.glob("naast-*.db") if (_made_at(file) or now) < oldest]
    for file in old:
        file.unlink()
    return len(old)


def _made_at(file: Path) -> Optional[datetime.datetime]:
    """None for a file that somebody named: it is theirs to remove."""
    try:
        return datetime.datetime.strptime(file.name, NAME)
    except ValueError:
        return None


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    now = datetime.datetime.now()
    try:
        made = backup(database(), folder, now)
    except sqlite3.Error as error:
        sys.exit(f"naast: no backup was made: {error}")
    print(f"==> {made} ({made.stat().st_size / 1e6:.1f} MB)")
    print(f"==> {remove_old(folder, now)} copies older than {KEPT_DAYS} days removed")


if __name__ == "__main__":
    main()
