"""What is said to what came in: a turn of Rasa for words, buttons and commands; a kind sentence for all else."""

from __future__ import annotations

import asyncio
import datetime
from typing import Any, Dict, List, Optional

from rasa.core.agent import Agent

from naast.channels.guard import Rejected, typed_text
from naast.channels.language import language_of
from naast.channels.telegram import updates
from naast.channels.telegram.commands import START, command_of, start_of
from naast.channels.telegram.keyboards import language_buttons, pressed
from naast.channels.telegram.render import Piece, pieces, remove_keyboard
from naast.channels.telegram.texts import Command, TelegramTexts, telegram_texts
from naast.channels.telegram.updates import Incoming
from naast.channels.texts import channel_texts
from naast.channels.turn import Answer, earlier_answer, hold_turn
from naast.privacy import export
from naast.privacy.identity import conversation_id
from naast.settings import retention_days
from naast.store.messenger import Views

CHANNEL = "telegram"
SECONDS_FOR_A_TURN = 60.0
"""Longer than on the web: nobody holds a connection open, and the numbers were given meanwhile (worker.py)."""


class NotKept(Exception):
    """A turn failed: nothing of it stands in the conversation, and it is to be tried again."""


class Answering:
    """For one server; needs the loaded agent."""

    def __init__(self, agent: Agent, views: Views) -> None:
        self._agent = agent
        self._views = views

    async def answer(self, incoming: Incoming, sender_id: str) -> Dict[str, Any]:
        """`{"pieces": [...], "erases": bool}`: the calls that say the answer, and whether the conversation is to be
        erased before.

        Raises:
            NotKept: see there.
        """
        if incoming.kind in updates.NOT_HERE:
            return self._leave(explained=incoming.kind == updates.GROUP)
        if incoming.kind == updates.BACK:
            return _said([])
        view, command = await asyncio.to_thread(self._views.of, sender_id), command_of(incoming)
        text = conversation_id("telegram.text", f"{incoming.chat}\0{incoming.text}")
        if incoming.kind == updates.EDIT and not (command and command.erase):
            if view.last_message != incoming.message_id:
                return _said(pieces((await self._texts(incoming, sender_id)).bubbles("old_edit")))
            if view.last_text == text and view.last_update != incoming.update_id:
                return _said([])  # a preview was added, or a typing error was put back
        last = None if incoming.kind == updates.PRESS else incoming.message_id
        await asyncio.to_thread(
            self._views.begin, sender_id, last_message=last, last_text=text, last_update=incoming.update_id
        )
        answer = await self._answer(incoming, sender_id, command)
        messages = answer.messages
        if not view.told_of_traces and not answer.erases:
            # Before a greeting it is read; before an answer it would stand in the way of what is urgent.
            traces = [{**_words_of(messages).bubbles("traces")[0], "told_of_traces": True}]
            messages = traces + messages if command and command.name == START else messages + traces
        made = pieces(messages, str(incoming.update_id))
        for piece in made:
            if "plan" in piece and command:
                piece["plan"]["asked_for"] = True
        if incoming.kind == updates.PRESS:
            made.insert(0, remove_keyboard(incoming.message_id, incoming.links))
        return _said(made, answer.erases)

    async def language(self, sender_id: str) -> Optional[str]:
        """The language of a conversation; None before the first answer."""
        return language_of(await self._agent.tracker_store.retrieve(sender_id))

    async def _texts(self, incoming: Incoming, sender_id: str) -> TelegramTexts:
        return telegram_texts(await self.language(sender_id) or incoming.language)

    def _leave(self, explained: bool) -> Dict[str, Any]:
        said = pieces(telegram_texts().bubbles("group")) if explained else []
        return _said([{**piece, "lenient": True} for piece in [*said, {"method": "leaveChat", "params": {}}]])

    async def _answer(self, incoming: Incoming, sender_id: str, command: Optional[Command]) -> Answer:
        turn = {"message_id": str(incoming.update_id)}
        before = await earlier_answer(self._agent, sender_id, turn["message_id"])
        if before is not None:
            return self._completed(incoming, before)
        if command and command.erase:
            texts = await self._texts(incoming, sender_id)
            return Answer(texts.bubbles("wiped", "telegram_keeps"), erases=True)
        if command and command.languages:
            asked = (await self._texts(incoming, sender_id)).bubbles("languages")[0]
            return Answer([{**asked, "buttons": language_buttons()}])
        language = await self.language(sender_id) or incoming.language
        if command and command.export:
            return Answer([await self._kept(incoming, sender_id)])
        try:
            if command:
                start = start_of(incoming)
                text = start.payload or command.payload
                turn.update(title=f"/{command.name}", region=start.region)
            elif incoming.kind == updates.PRESS:
                button = await self._button(sender_id, incoming.data or "", turn["message_id"])
                text = button["payload"]
                turn.update(title=button["title"])
            elif incoming.kind == updates.NO_WORDS:
                return Answer(telegram_texts(language).bubbles("no_words"))
            elif incoming.kind == updates.MEDIA and not (incoming.text or "").strip():
                raise Rejected("no_media")
            else:
                text = typed_text(incoming.text)
        except Rejected as rejected:
            return Answer(channel_texts(language).safety_reply(rejected.reason))
        turn.update(language=language, seconds=SECONDS_FOR_A_TURN)
        answer = await hold_turn(self._agent, text, sender_id, CHANNEL, **turn)
        if not answer.kept:
            raise NotKept
        return self._completed(incoming, answer)

    async def _kept(self, incoming: Incoming, sender_id: str) -> Dict[str, Any]:
        """What is kept of the conversation, as a document."""
        texts = await self._texts(incoming, sender_id)
        tracker = await self._agent.tracker_store.retrieve_full_tracker(sender_id)
        file = export.as_file(tracker, datetime.date.today(), retention_days(), texts.language)
        return {**texts.bubbles("kept")[0], "custom": {"kind": "attachment", "files": [file]}}

    def _completed(self, incoming: Incoming, answer: Answer) -> Answer:
        """With what a channel adds: that pictures are not looked at, and what Telegram keeps of what is erased."""
        messages = answer.messages
        if incoming.kind == updates.MEDIA:
            messages = channel_texts(messages[0].get("language")).safety_reply("no_media")[:1] + messages
        if answer.erases:
            messages = messages + _words_of(messages).bubbles("telegram_keeps")
        return Answer(messages, answer.erases)

    async def _button(self, sender_id: str, data: str, message_id: str) -> Dict[str, str]:
        """Raises:
        Rejected: no button of this conversation that may still be pressed carries the token.
        """
        store = self._agent.tracker_store
        for look in (store.retrieve, store.retrieve_full_tracker):  # mostly it was said a moment ago
            tracker = await look(sender_id)
            button = pressed(tracker.events, data, message_id) if tracker else None
            if button is not None:
                return button
        raise Rejected("unknown_button")


def _said(made: List[Piece], erases: bool = False) -> Dict[str, Any]:
    return {"pieces": made, "erases": erases}


def _words_of(messages: List[Dict[str, Any]]) -> TelegramTexts:
    """The words for Telegram in the language of an answer."""
    return telegram_texts(messages[0].get("language"))
