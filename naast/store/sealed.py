"""Seals what a parent wrote while it waits for its answer: whoever steals the database reads nothing in it."""

from __future__ import annotations

import base64
import json
from typing import Any, Dict

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Unreadable(Exception):
    """It was sealed with another key, or damaged."""


class Seal:
    """Encrypts with a key of its own, derived from the key of the installation (HKDF-SHA256, then Fernet)."""

    def __init__(self, key: bytes, purpose: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(key)
        self._fernet = Fernet(base64.urlsafe_b64encode(derived))

    def close(self, content: Dict[str, Any]) -> bytes:
        """Seal anything JSON can hold."""
        return self._fernet.encrypt(json.dumps(content).encode("ascii"))

    def open(self, sealed: bytes) -> Dict[str, Any]:
        """Raises:
        Unreadable: see there.
        """
        try:
            return json.loads(self._fernet.decrypt(bytes(sealed)))
        except (InvalidToken, ValueError) as error:
            raise Unreadable from error
