"""Takes an update in: read, told apart from what was received before, kept. Only then may it be acknowledged."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any, Set

from naast.channels.telegram import updates
from naast.channels.telegram.answering import CHANNEL
from naast.channels.telegram.commands import erases
from naast.channels.telegram.delivery import Delivery
from naast.channels.telegram.updates import Incoming
from naast.channels.telegram.worker import Worker
from naast.privacy.identity import conversation_id
from naast.store.inbox import Full, Inbox


class Receiving:
    """Behind the webhook and behind polling."""

    def __init__(self, inbox: Inbox, worker: Worker, delivery: Delivery) -> None:
        self._inbox = inbox
        self._worker = worker
        self._delivery = delivery
        self._beside: Set["asyncio.Task[Any]"] = set()

    async def receive(self, update: Any) -> None:
        """Keep what there is to answer in an update, and wake the worker. What is no update is left.

        Raises:
            Full: there is no room; Telegram is to deliver it later.
        """
        incoming = updates.read(update)
        if incoming is None:
            return
        sender_id = conversation_id(CHANNEL, str(incoming.chat))
        once = []
        if incoming.kind == updates.PRESS:
            # The circle on the button stops turning at once, however long the answer takes.
            self._aside(self._delivery.attempt("answerCallbackQuery", {"callback_query_id": incoming.press}))
            # A second tap comes with a number of its own: the keyboard it was on tells that it is the same.
            once = [conversation_id("telegram.keyboard", f"{incoming.chat}\0{incoming.message_id}")]
        album = conversation_id("telegram.album", f"{incoming.chat}\0{incoming.album}") if incoming.album else None
        if album and incoming.text:
            await asyncio.to_thread(self._inbox.first_time, album)
        elif album:
            once = [album]  # ten pictures at once are refused once
        kept = await self._keep(incoming, sender_id, once)
        self._worker.wake(sender_id, at_once=kept and erases(incoming))

    async def _keep(self, incoming: Incoming, sender_id: str, once: list) -> bool:
        """False where it was received before, or is not kept."""
        try:
            if incoming.kind == updates.GROUP:
                # Remembered with what is to be said, so that it is explained also where the server dies in between.
                if await self._put(incoming, sender_id, [conversation_id("telegram.group", sender_id)]):
                    return True
                incoming = dataclasses.replace(incoming, kind=updates.LEAVE)
            return await self._put(incoming, sender_id, once)
        except Full as full:
            if not full.of_one:
                raise
            # Delivered again and again it would hold up everybody else; so it is said that it is not kept.
            often = conversation_id("telegram.full", f"{sender_id}\0{incoming.update_id // 100}")
            if incoming.kind not in updates.NOT_HERE and await asyncio.to_thread(self._inbox.first_time, often):
                self._aside(self._worker.say_at_once(incoming, sender_id, "too_many"))
            return False

    async def _put(self, incoming: Incoming, sender_id: str, once: list) -> bool:
        number, content = incoming.update_id, {"chat": incoming.chat, "incoming": incoming.as_dict()}
        return await asyncio.to_thread(
            self._inbox.put, str(number), number, sender_id, content, once, alone=erases(incoming)
        )

    def _aside(self, doing: Any) -> None:
        task = asyncio.ensure_future(doing)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)
