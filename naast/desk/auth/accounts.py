"""Accounts: made, changed and closed on the command line only (naast/desk/accounts.py)."""

from __future__ import annotations

import re
from typing import List, Optional

import sqlalchemy as sa

from naast.desk import audit
from naast.desk.auth import passwords, sessions, totp
from naast.desk.auth.roles import ROLES
from naast.desk.desk import Desk
from naast.desk.tables import ACCOUNT

COMMAND_LINE = "command line"
NOBODY = "unknown"
"""In the log, where somebody gave a name that no account has: it may be a password in the wrong field."""
_NAME = re.compile(r"[a-z][a-z0-9._-]{1,63}")


class NoSuchAccount(LookupError):
    """There is no open account of this name."""


class WrongAccount(ValueError):
    """The name or the role cannot be, or the name is taken."""


def add(desk: Desk, name: str, role: str, password: str) -> None:
    """Raises:
    WrongAccount, passwords.WeakPassword: the account is not made.
    """
    if not _NAME.fullmatch(name):
        raise WrongAccount("a name begins with a letter and holds small letters, digits, dots and dashes")
    if role not in ROLES:
        raise WrongAccount(f"a role is one of {', '.join(ROLES)}")
    values = {"role": role, "password": passwords.hashed(password, name), "made": desk.clock()}
    with desk.writing.begin() as connection:
        if connection.execute(sa.select(ACCOUNT.c.id).where(ACCOUNT.c.name == name)).first():
            raise WrongAccount(f"there is an account {name} already, or there was; choose another name")
        connection.execute(ACCOUNT.insert().values(name=name, totp_used=0, language="nl", closed=False, **values))
        audit.record(connection, desk.clock(), COMMAND_LINE, "account_made", name)


def _change(desk: Desk, name: str, action: str, **values: object) -> None:
    """Change an account and end its sessions, in one transaction."""
    with desk.writing.begin() as connection:
        found = connection.execute(
            sa.select(ACCOUNT.c.id).where(ACCOUNT.c.name == name, ACCOUNT.c.closed.is_(False))
        ).scalar()
        if found is None:
            raise NoSuchAccount(name)
        if values:
            connection.execute(ACCOUNT.update().where(ACCOUNT.c.id == found).values(**values))
        sessions.end_all(connection, found)
        audit.record(connection, desk.clock(), COMMAND_LINE, action, name)


def change_password(desk: Desk, name: str, password: str) -> None:
    _change(desk, name, "password_changed", password=passwords.hashed(password, name))


def change_role(desk: Desk, name: str, role: str) -> None:
    if role not in ROLES:
        raise WrongAccount(f"a role is one of {', '.join(ROLES)}")
    _change(desk, name, "role_changed", role=role)


def close(desk: Desk, name: str) -> None:
    """The account can do nothing any more; what it wrote keeps its name."""
    _change(desk, name, "account_closed", closed=True, password="", totp=None)


def end_sessions(desk: Desk, name: str) -> None:
    _change(desk, name, "sessions_ended")


def set_second_factor(desk: Desk, name: str) -> str:
    """A new second factor.

    Returns:
        The address that an authenticator app reads; it is shown once.
    """
    secret = totp.new_secret()
    _change(desk, name, "totp_set", totp=totp.sealed(secret, desk.key), totp_used=0)
    return totp.address(secret, name)


def listed(desk: Desk) -> List[sa.engine.Row]:
    with desk.engine.connect() as connection:
        columns = (ACCOUNT.c.name, ACCOUNT.c.role, ACCOUNT.c.closed, ACCOUNT.c.totp)
        return connection.execute(sa.select(*columns).order_by(ACCOUNT.c.name)).all()


def log_in(desk: Desk, name: str, password: str, code: str) -> Optional[str]:
    """Begin a session.

    Returns:
        The token for the cookie, or None where name, password or code is wrong; which one is not said.
    """
    with desk.engine.connect() as connection:
        found = connection.execute(
            sa.select(ACCOUNT).where(ACCOUNT.c.name == name, ACCOUNT.c.closed.is_(False))
        ).one_or_none()
    if not passwords.fits(password, found.password if found else None):
        return None
    now = desk.clock()
    with desk.writing.begin() as connection:
        if found.totp:
            # Read again under the lock: of two logins with the same code one is refused.
            used = connection.execute(sa.select(ACCOUNT.c.totp_used).where(ACCOUNT.c.id == found.id)).scalar()
            step = totp.accepted_step(code, found.totp, desk.key, now, used)
            if step is None:
                return None
            connection.execute(ACCOUNT.update().where(ACCOUNT.c.id == found.id).values(totp_used=step))
        if passwords.is_outdated(found.password):
            kept = passwords.hashed(password, name)
            connection.execute(ACCOUNT.update().where(ACCOUNT.c.id == found.id).values(password=kept))
        audit.record(connection, now, name, "logged_in")
        return sessions.begin(connection, found.id, now)


def refused(desk: Desk, name: str) -> None:
    """A login that was refused, for the log. It costs as much where there is no such account."""
    with desk.writing.begin() as connection:
        known = connection.execute(sa.select(ACCOUNT.c.id).where(ACCOUNT.c.name == name)).first()
        audit.record(connection, desk.clock(), name if known else NOBODY, "login_refused")
