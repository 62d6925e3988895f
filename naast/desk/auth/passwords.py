"""Passwords, as argon2id hashes with the parameters that argon2-cffi recommends today."""

from __future__ import annotations

import functools
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST = 12
LONGEST = 256
_HASHER = PasswordHasher()


class WeakPassword(ValueError):
    """The password is too short, too long, or holds the name of the account."""


def hashed(password: str, name: str) -> str:
    """Raises:
    WeakPassword: see there.
    """
    if not SHORTEST <= len(password) <= LONGEST or name.lower() in password.lower():
        raise WeakPassword(f"a password has {SHORTEST} to {LONGEST} characters and does not hold the name")
    return _HASHER.hash(password)


@functools.lru_cache(maxsize=1)
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex())


def fits(password: str, kept: str | None) -> bool:
    """True when the password is the one that was hashed. It takes as long where there is no account to compare with."""
    try:
        return _HASHER.verify(kept or _nobodys(), password[: LONGEST + 1]) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """True when the hash was made with weaker parameters than those of today."""
    return _HASHER.check_needs_rehash(kept)
