"""The optional second factor (RFC 6238). Its secret is kept encrypted: a copy of the database is no second factor."""

from __future__ import annotations

import base64
from typing import Optional

import pyotp
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP = 30
"""Seconds that one code lasts; the one before and the one after are taken too, for clocks that differ."""


def _box(key: bytes) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"naast desk totp").derive(key)
    return Fernet(base64.urlsafe_b64encode(derived))


def new_secret() -> str:
    return pyotp.random_base32()


def sealed(secret: str, key: bytes) -> str:
    return _box(key).encrypt(secret.encode()).decode()


def address(secret: str, name: str) -> str:
    """What an authenticator app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Naast")


def accepted_step(code: str, kept: str, key: bytes, now: int, last_used: int) -> Optional[int]:
    """The time step of a right code that was not used before, or None. The caller keeps it as the new `last_used`."""
    generator = pyotp.TOTP(_box(key).decrypt(kept.encode()).decode())
    for step in (now // STEP + shift for shift in (-1, 0, 1)):
        if step > last_used and pyotp.utils.strings_equal(code.strip(), generator.at(step * STEP)):
            return step
    return None
