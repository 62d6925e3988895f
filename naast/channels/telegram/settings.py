"""What an installation sets for Telegram, read from the environment once.

NAAST_TELEGRAM_TOKEN   what BotFather gave. Without it the channel stays closed.
NAAST_TELEGRAM_MODE    `webhook` (unless set): Telegram calls us; `polling`: we ask Telegram, no public address needed.
NAAST_TELEGRAM_SECRET  proves that a call comes from Telegram; needed for `webhook`, 32 characters or more.
NAAST_TELEGRAM_URL     the public address of this server, https://naast.example; `make telegram-setup` needs it.
NAAST_TELEGRAM_API     where the Bot API is; Telegram's own unless set (a local Bot API server, tests).
"""

from __future__ import annotations

import dataclasses
import os
import re
from typing import Optional
from urllib.parse import urlsplit

from naast.settings import UnsafeSettings

API = "https://api.telegram.org"
LEAST_SECRET = 32
LEAST_DIFFERENT = 10
"""Characters that differ: "aaaa..." is long and no secret."""
_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{30,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HERE = ("127.0.0.1", "localhost", "::1")


@dataclasses.dataclass(frozen=True)
class TelegramSettings:
    """Secrets stay out of what is printed."""

    token: str = dataclasses.field(repr=False)
    secret: str = dataclasses.field(repr=False)
    polls: bool
    api: str
    public_url: Optional[str]


def telegram_settings() -> Optional[TelegramSettings]:
    """The settings, or None where no token is set.

    Raises:
        UnsafeSettings: one makes no sense, or anybody could speak for Telegram.
    """
    token = os.environ.get("NAAST_TELEGRAM_TOKEN", "").strip()
    if not token:
        return None
    if not _TOKEN.fullmatch(token):
        raise UnsafeSettings("naast: NAAST_TELEGRAM_TOKEN is no token of BotFather; it looks like 123456:AA...")
    mode = os.environ.get("NAAST_TELEGRAM_MODE", "webhook")
    if mode not in ("webhook", "polling"):
        raise UnsafeSettings(f"naast: NAAST_TELEGRAM_MODE is {mode!r}; it is webhook or polling")
    if os.environ.get("SANIC_WORKERS", "1") != "1":
        raise UnsafeSettings("naast: Telegram is answered by one process; unset SANIC_WORKERS on this server")
    return TelegramSettings(
        token=token,
        secret=_secret(needed=mode == "webhook"),
        polls=mode == "polling",
        api=_address("NAAST_TELEGRAM_API", API) or API,
        public_url=_address("NAAST_TELEGRAM_URL", None),
    )


def _secret(needed: bool) -> str:
    secret = os.environ.get("NAAST_TELEGRAM_SECRET", "")
    if not secret and not needed:
        return ""
    if len(secret) < LEAST_SECRET or len(set(secret)) < LEAST_DIFFERENT:
        raise UnsafeSettings(
            f"naast: NAAST_TELEGRAM_SECRET is too weak; make {LEAST_SECRET} characters or more: openssl rand -hex 32"
        )
    if not _SECRET.fullmatch(secret):
        raise UnsafeSettings("naast: NAAST_TELEGRAM_SECRET may hold letters, digits, _ and -, 256 at most")
    return secret


def _address(name: str, otherwise: Optional[str]) -> Optional[str]:
    """An address that a secret may be sent to: https, or this machine."""
    given = os.environ.get(name, otherwise or "").rstrip("/")
    if not given:
        return None
    parts = urlsplit(given)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not safe or not parts.netloc or parts.query or parts.fragment:
        raise UnsafeSettings(f"naast: {name} is {given!r}; it wants https://host")
    return given
