"""Sends what waits, in order and until it has arrived: asked to wait it waits, broken off it tries again, and what
Telegram never takes does not hold up what comes after. The plan stays one message, edited as steps are ticked.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from typing import Any, Awaitable, Callable, Dict, Iterator

from naast.channels.telegram.api import Blocked, BotApi, Refused, TelegramError, TooManyRequests, Unreachable
from naast.channels.telegram.render import Piece, plain
from naast.store.messenger import View, Views

logger = logging.getLogger(__name__)
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)
LAST_PAUSE = 30.0
"""Seconds between attempts; the last for as long as it takes."""


def _pauses() -> Iterator[float]:
    return itertools.chain(PAUSES, itertools.repeat(LAST_PAUSE))


class Delivery:
    """Towards Telegram. `pause` sleeps; tests need not."""

    def __init__(self, api: BotApi, views: Views, pause: Callable[[float], Awaitable[Any]] = asyncio.sleep) -> None:
        self._api = api
        self._views = views
        self._pause = pause
        self._edited: Dict[int, int] = {}  # by chat: the plan that was edited, until something points to it
        self._rests: Dict[int, float] = {}  # by chat: until when Telegram asked to wait

    async def send(self, chat: int, sender_id: str, piece: Piece) -> None:
        """Send one piece of an answer.

        Raises:
            Blocked: the parent cannot be reached; the piece is to wait until that changes.
        """
        if piece.get("plan"):
            await self._send_plan(chat, sender_id, piece)
            return
        plan = self._edited.pop(chat, None)
        if plan is not None and piece.get("after_plan"):
            # The plan changed somewhere above: what is said next points to it.
            quoted = {"message_id": plan, "allow_sending_without_reply": True}
            piece = {**piece, "params": {**piece["params"], "reply_parameters": quoted}}
        await self._send(chat, piece)
        if piece.get("told_of_traces"):
            await asyncio.to_thread(self._views.change, sender_id, told_of_traces=True)

    async def _send_plan(self, chat: int, sender_id: str, piece: Piece) -> None:
        view, steps = await asyncio.to_thread(self._views.of, sender_id), piece["plan"]["steps"]
        done = piece["plan"]["done"]
        if view.plan_message is not None and await self._edit_plan(chat, view, piece):
            await asyncio.to_thread(self._views.change, sender_id, plan_done=done)
            self._edited[chat] = view.plan_message
            return
        sent = await self._send(chat, piece)
        if sent:
            await asyncio.to_thread(
                self._views.change, sender_id, plan_message=sent["message_id"], plan_steps=steps, plan_done=done
            )

    async def _edit_plan(self, chat: int, view: View, piece: Piece) -> bool:
        """True when the plan stands in its old place. One that was asked for anew, or became another plan, is taken
        away there and goes below, where the parent is reading."""
        place = {"message_id": view.plan_message}
        plan = piece["plan"]
        only_ticked = view.plan_steps == plan["steps"] and view.plan_done != plan["done"]
        if only_ticked and not plan.get("asked_for"):
            try:
                changed = {"method": "editMessageText", "params": {**piece["params"], **place}}
                await self._insist(chat, changed)
                return True
            except Refused as refused:
                return refused.changes_nothing
        await self._send(chat, {"method": "deleteMessage", "params": place, "lenient": True})
        return False

    async def _send(self, chat: int, piece: Piece) -> Any:
        """Send it; what Telegram refuses goes out as bare words, and what it refuses then is told and left out."""
        while True:
            try:
                return await self._insist(chat, piece)
            except TelegramError as error:
                if piece.get("lenient"):
                    logger.info("naast.telegram.left_out method=%s kind=%s", piece["method"], type(error).__name__)
                    return None
                if not isinstance(error, Refused):
                    raise
                logger.error("naast.telegram.refused method=%s", piece["method"])
                piece = plain(piece)
                if piece is None:
                    return None

    async def _insist(self, chat: int, piece: Piece) -> Any:
        """Call until it works, or until it never will; what matters little, a few times."""
        lenient = piece.get("lenient")
        pauses = iter(PAUSES) if lenient else _pauses()
        while True:
            await self._rest(chat)
            try:
                return await self._api.call(piece["method"], {"chat_id": chat, **piece["params"]}, piece.get("file"))
            except TooManyRequests as asked:
                logger.warning("naast.telegram.asked_to_wait seconds=%s", asked.seconds)
                self._rests[chat] = time.monotonic() + asked.seconds
            except (Blocked, Refused):
                raise
            except TelegramError as error:
                logger.error("naast.telegram.not_sent method=%s kind=%s", piece["method"], type(error).__name__)
                pause = next(pauses, None)
                if pause is None or (lenient and not isinstance(error, Unreachable)):
                    raise
                await self._pause(pause)

    async def _rest(self, chat: int) -> None:
        """Wait as long as Telegram asked to, whichever call was told so."""
        left = self._rests.get(chat, 0.0) - time.monotonic()
        if left > 0:
            await self._pause(left)
        self._rests.pop(chat, None)

    async def attempt(self, method: str, params: dict) -> None:
        """Call once; it matters little whether it works."""
        try:
            await self._api.call(method, params)
        except TelegramError as error:
            logger.info("naast.telegram.left_out method=%s kind=%s", method, type(error).__name__)
