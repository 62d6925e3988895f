"""One turn through Rasa, for every channel: an answer always comes, and an erasure happens after the turn is saved."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import secrets
import time
from typing import Any, Dict, List, Optional, Text, Tuple

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage

from naast.channels import metrics
from naast.channels.self_check import configured_store
from naast.channels.texts import channel_texts
from naast.privacy.logs import handling_a_message, where
from naast.privacy.redact import redact

logger = logging.getLogger(__name__)

SECONDS_TO_ANSWER = 5.0
WARM_UP = "Mijn zoon van 14 wordt op snapchat gechanteerd. Ze willen 300 euro. Hij wil niet leven. Bel 06 12345678."
"""A message that every part of understanding has something to do with."""
SHOWN = ("text", "buttons", "custom", "language")
"""What of a message reaches a parent; `language` is what a screen reader should read it in."""


class MessageList(OutputChannel):
    """Collects the messages of a turn as they are: text, buttons and custom together in one."""

    def __init__(self, channel: Text) -> None:
        self.channel = channel
        self.messages: List[Dict[Text, Any]] = []
        self.first: Dict[Text, Any] = {}

    def name(self) -> Text:  # Rasa stores it with each event
        return self.channel

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        kept = {key: message[key] for key in SHOWN if message.get(key)}
        if kept.keys() - {"language"}:
            self.first = self.first or message
            self.messages.append(kept)


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a parent gets. `kept` is False when the turn failed or is not finished: then nothing of it stands in the
    conversation, or not yet, and the same message with the same id is to be sent again."""

    messages: List[Dict[Text, Any]]
    kept: bool


@dataclasses.dataclass
class _UnderWay:
    turn: "asyncio.Future[Any]"
    output: MessageList


_under_way: Dict[Tuple[Text, Text], _UnderWay] = {}
"""Turns that are being handled, by conversation and message: the same message sent again waits for the same turn."""


async def take_turn(
    agent: Agent,
    text: Text,
    sender_id: Text,
    channel: Text,
    message_id: Optional[Text] = None,
    title: Optional[Text] = None,
    region: Optional[Text] = None,
    language: Optional[Text] = None,
) -> List[Dict[Text, Any]]:
    """The messages of `answer`, for a channel that cannot say whether the message was kept."""
    return (await answer(agent, text, sender_id, channel, message_id, title, region, language)).messages


async def answer(
    agent: Agent,
    text: Text,
    sender_id: Text,
    channel: Text,
    message_id: Optional[Text] = None,
    title: Optional[Text] = None,
    region: Optional[Text] = None,
    language: Optional[Text] = None,
) -> Answer:
    """Let Rasa answer one message. `title` is what the button said whose payload `text` is; `region` the country of
    the website, which holds until the parent names another; `language` that of the website or the device, which holds
    until the parent writes another.

    Returns:
        Always something to say: when Rasa is silent, fails or takes longer than SECONDS_TO_ANSWER (a dead action
        server, a database that is away, an exception in a component), the safety reply with the emergency numbers.
    """
    name = (sender_id, message_id or secrets.token_hex(16))
    begun = time.perf_counter()
    under_way = _under_way.get(name)
    if under_way is None:
        output = MessageList(channel)
        told = {"title": title, "region": region, "language": language}
        metadata = {key: value for key, value in told.items() if value} or None
        message = UserMessage(text, output, sender_id, input_channel=channel, message_id=message_id, metadata=metadata)
        under_way = _UnderWay(asyncio.ensure_future(_handle(agent, message, output)), output)
        _under_way[name] = under_way
        under_way.turn.add_done_callback(lambda _: _under_way.pop(name, None))
    try:
        # Shielded: a slow turn is finished and saved, the parent only does not wait for it.
        await asyncio.wait_for(asyncio.shield(under_way.turn), SECONDS_TO_ANSWER)
    except asyncio.TimeoutError:
        logger.error("naast.turn.too_slow")
        metrics.FAILED.labels(kind="too_slow").inc()
        under_way.turn.add_done_callback(_note_failure)
        return Answer(channel_texts(language).safety_reply("unavailable"), kept=False)
    except Exception as error:
        logger.error("naast.turn.failed %s", where(error))
        metrics.FAILED.labels(kind="failed").inc()
        return Answer(channel_texts(language).safety_reply("unavailable"), kept=False)
    metrics.SECONDS.labels(channel=channel).observe(time.perf_counter() - begun)
    metrics.count_answer(under_way.output.first)
    messages = under_way.output.messages
    return Answer(messages or channel_texts(language).safety_reply("unavailable"), kept=True)


async def _handle(agent: Agent, message: UserMessage, output: MessageList) -> None:
    """Raises whatever fails, also what Rasa would pass over in silence."""
    with handling_a_message():
        await agent.handle_message(message)
    output.messages = await obeyed(agent, message.sender_id, output.messages)


async def obeyed(agent: Agent, sender_id: Text, said: List[Dict[Text, Any]]) -> List[Dict[Text, Any]]:
    """Erase the conversation where an action ordered so, also when nobody waited for the turn any more.

    Returns:
        What is for the parent.
    """
    messages = [each for each in said if (each.get("custom") or {}).get("kind") != "erase"]
    if len(messages) < len(said):
        await erase(agent, sender_id)
    return messages


async def warm_up(agent: Agent) -> None:
    """Understand and redact one message at the start: word lists, lemmas, the encoder and lists of names and numbers
    load at first use, five seconds in all, and no parent should wait for that."""
    redact(WARM_UP)
    with handling_a_message():
        await agent.parse_message(WARM_UP)


def _note_failure(turn: "asyncio.Future[Any]") -> None:
    if not turn.cancelled() and turn.exception() is not None:
        logger.error("naast.turn.failed %s", where(turn.exception()))


async def erase(agent: Agent, sender_id: Text) -> None:
    """Erase one conversation, when no turn of it is under way."""
    store = configured_store(agent)
    async with agent.lock_store.lock(sender_id):
        await store.erase(sender_id)
    metrics.ERASED.inc()
