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


class WrongToken(Exception):
    """The token is missing, forged, or older than a conversation is kept."""


@functools.lru_cache(maxsize=1)
def _signer() -> TimestampSigner:
    return TimestampSigner(key(), salt="naast.web", digest_method=hashlib.sha256)


def new_token() -> str:
    """A token that nobody has yet."""
    return _signer().sign(secrets.token_urlsafe(BYTES)).decode()


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
