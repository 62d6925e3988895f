"""The channel of Telegram: POST /webhooks/telegram/webhook, or long polling. docs/telegram.md tells how to set it up.

An update is kept, encrypted, before Telegram hears that it arrived, and answered after. 403 without Telegram's secret;
503 when there is no room, and Telegram delivers again; 200 to all else, also to what is too large or no update at all:
what is not taken Telegram repeats for a day, and what comes after waits behind it.
GET /webhooks/telegram/health says {"status": "closed" | "webhook" | "polling"}.
"""

from __future__ import annotations

import asyncio
import functools
import hmac
import json
import logging
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from naast.channels import startup
from naast.channels.self_check import configured_store
from naast.channels.telegram.answering import CHANNEL, Answering
from naast.channels.telegram.api import BotApi
from naast.channels.telegram.delivery import Delivery
from naast.channels.telegram.introduction import introduce
from naast.channels.telegram.polling import poll
from naast.channels.telegram.receiving import Receiving
from naast.channels.telegram.settings import TelegramSettings, telegram_settings
from naast.channels.telegram.texts import telegram_texts
from naast.channels.telegram.worker import Worker
from naast.channels.turn import erase
from naast.guidance.library import languages
from naast.privacy.logs import where
from naast.settings import key
from naast.store.inbox import Full, Inbox
from naast.store.messenger import Views

logger = logging.getLogger(__name__)
MAX_UPDATE = 1_000_000
"""Bytes. A message of 4,096 characters that answers another, in JSON's escapes, takes up to 100,000."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class TelegramInput(InputChannel):
    """See the top of this file."""

    def __init__(self, settings: Optional[TelegramSettings]) -> None:
        self._settings = settings
        self._parts: Optional[_Parts] = None

    @classmethod
    def name(cls) -> Text:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> "TelegramInput":
        startup.check()
        for language in languages():
            telegram_texts(language)
        settings = telegram_settings()
        if settings is None:
            logger.info("naast.telegram.closed: NAAST_TELEGRAM_TOKEN is not set")
        return cls(settings)

    @property
    def status(self) -> Text:
        """What the health says."""
        if self._settings is None:
            return "closed"
        return "polling" if self._settings.polls else "webhook"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        telegram = Blueprint("naast_telegram")

        @telegram.get("/health")
        async def health(_request: Request) -> HTTPResponse:
            return response.json({"status": self.status})

        if self._settings is None:
            return telegram

        @telegram.listener("after_server_start")
        async def open_up(app: Sanic, _loop: Any) -> None:
            await startup.prepare(app)
            self._parts = _Parts(self._settings, app)
            self._parts.start()

        @telegram.listener("before_server_stop")
        async def close(_app: Sanic, _loop: Any) -> None:
            if self._parts:
                await self._parts.stop()

        if not self._settings.polls:
            # Streamed, so that the limit is our own: the web channel's would refuse what Telegram delivers.
            @telegram.post("/webhook", stream=True)
            async def receive(request: Request) -> HTTPResponse:
                return await self._receive(request)

        return telegram

    async def _receive(self, request: Request) -> HTTPResponse:
        offered = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogatepass")
        if not hmac.compare_digest(offered, self._settings.secret.encode()):
            return response.empty(status=403)
        if self._parts is None:
            return response.empty(status=503)
        body = bytearray()
        async for chunk in request.stream:
            body += chunk
            if len(body) > MAX_UPDATE:
                logger.error("naast.telegram.too_large")
                return response.empty(status=200)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return response.empty(status=200)
        try:
            await self._parts.receiving.receive(update)
        except Full:
            return response.empty(status=503)
        except Exception as error:
            # Not kept, so not acknowledged. The exception's text may quote the message: its kind and place are logged.
            logger.error("naast.telegram.not_kept %s", where(error))
            return response.empty(status=503)
        return response.empty(status=200)


class _Parts:
    """What works behind the channel, made inside the running loop and put together here."""

    def __init__(self, settings: TelegramSettings, app: Sanic) -> None:
        agent = app.ctx.agent
        engine = configured_store(agent).engine
        inbox, views = Inbox(engine, key(), CHANNEL), Views(engine)
        self._api = BotApi(settings.api, settings.token)
        delivery = Delivery(self._api, views)
        answering = Answering(agent, views)
        self._worker = Worker(inbox, answering.answer, functools.partial(erase, agent), delivery, answering.language)
        self.receiving = Receiving(inbox, self._worker, delivery)
        self._polls = settings.polls
        self._towards: List["asyncio.Task[None]"] = []

    def start(self) -> None:
        """Go on with what waits, and fetch where Telegram does not call."""
        self._worker.resume()
        self._towards.append(asyncio.ensure_future(introduce(self._api)))
        if self._polls:
            self._towards.append(asyncio.ensure_future(poll(self._api, self.receiving.receive)))

    async def stop(self) -> None:
        """Let go; what waits is for the next process."""
        for task in self._towards:
            task.cancel()
        await asyncio.gather(*self._towards, return_exceptions=True)
        await self._worker.stop()
        await self._api.close()
