"""Blanks what SQLite leaves in the unused middle of its pages, in a database that others are working with.

    python gaps.py DATABASE        exits with 0 unless something of what was erased before may be left

SQLite rearranges rows between neighbouring pages as it inserts and deletes. A page that is laid out anew keeps, between
its list of rows and its rows, bytes of rows that are elsewhere now; `secure_delete` blanks what is deleted, and never
looks there. VACUUM gets rid of it by writing all of the database anew, in which nobody else can write. Here the file is
read through while everybody goes on, and the middles that hold something are blanked in place, some at a time.

A middle belongs to no row, so nobody who reads can miss it. Three things make sure that it does not come back: it is
blanked while this process holds the right to write, while the write-ahead log is empty (a later copy of the page would
be folded over it), and in a transaction that changes something (others then drop the pages they remember).

A process of its own, because closing a file takes away the locks that SQLite has on it in the same process, with
nothing of Naast or Rasa in it, because it starts for every erasure. The format: https://sqlite.org/fileformat2.html
"""

import contextlib
import os
import random
import sqlite3
import sys
import time
from array import array
from typing import Iterator, Tuple

CLEAN = 1
"""As `user_version` of a database in which nothing waits to be blanked. Whoever erases makes it another number."""
PAGES_AT_ONCE = 256
"""In which nobody else can write: some hundredths of a second."""
ATTEMPTS, WAIT_MILLISECONDS = 20, 100
FIRST_PAGE_FROM = 100
"""The header of the file stands before that of its first page."""
POINTERS_FROM = {2: 12, 5: 12, 10: 8, 13: 8}
"""By the kind of page, from its header; no other kind has a middle."""
MOST_PAGES = 2**25
"""In a larger file the first byte of a page that continues a row could be taken for a kind."""


class Busy(Exception):
    """Others did not let go of the database."""


def middle(page: bytes, number: int) -> Tuple[int, int]:
    """From where to where nothing of a page is used; nowhere in a page that has no middle."""
    header = FIRST_PAGE_FROM if number == 1 else 0
    pointers = POINTERS_FROM.get(page[header])
    if pointers is None:
        return 0, 0
    rows = int.from_bytes(page[header + 3 : header + 5], "big")
    start = header + pointers + 2 * rows
    end = int.from_bytes(page[header + 5 : header + 7], "big") or 65536
    return (start, end) if start <= end <= len(page) else (0, 0)


def holds_something(page: bytes, number: int) -> bool:
    start, end = middle(page, number)
    return page[start:end] != bytes(end - start)


class Database:
    """An open one. `file` stays open as long as the connection: see the top."""

    def __init__(self, connection: sqlite3.Connection, file: int) -> None:
        self._connection = connection
        self._file = file
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={WAIT_MILLISECONDS}")
        self._size = self._number("page_size")
        if self._number("auto_vacuum") or self._number("page_count") >= MOST_PAGES:
            sys.exit("naast: this database cannot be blanked page by page")

    def _number(self, pragma: str) -> int:
        return self._connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    def blank(self) -> None:
        """Blank every middle. Where more was erased meanwhile, the database stays marked.

        Raises:
            Busy: see there.
        """
        self._fold_log_back()
        mark = self._number("user_version")
        found = array("L", self._pages_that_hold_something())
        for start in range(0, len(found), PAGES_AT_ONCE):
            self._blank(found[start : start + PAGES_AT_ONCE])
        self._connection.execute("BEGIN IMMEDIATE")
        if self._number("user_version") == mark:
            self._connection.execute(f"PRAGMA user_version={CLEAN}")
        self._connection.execute("COMMIT")

    def _pages_that_hold_something(self) -> Iterator[int]:
        for number in range(1, self._number("page_count") + 1):
            if holds_something(self._page(number), number):
                yield number

    def _page(self, number: int) -> bytes:
        return os.pread(self._file, self._size, (number - 1) * self._size).ljust(self._size, b"\0")

    def _blank(self, numbers: "array[int]") -> None:
        self._begin_without_log()
        try:
            for number in numbers:
                start, end = middle(self._page(number), number)
                os.pwrite(self._file, bytes(end - start), (number - 1) * self._size + start)
            os.fsync(self._file)
            self._connection.execute(f"PRAGMA user_version={self._number('user_version')}")
        finally:
            self._connection.execute("COMMIT")

    def _begin_without_log(self) -> None:
        """Begin to write at a moment at which the log is empty."""
        for _ in range(ATTEMPTS):
            self._fold_log_back()
            with contextlib.suppress(sqlite3.OperationalError):  # somebody else writes
                self._connection.execute("BEGIN IMMEDIATE")
                if not os.path.getsize(self._log):
                    return
                self._connection.execute("ROLLBACK")
        raise Busy

    @property
    def _log(self) -> str:
        return f"{self._connection.execute('PRAGMA database_list').fetchone()[2]}-wal"

    def _fold_log_back(self) -> None:
        """Whoever reads at that moment, as the desk does, keeps the log from being folded back, and is waited for."""
        for _ in range(ATTEMPTS):
            if not self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return
            time.sleep(random.uniform(0, WAIT_MILLISECONDS / 1000))
        raise Busy


def main(path: str) -> None:
    try:
        with open(path, "r+b", buffering=0) as file, contextlib.closing(sqlite3.connect(path)) as connection:
            Database(connection, file.fileno()).blank()
    except (Busy, OSError, sqlite3.OperationalError) as error:
        sys.exit(f"naast: the database could not be blanked ({type(error).__name__})")


if __name__ == "__main__":
    main(sys.argv[1])
