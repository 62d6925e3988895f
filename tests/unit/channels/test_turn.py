"""A turn with a Rasa that fails in every way: something kind is always said, and only what was kept counts as kept."""

import asyncio
from types import SimpleNamespace

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.channels import turn
from naast.channels.texts import channel_texts
from naast.store.tracker_store import ErasableTrackerStore

SAID = {"text": "Adem eerst rustig uit."}


class Locks:
    """One turn at a time, for all agents that have it."""

    def __init__(self, is_shared=False):
        self.is_shared = is_shared
        self._lock = asyncio.Lock()

    def lock(self, _sender_id):
        return self._lock


class FakeAgent:
    """Handles a message as it is told to, and counts how often it had to."""

    def __init__(self, handle, locks=None, store=None):
        self.handle = handle
        self.handled = 0
        self.lock_store = locks or Locks()
        self.tracker_store = store
        self.processor = SimpleNamespace(handle_message=self._handle_message)

    async def _handle_message(self, message):
        self.handled += 1
        await self.handle(message)


async def says(message):
    await message.output_channel.send_response(message.sender_id, SAID)


async def is_silent(_message):
    return None


async def breaks(_message):
    raise RuntimeError("a component failed on: mijn zoon")


async def speaks_and_breaks(message):
    await says(message)
    raise OSError("the database is away")


async def hangs(_message):
    await asyncio.sleep(60)


def take(agent, message_id="one", seconds=0.05):
    return turn.hold_turn(agent, "hallo", "sender", "web", message_id, seconds=seconds)


@pytest.mark.parametrize(
    "handle, kept", [(says, True), (is_silent, True), (breaks, False), (speaks_and_breaks, False), (hangs, False)]
)
def test_something_is_always_said(handle, kept):
    answer = asyncio.run(take(FakeAgent(handle)))
    assert answer.kept is kept
    assert answer.messages == ([SAID] if handle is says else channel_texts().safety_reply("unavailable"))


def test_the_same_message_sent_again_waits_for_the_same_turn():
    async def impatient():
        may_end = asyncio.Event()

        async def slow(message):
            await may_end.wait()
            await says(message)

        agent = FakeAgent(slow)
        answers = [await take(agent), await take(agent)]
        may_end.set()
        return [*answers, await take(agent, seconds=5)], agent.handled

    answers, handled = asyncio.run(impatient())
    assert handled == 1
    assert [answer.kept for answer in answers] == [False, False, True] and answers[2].messages == [SAID]


def test_after_a_failure_the_message_is_taken_anew():
    async def again():
        agent = FakeAgent(breaks)
        first = await take(agent)
        agent.handle = says
        return first, await take(agent), agent.handled

    first, second, handled = asyncio.run(again())
    assert not first.kept and second.kept and handled == 2


def test_a_message_that_two_servers_got_is_taken_once(tmp_path, monkeypatch):
    def server(locks):
        store = ErasableTrackerStore(domain=Domain.empty(), db=str(tmp_path / "naast.db"))

        async def saves(message):
            begun.set()
            await may_end.wait()
            said = [UserUttered("hallo", message_id=message.message_id), BotUttered(SAID["text"])]
            await store.save(DialogueStateTracker.from_events(message.sender_id, said))

        return FakeAgent(saves, locks, store)

    async def both():
        nonlocal begun, may_end
        begun, may_end, locks = asyncio.Event(), asyncio.Event(), Locks(is_shared=True)
        one, other = server(locks), server(locks)
        monkeypatch.setattr(turn, "_under_way", {})
        first = asyncio.ensure_future(take(one, seconds=5))
        await begun.wait()
        monkeypatch.setattr(turn, "_under_way", {})  # of another process
        second = asyncio.ensure_future(take(other, seconds=5))
        await asyncio.sleep(0)
        may_end.set()
        await first
        answers = [await second, await take(other, "two", seconds=5)]
        return answers, one.handled, other.handled

    begun = may_end = None
    answers, *handled = asyncio.run(both())
    assert handled == [1, 1] and answers[0] == turn.Answer([SAID])


def test_the_order_to_erase_is_carried_out_and_not_shown(monkeypatch):
    erased = []

    async def erase(sender_id, _asked_in):
        erased.append(sender_id)

    async def confirms(message):
        await says(message)
        await message.output_channel.send_response(message.sender_id, {"custom": {"kind": "erase"}})

    agent = FakeAgent(confirms)
    monkeypatch.setattr(turn, "configured_store", lambda _: SimpleNamespace(erase=erase))
    messages = asyncio.run(turn.take_turn(agent, "hallo", "sender", "web", message_id="one"))
    assert erased == ["sender"] and messages == [SAID]

    async def impatient():
        slow = FakeAgent(confirms_late)
        answer = await take(slow)
        await asyncio.sleep(0.2)
        return answer

    async def confirms_late(message):
        await asyncio.sleep(0.1)
        await confirms(message)

    assert not asyncio.run(impatient()).kept and erased == ["sender", "sender"]
