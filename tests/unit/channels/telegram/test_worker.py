"""The worker: in order, once, on from where it was; slower and never silent when much comes at once."""

import asyncio

import pytest
from limits import RateLimitItemPerMinute
from rasa.core.lock_store import LockError
from rasa.shared.core.domain import Domain
from sqlalchemy.exc import OperationalError

from naast.channels import limits
from naast.channels.telegram import worker as worker_module
from naast.channels.telegram.api import Blocked
from naast.channels.telegram.render import pieces
from naast.channels.telegram.texts import telegram_texts
from naast.channels.telegram.updates import GROUP, LEAVE, TEXT, Incoming
from naast.channels.telegram.worker import Worker
from naast.channels.texts import channel_texts
from naast.store.inbox import Inbox
from naast.store.tracker_store import ErasableTrackerStore

KEY = b"a key of at least thirty-two characters"


class Telegram:
    """Remembers what was sent; `dies` after so many pieces, as a process does."""

    def __init__(self):
        self.sent, self.blocked, self.dies = [], False, None

    async def send(self, chat, sender_id, piece):
        if self.blocked:
            raise Blocked("Forbidden")
        if self.dies is not None and len(self.sent) >= self.dies:
            await asyncio.get_running_loop().create_future()  # killed here
        self.sent.append((chat, piece["params"]["text"]))

    def said(self):
        return [text for _, text in self.sent]


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


class Bench:
    def __init__(self, folder):
        self.engine = ErasableTrackerStore(domain=Domain.empty(), db=str(folder / "naast.db")).engine
        self.telegram, self.asked, self.erased, self.fails = Telegram(), [], [], 0
        self.erases, self.away, self.speaks = False, 0, None

    async def answers(self, incoming, sender_id):
        if incoming.text == "hangs":
            await asyncio.get_running_loop().create_future()
        if self.fails:
            self.fails -= 1
            raise ValueError(incoming.text)
        self.asked.append(incoming.text)
        said = pieces([{"text": f"{incoming.text} {part}"} for part in "ab"])
        return {"pieces": said, "erases": self.erases}

    async def language(self, sender_id):
        return self.speaks

    async def erase(self, sender_id, asked_in):
        if self.away:
            self.away -= 1
            raise LockError("Redis is away")
        self.erased.append((sender_id, asked_in, len(self.telegram.sent)))

    def process(self, life, key=KEY):
        """A process from its start on, while `life` goes on."""

        async def work():
            inbox = Inbox(self.engine, key, "telegram")
            worker = Worker(inbox, self.answers, self.erase, self.telegram, self.language)
            worker.resume()
            await life(inbox, worker)
            await worker.stop()

        asyncio.run(work())

    def put(self, inbox, number, text, chat=1, kind=TEXT):
        incoming = Incoming(number, kind, chat, number, text, language="en")
        content = {"chat": chat, "incoming": incoming.as_dict()}
        inbox.put(str(number), number, f"chat{chat}", content, alone=text == "/wis")
        return f"chat{chat}"


def out_of_order(language):
    return [message["text"] for message in channel_texts(language).safety_reply("unavailable")]


def slow(language):
    return [telegram_texts(language).sentences.slow, channel_texts(language).emergency]


async def until(condition):
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never came to that")


def test_in_a_conversation_one_after_the_other_and_conversations_beside_each_other(bench):
    async def life(inbox, worker):
        for number in range(6):
            worker.wake(bench.put(inbox, number, f"m{number}", chat=number % 2))
        await until(lambda: not inbox.waiting())

    bench.process(life)
    for chat in (0, 1):
        said = [text for where, text in bench.telegram.sent if where == chat]
        assert said == [f"m{number} {part}" for number in range(chat, 6, 2) for part in "ab"]


def test_a_process_that_dies_is_succeeded_where_it_was(bench):
    bench.telegram.dies = 1

    async def dying(inbox, worker):
        for number in range(3):
            worker.wake(bench.put(inbox, number, f"m{number}"))
        await until(lambda: inbox.next("chat1").sent == 1)

    async def next_life(inbox, _worker):
        await until(lambda: not inbox.waiting())

    bench.process(dying)
    bench.telegram.dies = None
    bench.process(next_life)
    assert bench.telegram.sent == [(1, f"m{number} {part}") for number in range(3) for part in "ab"]
    assert bench.asked == ["m0", "m1", "m2"]


