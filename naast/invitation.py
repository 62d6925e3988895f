"""Invites somebody to try Naast: whoever comes with an invitation holds a test conversation, which counts in no figure.

The desk gives them out, the web channel takes them. Nothing is kept of one: it is signed with the installation's key.
"""

from __future__ import annotations

import datetime
import hashlib

from itsdangerous import BadSignature, TimestampSigner

DAYS = 14
"""So long a link works."""
_CONTENT = "guest"


def _signer(key: bytes) -> TimestampSigner:
    return TimestampSigner(key, salt="naast.invitation", digest_method=hashlib.sha256)


def invitation(key: bytes) -> str:
    """One that is good for DAYS from now, for as many people as get it."""
    return _signer(key).sign(_CONTENT).decode()


def is_good(given: str, key: bytes) -> bool:
    """False where it is forged, damaged or older than DAYS."""
    try:
        oldest = datetime.timedelta(days=DAYS).total_seconds()
        return _signer(key).unsign(given, max_age=oldest) == _CONTENT.encode()
    except (BadSignature, UnicodeError):
        return False
