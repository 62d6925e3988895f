"""The roles, each of which may do all that those before it may, and the door that every page is behind."""

from __future__ import annotations

import dataclasses
from typing import Any, Callable

OPEN = "open"
"""Without an account: the login page and what it needs."""
REVIEWER, TRAINER, ADMIN = "reviewer", "trainer", "admin"
ROLES = (REVIEWER, TRAINER, ADMIN)


def may(role: str, wanted: str) -> bool:
    """True when an account with this role may go where `wanted` is asked."""
    return wanted == OPEN or ROLES.index(role) >= ROLES.index(wanted)


@dataclasses.dataclass(frozen=True)
class Door:
    """A page: how it is asked for, what answers, and who may come in. There is no way to a page but through one."""

    method: str
    path: str
    page: Callable[[Any], Any]
    role: str
