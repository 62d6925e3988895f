"""What an installation may set, read from the environment once. A value that makes no sense stops the start.

NAAST_KEY             at least 32 characters; identities are hashed with it. Without it one is made, in KEY_FILE.
NAAST_RETENTION_DAYS  after so many days without a message a conversation is erased; 45 unless set, at most 365.
NAAST_ORIGINS         websites that may show the chat, with commas between: https://school.example. None unless set.
NAAST_DATABASE_URL    postgresql://user:password@host/name. Unless set, conversations are in SQLite (endpoints.yml).
NAAST_REDIS_URL       redis://[:password@]host:port/0: locks that several Rasa servers share. Unless set, in memory.
NAAST_PROXIES         how many reverse proxies of yours stand in front, each adding to X-Forwarded-For; 0 unless set.
NAAST_METRICS_TOKEN   at least 32 characters; with it the figures may be read from another machine.
NAAST_LOG_FORMAT      text, or json: a line of JSON for each, for whoever collects logs; text unless set.
NAAST_DESK_URL        the address at which trainers reach the desk, https:// outside this machine; DESK_URL unless set.
NAAST_CHAT_URL        the page with the chat to which the desk sends guest testers; CHAT_URL unless set.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import FrozenSet, Optional, Tuple
from urllib.parse import urlsplit

KEY_FILE = Path("var/key")
LEAST_KEY = 32
RETENTION_DAYS = 45
MOST_RETENTION_DAYS = 365
MOST_PROXIES = 5
DESK_URL = "http://127.0.0.1:5080"
CHAT_URL = "http://127.0.0.1:5005/webhooks/web/"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class UnsafeSettings(SystemExit):
    """The start is refused; the message names the setting."""


def key(kept_in: Path = KEY_FILE) -> bytes:
    """The key of this installation. It belongs in a backup of its own: without it no conversation is found again.

    Raises:
        UnsafeSettings: the key is too short, or others may read the file it is kept in.
    """
    given = os.environ.get("NAAST_KEY")
    if given is not None:
        return _long_enough(given, "NAAST_KEY")
    try:
        descriptor = os.open(kept_in, os.O_RDONLY)
    except FileNotFoundError:
        return _made(kept_in)
    with os.fdopen(descriptor) as file:
        if os.fstat(file.fileno()).st_mode & 0o077:
            raise UnsafeSettings(f"naast: others may read {kept_in}. Run: chmod 600 {kept_in}")
        return _long_enough(file.read().strip(), str(kept_in))


def _long_enough(value: str, where: str) -> bytes:
    if len(value) < LEAST_KEY:
        raise UnsafeSettings(f"naast: {where} holds {len(value)} characters; a key has at least {LEAST_KEY}")
    return value.encode()


def _made(kept_in: Path) -> bytes:
    """A new key. Of two processes that start together one makes it, the other reads it."""
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_hex(LEAST_KEY)
    draft = kept_in.with_name(f"{kept_in.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(made)
    try:
        os.link(draft, kept_in)
    except FileExistsError:
        return key(kept_in)
    finally:
        draft.unlink()
    return made.encode()


def retention_days() -> int:
    """Days that a conversation is kept after its last message.

    Raises:
        UnsafeSettings: NAAST_RETENTION_DAYS is no number from 1 to MOST_RETENTION_DAYS.
    """
    given = os.environ.get("NAAST_RETENTION_DAYS", str(RETENTION_DAYS))
    if not given.isdecimal() or not 1 <= int(given) <= MOST_RETENTION_DAYS:
        raise UnsafeSettings(
            f"naast: NAAST_RETENTION_DAYS is {given!r}; it is a number from 1 to {MOST_RETENTION_DAYS}"
        )
    return int(given)


def origins() -> FrozenSet[str]:
    """The websites that may talk to the web channel from a page of their own.

    Raises:
        UnsafeSettings: NAAST_ORIGINS names something else than `scheme://host`, or everybody.
    """
    given = [origin.strip().rstrip("/") for origin in os.environ.get("NAAST_ORIGINS", "").split(",") if origin.strip()]
    for origin in given:
        parts = urlsplit(origin)
        if (
            parts.scheme not in ("http", "https")
            or not parts.netloc
            or "*" in origin
            or f"{parts.scheme}://{parts.netloc}" != origin
        ):
            raise UnsafeSettings(f"naast: NAAST_ORIGINS holds {origin!r}; it wants https://host, and never *")
    return frozenset(given)


def database_url() -> Optional[str]:
    """The PostgreSQL database that conversations are in, or None for SQLite.

    Raises:
        UnsafeSettings: NAAST_DATABASE_URL is no address of a PostgreSQL database. It is not shown: it holds a password.
    """
    return _address("NAAST_DATABASE_URL", ("postgresql", "postgresql+psycopg2"), "postgresql://user:password@host/name")


def redis_url() -> Optional[str]:
    """The Redis that locks are in, or None for memory.

    Raises:
        UnsafeSettings: NAAST_REDIS_URL is no address of a Redis, or several workers share no Redis.
    """
    url = _address("NAAST_REDIS_URL", ("redis", "rediss"), "redis://[:password@]host:port/0")
    workers = os.environ.get("SANIC_WORKERS", "1")
    if url is None and workers != "1":
        raise UnsafeSettings(
            f"naast: SANIC_WORKERS is {workers}, and {workers} processes share no memory: set NAAST_REDIS_URL as well"
        )
    return url


def _address(name: str, schemes: Tuple[str, ...], example: str) -> Optional[str]:
    given = os.environ.get(name)
    if not given:
        return None
    try:
        parts = urlsplit(given)
        understood = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        understood = False
    if not understood:
        raise UnsafeSettings(f"naast: {name} cannot be read; it looks like {example}")
    return given


def proxies() -> int:
    """How many entries at the end of X-Forwarded-For were written by proxies of ours, and may be believed.

    Raises:
        UnsafeSettings: NAAST_PROXIES is no number from 0 to MOST_PROXIES.
    """
    given = os.environ.get("NAAST_PROXIES", "0")
    if not given.isdecimal() or int(given) > MOST_PROXIES:
        raise UnsafeSettings(f"naast: NAAST_PROXIES is {given!r}; it is a number from 0 to {MOST_PROXIES}")
    return int(given)


def metrics_token() -> Optional[bytes]:
    """What a reader of /metrics on another machine must show.

    Raises:
        UnsafeSettings: NAAST_METRICS_TOKEN is too short.
    """
    given = os.environ.get("NAAST_METRICS_TOKEN")
    return None if given is None else _long_enough(given, "NAAST_METRICS_TOKEN")


def logs_are_json() -> bool:
    """True when each line of the log is to be JSON.

    Raises:
        UnsafeSettings: NAAST_LOG_FORMAT is neither text nor json.
    """
    given = os.environ.get("NAAST_LOG_FORMAT", "text")
    if given not in ("text", "json"):
        raise UnsafeSettings(f"naast: NAAST_LOG_FORMAT is {given!r}; it is text or json")
    return given == "json"


def desk_url() -> str:
    """The address of the desk without a path. Its cookie and its check of origins rest on it.

    Raises:
        UnsafeSettings: NAAST_DESK_URL is no address, or passwords would travel unencrypted.
    """
    given = os.environ.get("NAAST_DESK_URL", DESK_URL).rstrip("/")
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc or f"{parts.scheme}://{parts.netloc}" != given:
        raise UnsafeSettings(f"naast: NAAST_DESK_URL is {given!r}; it wants https://host")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise UnsafeSettings("naast: NAAST_DESK_URL begins with http://; outside this machine the desk wants https://")
    return given


def desk_port() -> int:
    """Where the desk listens on loopback: the port of its address, or that of DESK_URL behind a proxy.

    Raises:
        UnsafeSettings: see desk_url.
    """
    own = urlsplit(desk_url())
    return own.port if own.hostname in LOOPBACK and own.port else urlsplit(DESK_URL).port


def chat_url() -> str:
    """The page of the web channel as guest testers reach it.

    Raises:
        UnsafeSettings: NAAST_CHAT_URL is no address of a page, or a conversation would travel unencrypted.
    """
    given = os.environ.get("NAAST_CHAT_URL", CHAT_URL)
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise UnsafeSettings(f"naast: NAAST_CHAT_URL is {given!r}; it wants https://host/webhooks/web/")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise UnsafeSettings("naast: NAAST_CHAT_URL begins with http://; outside this machine the chat wants https://")
    return given
