"""Logs hold no message, no address and no token, whoever writes them.

Rasa and its libraries log what they work on: the text of a message that cannot be parsed, the answer of a server that
does not fit, the local variables of every frame of an exception. So every record of every logger is cut down when it is
made, before any handler sees it:

- an exception leaves its kind and the places it passed through, never its text;
- while a message is being handled (`handling_a_message`), only Naast itself writes sentences; of all others the logger
  and the place in the code are left;
- of the libraries the template is kept, and what was to be filled in is not.
"""

from __future__ import annotations

import contextlib
import contextvars
import logging
import sqlite3
import traceback
import warnings
from typing import Any, Iterator, Optional, Type

import structlog

from naast.settings import logs_are_json

OURS = ("naast", "actions")
RASA = ("rasa", "rasa_sdk", "root", "spacy")
"""Whose sentences are let through outside a turn: what happens at the start and the end. Rasa writes some as root."""
SQLITE = {
    "attempt to write a readonly database": "SQLITE_READONLY",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "database is locked": "SQLITE_BUSY",
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "unable to open database file": "SQLITE_CANTOPEN",
}
"""Codes by what SQLite says: the errors of Python 3.10 do not carry them."""
logger = logging.getLogger(__name__)
_handling = contextvars.ContextVar("naast_handling", default=False)


class _Factory:
    """Makes records as the factory before it did, cut down. A class, so that a second `install` recognises it."""

    def __init__(self, make: Any, trusts_warnings: bool) -> None:
        self._make = make
        self._trusts_warnings = trusts_warnings

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record = self._make(*args, **kwargs)
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(record.msg, str):
            record.msg, record.args = type(record.msg).__name__, ()  # `logger.error(error)`
        if not _belongs(record.name, OURS):
            self._cut(record)
        if error is not None:
            record.msg, record.args = f"{record.getMessage()} {where(error)}", ()
            record.exc_info = record.exc_text = None
        record.stack_info = None
        return record

    def _cut(self, record: logging.LogRecord) -> None:
        trusted = record.levelno == logging.INFO or self._trusts_warnings
        speaks = _belongs(record.name, RASA) and trusted
        if _handling.get() or not (record.args or speaks):
            record.msg = f"{record.name} {record.filename}:{record.lineno} ({record.levelname}, text left out)"
            record.args = ()
        elif not speaks:
            record.args = ()


def _belongs(logger: Optional[str], to: tuple) -> bool:
    """A copy of a record has no logger when it is made; it is filled with what was cut down before."""
    return (logger or "").partition(".")[0] in to


def where(error: BaseException) -> str:
    """The kind of an exception and of its causes, each with the places it passed through, innermost last."""
    parts = []
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)
        places = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
        parts.append(f"[{type(error).__name__}{_code(error)} at {places or 'an unknown place'}]")
        error = error.__cause__ or error.__context__
    return " from ".join(parts)


def _code(error: BaseException) -> str:
    """What a database says is wrong, by the name or number that it has for it; its sentences may quote."""
    code = SQLITE.get(str(error)) if isinstance(error, sqlite3.Error) else getattr(error, "pgcode", None)
    return f" {code}" if code else ""


def install(trusts_warnings: bool = True) -> None:
    """From now on every record is cut down. The action server knows no `handling_a_message`, all it does is that: there
    warnings and errors of Rasa are not trusted at any time.

    Warnings of Python, which may quote too, leave their kind and place.
    """
    if not isinstance(logging.getLogRecordFactory(), _Factory):
        logging.setLogRecordFactory(_Factory(logging.getLogRecordFactory(), trusts_warnings))
    warnings.showwarning = _show_warning
    if logs_are_json():
        for handler in logging.getLogger().handlers:
            handler.setFormatter(_json())


def _json() -> logging.Formatter:
    before = (structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, structlog.processors.TimeStamper("iso"))
    rendered = (structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer())
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=rendered)


def _show_warning(_message: Any, category: Type[Warning], filename: str, lineno: int, *_: Any) -> None:
    logger.info("%s at %s:%s", category.__name__, filename.rpartition("/")[2], lineno)


@contextlib.contextmanager
def handling_a_message() -> Iterator[None]:
    """Within this, also in tasks that are started here, nobody but Naast writes sentences into the log."""
    before = _handling.set(True)
    try:
        yield
    finally:
        _handling.reset(before)
