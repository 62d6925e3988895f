"""The key of one conversation on the web: random, signed, valid as long as the conversation is kept."""

from __future__ import annotations

import datetime
import functools
import hashlib
import secrets

from itsdangerous import BadSignature, TimestampSigner

from naast.settings import key, retention_days

BYTES = 16
"""128 bits: not to be guessed."""
GUEST = "~"
"""In front of the random part, in which it cannot occur."""


class WrongToken(Exception):
    """The token is missing, forged, or older than a conversation is kept."""


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
    try:
        oldest = datetime.timedelta(days=retention_days()).total_seconds()
        return _signer().unsign(token, max_age=oldest).decode()
    except (BadSignature, UnicodeError) as error:
        raise WrongToken from error
