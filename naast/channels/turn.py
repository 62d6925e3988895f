"""One turn through Rasa, for every channel: an answer always comes, and an erasure happens after the turn is saved."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import secrets
import time
from typing import Any, Dict, List, Optional, Set, Text, Tuple

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage

from naast.channels import history, metrics
from naast.channels.in_time import SECONDS_TO_ANSWER
from naast.channels.language import language_of
from naast.channels.self_check import configured_store
from naast.channels.texts import channel_texts
from naast.privacy.logs import handling_a_message, where
from naast.privacy.redact import redact
from naast.store.redacted import TEST

logger = logging.getLogger(__name__)

WARM_UP = "Mijn zoon van 14 wordt op snapchat gechanteerd. Ze willen 300 euro. Hij wil niet leven. Bel 06 12345678."
"""A message that every part of understanding has something to do with."""
SHOWN = ("text", "buttons", "custom", "language")
"""What of a message reaches a parent; `language` is what a screen reader should read it in."""


ERASE = {"kind": "erase"}
"""What rides along where the parent confirmed that the conversation is to be erased."""


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
    """What to say. `erases`: the parent confirmed that the conversation is to be erased. `kept` is False when the turn
    failed or is not finished: nothing of it stands in the conversation, or not yet, and the same message with the same
    id is to be sent again."""

    messages: List[Dict[Text, Any]]
    erases: bool = False
    kept: bool = True

    @property
    def shown(self) -> List[Dict[Text, Any]]:
        """The messages for a page, which shows a whole conversation: told to erase, that as well."""
        if not self.erases:
            return self.messages
        return [*self.messages[:-1], {**self.messages[-1], "custom": ERASE}]

    @classmethod
    def of(cls, messages: List[Dict[Text, Any]], language: Optional[Text]) -> "Answer":
        """Never an empty one: where there is nothing to say, the safety reply."""
        said = [message for message in messages if message.get("custom") != ERASE]
        return cls(said or channel_texts(language).safety_reply("unavailable"), erases=len(said) < len(messages))

    @classmethod
    def failed(cls, language: Optional[Text]) -> "Answer":
        """The safety reply, for a turn that is to be tried again."""
        return cls(channel_texts(language).safety_reply("unavailable"), kept=False)


async def earlier_answer(agent: Agent, sender_id: Text, message_id: Text) -> Optional[Answer]:
    """The answer to a message that was handled before, or None: then it is to be handled."""
    if not await configured_store(agent).has_message(sender_id, message_id):
        return None
    tracker = await agent.tracker_store.retrieve_full_tracker(sender_id)
    return Answer.of(history.answer_to(tracker.events, message_id) or [], language_of(tracker))


@dataclasses.dataclass
class _UnderWay:
    turn: "asyncio.Future[Optional[Answer]]"
    output: MessageList


_under_way: Dict[Tuple[Text, Text], _UnderWay] = {}
"""Turns that are being handled, by conversation and message: the same message sent again waits for the same turn."""
_finishing: Set["asyncio.Future[None]"] = set()


async def hold_turn(
    agent: Agent,
    text: Text,
    sender_id: Text,
    channel: Text,
    message_id: Optional[Text] = None,
    title: Optional[Text] = None,
    region: Optional[Text] = None,
    language: Optional[Text] = None,
    test: bool = False,
    seconds: float = SECONDS_TO_ANSWER,
) -> Answer:
    """Let Rasa answer one message. `title` is what the button said whose payload `text` is; `region` the country of
    the website, which holds until the parent names another; `language` that of the website or the device, which holds
    until the parent writes another; `test` marks what is said as a test.

    Returns:
        The answer; when Rasa is silent, fails or takes longer than `seconds` (a dead action server, a database that is
        away, an exception in a component), the safety reply with the emergency numbers.
    """
    name = (sender_id, message_id or secrets.token_hex(16))
    begun = time.perf_counter()
    under_way = _under_way.get(name)
    if under_way is None:
        output = MessageList(channel)
        told = {"title": title, "region": region, "language": language, TEST: test}
        metadata = {key: value for key, value in told.items() if value} or None
        message = UserMessage(text, output, sender_id, input_channel=channel, message_id=message_id, metadata=metadata)
        under_way = _UnderWay(asyncio.ensure_future(_handle(agent, message)), output)
        _under_way[name] = under_way
        under_way.turn.add_done_callback(lambda _: _under_way.pop(name, None))
    try:
        # Shielded: a slow turn is finished and saved, the parent only does not wait for it.
        before = await asyncio.wait_for(asyncio.shield(under_way.turn), seconds)
    except asyncio.TimeoutError:
        logger.error("naast.turn.too_slow")
        metrics.FAILED.labels(kind="too_slow").inc()
        finishing = asyncio.ensure_future(_finish(agent, sender_id, under_way))
        _finishing.add(finishing)  # asyncio itself holds a task weakly
        finishing.add_done_callback(_finishing.discard)
        return Answer.failed(language)
    except Exception as error:
        logger.error("naast.turn.failed %s", where(error))
        metrics.FAILED.labels(kind="failed").inc()
        return Answer.failed(language)
    if before is not None:
        return before
    metrics.SECONDS.labels(channel=channel).observe(time.perf_counter() - begun)
    metrics.count_answer(under_way.output.first)
    return Answer.of(under_way.output.messages, language)


async def take_turn(agent: Agent, text: Text, sender_id: Text, channel: Text, **more: Any) -> List[Dict[Text, Any]]:
    """`hold_turn`, and the erasure it may ask for.

    Returns:
        The messages, never an empty list.
    """
    answer = await hold_turn(agent, text, sender_id, channel, **more)
    if answer.erases:
        await erase(agent, sender_id)
    return answer.messages


async def _handle(agent: Agent, message: UserMessage) -> Optional[Answer]:
    """As `Agent.handle_message` does it; raises whatever fails, also what Rasa would pass over in silence.

    Returns:
        The answer that another server gave, where the message was sent to both: it saved the turn while this one waited
        for the lock. One server by itself has looked already, and waits for the turn itself.
    """
    with handling_a_message():
        async with agent.lock_store.lock(message.sender_id):
            if getattr(agent.lock_store, "is_shared", False):
                before = await earlier_answer(agent, message.sender_id, message.message_id)
                if before is not None:
                    return before
            await agent.processor.handle_message(message)
    return None


async def _finish(agent: Agent, sender_id: Text, under_way: _UnderWay) -> None:
    """See a turn to its end for which nobody waits any more, also when it orders to erase."""
    try:
        before = await under_way.turn
    except Exception as error:
        logger.error("naast.turn.failed %s", where(error))
        return
    if (before or Answer.of(under_way.output.messages, None)).erases:
        await erase(agent, sender_id)


async def warm_up(agent: Agent) -> None:
    """Understand and redact one message at the start: word lists, lemmas, the encoder and lists of names and numbers
    load at first use, five seconds in all, and no parent should wait for that."""
    redact(WARM_UP)
    with handling_a_message():
        await agent.parse_message(WARM_UP)


async def erase(agent: Agent, sender_id: Text, asked_in: Optional[Text] = None) -> None:
    """Erase one conversation, when no turn of it is under way. `asked_in`: see the store."""
    store = configured_store(agent)
    async with agent.lock_store.lock(sender_id):
        await store.erase(sender_id, asked_in)
    metrics.ERASED.inc()
