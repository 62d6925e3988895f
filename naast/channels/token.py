"""The key of one conversation on the web: random and signed. It ends with the conversation, and not before: until then
a parent can go on, read it and erase it."""

from __future__ import annotations

import datetime
import functools
import hashlib
import secrets
import time
from typing import Tuple

from itsdangerous import BadSignature, TimestampSigner

from naast.settings import key, retention_days

BYTES = 16
"""128 bits: not to be guessed."""
GUEST = "~"
"""In front of the random part, in which it cannot occur."""


class WrongToken(Exception):
    """The token is missing or forged."""


@functools.lru_cache(maxsize=1)
def _signer() -> TimestampSigner:
    return TimestampSigner(key(), salt="naast.web", digest_method=hashlib.sha256)


def new_token(guest: bool = False) -> str:
    """A token that nobody has yet; a guest's marks all that is said with it as a test."""
    return _signer().sign((GUEST if guest else "") + secrets.token_urlsafe(BYTES)).decode()


def is_guest(address: str) -> bool:
    """True where a test conversation is held under this address."""
    return address.startswith(GUEST)


def address(token: str) -> str:
    """The random part, under which the conversation is known. The comparison of signatures takes constant time.

    Raises:
        WrongToken: see there.
    """
    return _read(token)[0]


def is_old(token: str) -> bool:
    """True where it was made longer ago than an unused conversation is kept: it opens one that is still there, and
    begins none.

    Raises:
        WrongToken: see there.
    """
    return time.time() - _read(token)[1].timestamp() > datetime.timedelta(days=retention_days()).total_seconds()


def _read(token: str) -> Tuple[str, datetime.datetime]:
    try:
        value, made = _signer().unsign(token, return_timestamp=True)
        return value.decode(), made
    except (BadSignature, UnicodeError) as error:
        raise WrongToken from error