def test_who_cannot_be_reached_is_waited_for(bench):
    bench.telegram.blocked = True

    async def life(inbox, worker):
        sender = bench.put(inbox, 1, "m1")
        worker.wake(sender)
        await until(lambda: bench.asked and not worker._running)
        bench.telegram.blocked = False
        worker.wake(sender)
        await until(lambda: not inbox.waiting())

    bench.process(life)
    assert bench.asked == ["m1"] and [text for _, text in bench.telegram.sent] == ["m1 a", "m1 b"]


def test_what_could_not_be_answered_is_tried_again(bench, monkeypatch):
    monkeypatch.setattr(worker_module, "PAUSE", 0.001)
    bench.fails = 5

    async def life(inbox, worker):
        for number in (1, 2):
            worker.wake(bench.put(inbox, number, f"m{number}"))
        await until(lambda: not inbox.waiting())

    bench.process(life)
    assert bench.asked == ["m1", "m2"] and len(bench.telegram.sent) == 4


def test_an_answer_that_cannot_be_made_is_the_card_with_the_numbers(bench, monkeypatch, caplog):
    monkeypatch.setattr(worker_module, "PAUSE", 0.001)
    monkeypatch.setattr(worker_module, "SECONDS_TO_TRY", 0.05)
    bench.fails = 10**6

    async def life(inbox, worker):
        worker.wake(bench.put(inbox, 1, "zwaluwstaart"))
        await until(lambda: not inbox.waiting())

    bench.process(life)
    assert bench.telegram.said() == out_of_order("en")
    assert "zwaluwstaart" not in caplog.text
    assert "test_worker.py" in caplog.text  # where it went wrong


def test_that_naast_is_out_of_order_is_said_in_the_language_of_the_conversation(bench, monkeypatch):
    monkeypatch.setattr(worker_module, "PAUSE", 0.001)
    monkeypatch.setattr(worker_module, "SECONDS_TO_TRY", 0.05)
    bench.fails, bench.speaks = 10**6, "nl"

    async def life(inbox, worker):
        worker.wake(bench.put(inbox, 1, "m1"))
        await until(lambda: not inbox.waiting())

    bench.process(life)
    assert bench.telegram.said() == out_of_order("nl")


def test_the_numbers_do_not_wait_for_the_database(bench, monkeypatch):
    monkeypatch.setattr(worker_module, "PAUSE", 0.001)
    monkeypatch.setattr(worker_module, "SECONDS_TO_TRY", 0.05)
    bench.fails = 10**6

    async def away(_sender_id):
        raise OperationalError("SELECT", {}, Exception())

    bench.language = away

    async def life(inbox, worker):
        worker.wake(bench.put(inbox, 1, "m1"))
        await until(lambda: not inbox.waiting())

    bench.process(life)
    assert bench.telegram.said() == out_of_order("en")


def test_an_erasing_waits_until_redis_is_back(bench, monkeypatch):
    monkeypatch.setattr(worker_module, "PAUSE", 0.001)
    bench.erases, bench.away = True, worker_module.ATTEMPTS + 2

    async def life(inbox, worker):
        worker.wake(bench.put(inbox, 7, "wis"))
        await until(lambda: not inbox.waiting())

    bench.process(life)
    assert bench.erased == [("chat1", "7", 0)] and bench.telegram.said() == ["wis a", "wis b"]


def test_a_mistake_of_ours_is_told_and_holds_up_nothing_that_comes_after(bench, monkeypatch):
    monkeypatch.setattr(worker_module, "PAUSE", 0.001)

    async def life(inbox, worker):
        inbox.put("1", 1, "chat1", {"chat": 1, "incoming": {"from_another_version": True}})
        inbox.put("2", 2, "chat1", {"without_a_chat": True})
        worker.wake(bench.put(inbox, 3, "m3"))
        await until(lambda: not inbox.waiting())

    bench.process(life)
    assert bench.asked == ["m3"] and bench.telegram.said() == [*out_of_order(None), "m3 a", "m3 b"]


