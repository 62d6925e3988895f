"""Telegram's Bot API over HTTP: the dozen methods that Naast needs, and no method that could fetch a file.

Every way in which a call can fail has a name, for each asks for something else. An error never holds the token (it is
in the address of each call) nor what was to be said.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, Dict, Optional

import aiohttp

from naast.channels.telegram.pace import Pace

SECONDS = 20
"""For one call; what takes longer is tried again."""


class TelegramError(Exception):
    """A call failed. `args` hold at most what Telegram says about it."""


class Unreachable(TelegramError):
    """No answer in time, a broken connection, or Telegram itself is down: the call may have worked, or not."""


class TooManyRequests(TelegramError):
    """Telegram asks to wait; `seconds` long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Blocked(TelegramError):
    """The parent blocked the bot, left, or is gone."""


class Refused(TelegramError):
    """Telegram does not accept what was sent; the same would be refused again."""

    @property
    def changes_nothing(self) -> bool:
        """The message looks so already."""
        return "not modified" in str(self)


class WrongToken(TelegramError):
    """The token is not, or no longer, that of a bot."""


class Conflict(TelegramError):
    """Somebody else fetches the updates of this bot, or a webhook is set."""

    @property
    def is_webhook(self) -> bool:
        """A webhook is set."""
        return "webhook" in str(self)


class BotApi:
    """One bot. To be closed; made inside the running loop."""

    def __init__(self, base: str, token: str, seconds: float = SECONDS) -> None:
        self._base = f"{base}/bot{token}"
        self._seconds = seconds
        self._pace = Pace()
        # trust_env: where the way out is a proxy, HTTPS_PROXY names it.
        self._session = aiohttp.ClientSession(headers={"Accept": "application/json"}, trust_env=True)

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def call(
        self,
        method: str,
        params: Dict[str, Any],
        file: Optional[Dict[str, str]] = None,
        seconds: Optional[float] = None,
    ) -> Any:
        """Call a method.

        Args:
            file: a document to send along, with `name`, `type` and `text`.
            seconds: to wait for the answer, when it is another time than usual.

        Returns:
            What Telegram calls `result`.

        Raises:
            TelegramError: by kind, see above.
        """
        body = {"data": _form(params, file)} if file else {"json": params}
        timeout = aiohttp.ClientTimeout(total=seconds or self._seconds)
        await self._pace.wait(method, params)
        try:
            async with self._session.post(
                f"{self._base}/{method}", timeout=timeout, allow_redirects=False, **body
            ) as answer:
                status, content = answer.status, await answer.read()
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise Unreachable(type(error).__name__) from None
        return _result(status, content)


def _form(params: Dict[str, Any], file: Dict[str, str]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    form.add_field("document", file["text"].encode(), filename=file["name"], content_type=file["type"])
    return form


def _result(status: int, content: bytes) -> Any:
    try:
        body = json.loads(content)
        if body["ok"] is True:
            return body["result"]
        said = str(body.get("description", ""))
        wait = (body.get("parameters") or {}).get("retry_after", 1)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unreachable(f"status {status}") from None
    if status == 429:
        raise TooManyRequests(float(wait))
    if status in (401, 404):
        raise WrongToken(said)
    if status == 403 or "chat not found" in said:
        raise Blocked(said)
    if status == 409:
        raise Conflict(said)
    if status >= 500:
        raise Unreachable(f"status {status}")
    raise Refused(said)
