"""Answers what waits in the inbox: within a conversation one message after the other, conversations beside each other.

What is asked for too fast is answered slower, never refused: whoever sends a message every second may be in the middle
of the worst night, and the emergency numbers come at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter
from typing import Any, Awaitable, Callable, Dict, List, Optional, Set

from rasa.core.lock_store import LockError
from sqlalchemy.exc import SQLAlchemyError

from naast.channels import limits
from naast.channels.in_time import SECONDS_TO_ANSWER
from naast.channels.telegram import updates
from naast.channels.telegram.api import Blocked
from naast.channels.telegram.commands import erases
from naast.channels.telegram.delivery import LAST_PAUSE, Delivery
from naast.channels.telegram.render import Piece, pieces
from naast.channels.telegram.texts import telegram_texts
from naast.channels.telegram.updates import Incoming
from naast.channels.texts import channel_texts
from naast.privacy.logs import where
from naast.store.inbox import Entry, Inbox

logger = logging.getLogger(__name__)
AT_ONCE = 2
"""Turns under way; Rasa computes one at a time anyway, the other waits for the action server."""
PATIENCE = 5
"""Seconds that nobody is told about."""
ATTEMPTS = 3
PASSING = (SQLAlchemyError, LockError)
"""A database or a Redis that is away comes back; what else fails would fail again."""
PAUSE = 0.5
SECONDS_TO_TRY = 120.0
"""An action server or a database that is started anew is back by then; the parent has had the numbers long before."""
Answers = Callable[[Incoming, str], Awaitable[Dict[str, Any]]]


class Worker:
    """The inbox is asked in a thread: while the database is locked nobody else waits.

    `answers` composes an answer to what came in, `erase` erases a conversation up to a message,
    `language` knows which language a conversation is in."""

    def __init__(
        self,
        inbox: Inbox,
        answers: Answers,
        erase: Callable[[str, str], Awaitable[None]],
        delivery: Delivery,
        language: Callable[[str], Awaitable[Optional[str]]],
    ) -> None:
        self._inbox = inbox
        self._answers = answers
        self._erase = erase
        self._delivery = delivery
        self._language = language
        self._limits = limits.Limits()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._running: Dict[str, "asyncio.Task[None]"] = {}
        self._woken: Set[str] = set()

    def resume(self) -> None:
        """Go on with what waited when the last process stopped."""
        for sender_id in self._inbox.waiting():
            self.wake(sender_id)

    def wake(self, sender_id: str, at_once: bool = False) -> None:
        """Something waits in this conversation. `at_once`: what is under way there is dropped, as if the process had
        died; its turn is seen to its end, and what comes now waits for that alone."""
        self._woken.add(sender_id)
        running = self._running.get(sender_id)
        if running is None or at_once:
            self._running[sender_id] = asyncio.ensure_future(self._serve(sender_id, running))
            if running is not None:
                running.cancel()

    async def stop(self) -> None:
        """Leave the rest to the next process."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _serve(self, sender_id: str, before: Optional["asyncio.Task[None]"]) -> None:
        """Answer until nothing waits, or until the parent cannot be reached: then it waits for a sign of life.
        `before` is the task that did so and was cancelled."""
        failures, mistakes = 0, Counter()
        try:
            if before is not None:
                await asyncio.wait({before})
            while True:
                self._woken.discard(sender_id)
                entry = None
                try:
                    entry = await asyncio.to_thread(self._inbox.next, sender_id)
                    if entry is None:
                        if sender_id in self._woken:
                            continue
                        return
                    if mistakes[entry.id] < ATTEMPTS:
                        await self._handle(entry)
                    else:
                        await self._let_go(entry, says_so=mistakes[entry.id] == ATTEMPTS)
                    failures = 0
                except Blocked:
                    if sender_id not in self._woken:
                        logger.info("naast.telegram.waits_for_parent")
                        return
                except Exception as error:
                    logger.error("naast.telegram.failed %s", where(error))
                    failures += 1
                    if entry is not None and not isinstance(error, PASSING):
                        mistakes[entry.id] += 1
                    await asyncio.sleep(min(PAUSE * 2.0**failures, LAST_PAUSE))
        finally:
            if self._running.get(sender_id) is asyncio.current_task():
                del self._running[sender_id]

    async def _handle(self, entry: Entry) -> None:
        content = entry.content
        if content is None:
            logger.error("naast.telegram.unreadable: sealed with another NAAST_KEY")
            await asyncio.to_thread(self._inbox.done, entry)
            return
        if "incoming" in content:
            incoming = Incoming(**content["incoming"])
            if incoming.kind not in updates.NOT_HERE and not erases(incoming):
                await self._wait_for_turn(incoming, entry.sender_id)
            answer = await self._compose_in_time(incoming, entry.sender_id)
            content = {"chat": content["chat"], **answer}
            entry = await asyncio.to_thread(self._inbox.keep_answer, entry, content)
        if content["erases"] and entry.sent == 0:
            await self._erase(entry.sender_id, entry.delivery)
        for number, piece in enumerate(content["pieces"][entry.sent :], start=entry.sent + 1):
            await self._delivery.send(content["chat"], entry.sender_id, piece)
            await asyncio.to_thread(self._inbox.sent, entry, number)
        await asyncio.to_thread(self._inbox.done, entry)

    async def _let_go(self, entry: Entry, says_so: bool) -> None:
        """For a mistake of ours, which may not hold up what the parent says next: say that Naast is out of order, with
        the numbers. Where that fails too, only the log says so."""
        if says_so:
            for piece in await self._out_of_order(entry.sender_id, entry.content.get("incoming", {}).get("language")):
                await self._delivery.send(entry.content["chat"], entry.sender_id, piece)
        await asyncio.to_thread(self._inbox.done, entry)

    async def _compose_in_time(self, incoming: Incoming, sender_id: str) -> Dict[str, Any]:
        """The answer; where it takes long, the numbers come before it."""
        composing = asyncio.ensure_future(self._compose(incoming, sender_id))
        try:
            done, _ = await asyncio.wait({composing}, timeout=SECONDS_TO_ANSWER)
            if not done and incoming.message_id is not None:
                await self.say_at_once(incoming, sender_id, "slow")
            return await composing
        except BaseException:
            composing.cancel()
            raise

    async def _compose(self, incoming: Incoming, sender_id: str) -> Dict[str, Any]:
        """The answer, tried for again while it cannot be made; in the end that Naast is out of order, with the numbers.

        Until then what the parent wrote waits on the disk, and with it what came after.
        """
        give_up, pause = time.monotonic() + SECONDS_TO_TRY, PAUSE
        while time.monotonic() < give_up:
            try:
                async with contextlib.nullcontext() if erases(incoming) else self._turns:
                    return await self._answers(incoming, sender_id)
            except Exception as error:
                logger.error("naast.telegram.not_answered %s", where(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, LAST_PAUSE)
        return {"pieces": await self._out_of_order(sender_id, incoming.language), "erases": False}

    async def _out_of_order(self, sender_id: str, device: Optional[str]) -> List[Piece]:
        """The card with the numbers."""
        return pieces(channel_texts(await self._spoken(sender_id, device)).safety_reply("unavailable"))

    async def _spoken(self, sender_id: str, device: Optional[str]) -> Optional[str]:
        """The language of the conversation; that of the parent's Telegram before it has one, or while the database is
        away: the numbers do not wait for it."""
        try:
            return await self._language(sender_id) or device
        except SQLAlchemyError as error:
            logger.error("naast.telegram.language_not_known %s", where(error))
            return device

    async def _wait_for_turn(self, incoming: Incoming, sender_id: str) -> None:
        told = False
        while True:
            try:
                return self._limits.hit(limits.A_CONVERSATION, sender_id)
            except limits.TooFast as too_fast:
                wait = too_fast.seconds
            if wait > PATIENCE and not told:
                told = True
                await self.say_at_once(incoming, sender_id, "slow")
            await asyncio.sleep(wait)

    async def say_at_once(self, incoming: Incoming, sender_id: str, sentence: str) -> None:
        """Say one of the channel's own sentences, with the numbers, out of turn."""
        language = await self._spoken(sender_id, incoming.language)
        messages = [*telegram_texts(language).bubbles(sentence), {"text": channel_texts(language).emergency}]
        for piece in pieces(messages):
            await self._delivery.send(incoming.chat, sender_id, piece)
