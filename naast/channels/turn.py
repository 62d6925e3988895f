"""One turn through Rasa, for every channel: an answer always comes, and an erasure happens after the turn is saved."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from typing import Any, Dict, List, Optional, Text

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage

from naast.channels import history
from naast.channels.language import language_of
from naast.channels.texts import channel_texts
from naast.privacy.redact import redact
from naast.settings import UnsafeSettings
from naast.store.tracker_store import ErasableTrackerStore

logger = logging.getLogger(__name__)

SECONDS_TO_ANSWER = 5.0
SHOWN = ("text", "buttons", "custom", "language")
"""What of a message reaches a parent; `language` is what a screen reader should read it in."""


class MessageList(OutputChannel):
    """Collects the messages of a turn as they are: text, buttons and custom together in one."""

    def __init__(self, channel: Text) -> None:
        self.channel = channel
        self.messages: List[Dict[Text, Any]] = []

    def name(self) -> Text:  # Rasa stores it with each event
        return self.channel

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        kept = {key: message[key] for key in SHOWN if message.get(key)}
        if kept.keys() - {"language"}:
            self.messages.append(kept)


@dataclasses.dataclass(frozen=True)
class Answer:
    """What to say, and whether the conversation is to be erased: the parent confirmed it."""

    messages: List[Dict[Text, Any]]
    erases: bool = False

    @classmethod
    def of(cls, messages: List[Dict[Text, Any]], language: Optional[Text]) -> "Answer":
        """Never an empty one: where there is nothing to say, the safety reply."""
        said = [message for message in messages if (message.get("custom") or {}).get("kind") != "erase"]
        return cls(said or channel_texts(language).safety_reply("unavailable"), erases=len(said) < len(messages))


async def earlier_answer(agent: Agent, sender_id: Text, message_id: Text) -> Optional[Answer]:
    """The answer to a message that was handled before, or None: then it is to be handled."""
    if not await configured_store(agent).has_message(sender_id, message_id):
        return None
    tracker = await agent.tracker_store.retrieve_full_tracker(sender_id)
    return Answer.of(history.answer_to(tracker.events, message_id) or [], language_of(tracker))


async def hold_turn(
    agent: Agent,
    text: Text,
    sender_id: Text,
    channel: Text,
    message_id: Optional[Text] = None,
    title: Optional[Text] = None,
    region: Optional[Text] = None,
    language: Optional[Text] = None,
    seconds: float = SECONDS_TO_ANSWER,
) -> List[Dict[Text, Any]]:
    """Let Rasa answer one message. `title` is what the button said whose payload `text` is; `region` the country of
    the website, which holds until the parent names another; `language` that of the website or the device, which holds
    until the parent writes another.

    Returns:
        The answer; when Rasa is silent, fails or takes longer than `seconds` (a dead action server, a broken model, an
        exception in a component), the safety reply with the emergency numbers.
    """
    output = MessageList(channel)
    told = {"title": title, "region": region, "language": language}
    metadata = {name: value for name, value in told.items() if value} or None
    message = UserMessage(text, output, sender_id, input_channel=channel, message_id=message_id, metadata=metadata)
    turn = asyncio.ensure_future(agent.handle_message(message))
    try:
        # Shielded: a slow turn is finished and saved, the parent only does not wait for it.
        await asyncio.wait_for(asyncio.shield(turn), seconds)
    except asyncio.TimeoutError:
        logger.error("naast.turn.too_slow")
        turn.add_done_callback(_note_failure)
    except Exception as error:
        # The exception's text may quote the message, so only its kind is logged.
        logger.error("naast.turn.failed kind=%s", type(error).__name__)
    return Answer.of(output.messages, language)


async def take_turn(agent: Agent, text: Text, sender_id: Text, channel: Text, **more: Any) -> List[Dict[Text, Any]]:
    """`hold_turn`, and the erasure it may ask for.

    Returns:
        The messages, never an empty list.
    """
    answer = await hold_turn(agent, text, sender_id, channel, **more)
    if answer.erases:
        await erase(agent, sender_id)
    return answer.messages


async def warm_up(agent: Agent) -> None:
    """Understand and redact one word at the start: spaCy, the encoder and the lists of names load at first use, and no
    parent should wait for that."""
    redact("hallo")
    if agent.is_ready():
        await agent.parse_message("hallo")


def _note_failure(turn: "asyncio.Future[Any]") -> None:
    if not turn.cancelled() and turn.exception() is not None:
        logger.error("naast.turn.failed kind=%s", type(turn.exception()).__name__)


def configured_store(agent: Agent) -> ErasableTrackerStore:
    """The store of endpoints.yml. Rasa wraps it in one that falls back to memory, where nothing would be erased.

    Raises:
        UnsafeSettings: another store is configured, or Rasa has fallen back to memory already.
    """
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if not isinstance(store, ErasableTrackerStore):
        raise UnsafeSettings(f"naast: conversations would be kept in {type(store).__name__}; see endpoints.yml")
    return store


async def erase(agent: Agent, sender_id: Text, asked_in: Optional[Text] = None) -> None:
    """Erase one conversation, when no turn of it is under way. `asked_in`: see the store."""
    store = configured_store(agent)
    async with agent.lock_store.lock(sender_id):
        await store.erase(sender_id, asked_in)