def test_erasing_comes_before_the_answer_also_when_the_process_died_between(bench):
    bench.erases, bench.telegram.dies = True, 0

    async def dying(inbox, worker):
        worker.wake(bench.put(inbox, 7, "wis"))
        await until(lambda: bench.erased)

    async def next_life(inbox, _worker):
        await until(lambda: not inbox.waiting())

    bench.process(dying)
    bench.telegram.dies = None
    bench.process(next_life)
    assert bench.erased == [("chat1", "7", 0)] * 2


def test_much_at_once_is_answered_slower_and_the_numbers_come_first(bench, monkeypatch):
    monkeypatch.setattr(limits, "A_CONVERSATION", (RateLimitItemPerMinute(2),))

    async def life(inbox, worker):
        for number in range(4):
            worker.wake(bench.put(inbox, number, f"m{number}"))
        await until(lambda: len(bench.telegram.sent) == 6)
        assert len(bench.asked) == 2  # the rest waits for its turn, and is not lost
        assert len(inbox.waiting()) == 1

    bench.process(life)
    assert bench.telegram.said()[4:] == slow("en")


def test_nothing_makes_the_command_that_erases_wait_and_what_waited_is_dropped(bench, monkeypatch):
    monkeypatch.setattr(limits, "A_CONVERSATION", (RateLimitItemPerMinute(1),))
    monkeypatch.setattr(worker_module, "AT_ONCE", 1)

    async def life(inbox, worker):
        for number, text in enumerate(("m0", "hangs", "m2")):
            worker.wake(bench.put(inbox, number, text))
        await until(lambda: bench.telegram.said() == ["m0 a", "m0 b", *slow("en")])  # m1 waits for its turn
        worker.wake(bench.put(inbox, 10, "hangs", chat=2))  # all turns there are
        for number in (3, 4):
            worker.wake(bench.put(inbox, number, "/wis"), at_once=True)
        await until(lambda: "/wis b" in bench.telegram.said())
        worker.wake(bench.put(inbox, 5, "m5"))
        assert inbox.waiting() == ["chat2", "chat1"] or inbox.waiting() == ["chat1", "chat2"]

    bench.process(life)
    assert bench.asked == ["m0", "/wis"] and bench.telegram.said()[4:] == ["/wis a", "/wis b"]


def test_an_answer_on_its_way_is_broken_off_by_the_command_that_erases(bench):
    bench.telegram.dies = 1

    async def life(inbox, worker):
        worker.wake(bench.put(inbox, 1, "m1"))
        await until(lambda: inbox.next("chat1").sent == 1)
        bench.telegram.dies = None
        worker.wake(bench.put(inbox, 2, "/wis"), at_once=True)
        await until(lambda: not inbox.waiting())

    bench.process(life)
    assert bench.telegram.said() == ["m1 a", "/wis a", "/wis b"]


def test_a_group_is_left_without_waiting_or_a_word(bench, monkeypatch):
    monkeypatch.setattr(limits, "A_CONVERSATION", (RateLimitItemPerMinute(1),))

    async def life(inbox, worker):
        for number in range(4):
            worker.wake(bench.put(inbox, number, "hallo", kind=(GROUP, LEAVE)[number > 0]))
        await until(lambda: not inbox.waiting())

    bench.process(life)
    assert bench.telegram.said() == ["hallo a", "hallo b"] * 4


def test_an_answer_that_takes_long_is_preceded_by_the_numbers(bench, monkeypatch):
    monkeypatch.setattr(worker_module, "SECONDS_TO_ANSWER", 0.05)
    quick = bench.answers

    async def after_a_while(incoming, sender_id):
        await until(lambda: bench.telegram.sent)
        return await quick(incoming, sender_id)

    bench.answers = after_a_while

    async def life(inbox, worker):
        worker.wake(bench.put(inbox, 1, "m1"))
        await until(lambda: not inbox.waiting())

    bench.process(life)
    assert bench.telegram.said() == [*slow("en"), "m1 a", "m1 b"]


def test_what_was_sealed_with_another_key_holds_up_nothing(bench):
    bench.put(Inbox(bench.engine, KEY + b"!", "telegram"), 1, "onleesbaar")

    async def life(inbox, worker):
        worker.wake(bench.put(inbox, 2, "m2"))
        await until(lambda: not inbox.waiting())

    bench.process(life)
    assert bench.asked == ["m2"]
