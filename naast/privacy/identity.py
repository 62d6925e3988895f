"""Who is writing, as a keyed hash: the same parent is recognised, and nobody can be found from what is stored."""

from __future__ import annotations

import functools
import hashlib
import hmac

from naast.settings import key

CHARACTERS = 32
"""128 bits, in hexadecimal."""


@functools.lru_cache(maxsize=1)
def _key() -> bytes:
    return key()


def conversation_id(channel: str, address: str) -> str:
    """The id under which a conversation is kept: HMAC-SHA256 of channel and address, in CHARACTERS hexadecimals."""
    message = f"{channel}\0{address}".encode("utf-8", "surrogatepass")
    return hmac.new(_key(), message, hashlib.sha256).hexdigest()[:CHARACTERS]
