"""Sessions stand in the database, so that they can be ended; the cookie holds a random token, the table only its hash.

A session ends after an hour of silence, after a working day, at logout, at a change of password or role, and when the
account is closed. It is only ever updated, never written back: one that was deleted in between stays deleted.
"""

from __future__ import annotations

import dataclasses
import hashlib
import secrets
from typing import Optional

import sqlalchemy as sa

from naast.desk.tables import ACCOUNT, SESSION

IDLE = 60 * 60
LONGEST = 12 * 60 * 60


@dataclasses.dataclass(frozen=True)
class Account:
    id: int
    name: str
    role: str
    language: str


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(connection: sa.engine.Connection, account_id: int, now: int) -> str:
    """A new session. Those that have ended by themselves, whoever's they were, are forgotten with it.

    Returns:
        The token for the cookie.
    """
    over = sa.or_(SESSION.c.seen <= now - IDLE, SESSION.c.started <= now - LONGEST)
    connection.execute(SESSION.delete().where(over))
    token = secrets.token_urlsafe(32)
    connection.execute(SESSION.insert().values(token=_hash(token), account_id=account_id, started=now, seen=now))
    return token


def find(engine: sa.engine.Engine, token: Optional[str], now: int) -> Optional[Account]:
    """Who a token belongs to, None when there is no such session any more. `engine` may write."""
    if not token:
        return None
    lives = sa.and_(
        SESSION.c.token == _hash(token),
        SESSION.c.seen > now - IDLE,
        SESSION.c.started > now - LONGEST,
        SESSION.c.account_id == ACCOUNT.c.id,
        ACCOUNT.c.closed.is_(False),
    )
    columns = (ACCOUNT.c.id, ACCOUNT.c.name, ACCOUNT.c.role, ACCOUNT.c.language, SESSION.c.seen)
    with engine.connect() as connection:
        found = connection.execute(sa.select(*columns).where(lives)).one_or_none()
    if found is None:
        return None
    if now - found.seen >= 60:  # a minute's precision saves a write per click
        update = SESSION.update().where(SESSION.c.token == _hash(token)).values(seen=now)
        with engine.execution_options(writes=True).begin() as connection:
            if not connection.execute(update).rowcount:
                return None  # ended a moment ago
    return Account(found.id, found.name, found.role, found.language)


def end(connection: sa.engine.Connection, token: str) -> None:
    connection.execute(SESSION.delete().where(SESSION.c.token == _hash(token)))


def end_all(connection: sa.engine.Connection, account_id: int) -> int:
    """End every session of an account.

    Returns:
        How many there were.
    """
    return connection.execute(SESSION.delete().where(SESSION.c.account_id == account_id)).rowcount
