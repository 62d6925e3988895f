"""Two processes never hold the same conversation, and its messages are answered in the order in which they came."""

import asyncio
import subprocess
import sys
import time

import pytest
from rasa.core.lock_store import LockError

from naast.settings import UnsafeSettings
from naast.store.lock_store import ConversationLocks
from naast.store.redis_queues import ALIVE, PREFIX, SECONDS_TO_LAPSE, RedisQueues
from tests.servers import ROOT

TICKETS, PROCESSES, AT_ONCE = 10_000, 2, 4


def test_ten_thousand_tickets_in_two_processes(redis_server):
    command = [sys.executable, "-m", "tests.services.taking_tickets", redis_server.url, "one conversation"]
    command += [str(TICKETS // PROCESSES), str(AT_ONCE)]
    processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(PROCESSES)]
    assert [process.wait(120) for process in processes] == [0] * PROCESSES
    turns = [int(number) for number in redis_server.client.lrange("turns", 0, -1)]
    assert int(redis_server.client.get("counted")) == TICKETS, "turns overlapped"
    assert len(set(turns)) == TICKETS, "a ticket was given out twice"
    assert turns == sorted(turns), "somebody went before his turn"
    left = {key for key in redis_server.client.keys(f"{PREFIX}*") if not key.startswith(ALIVE.encode())}
    assert left == {f"{PREFIX}tickets".encode()}, "a queue stays behind"


def test_two_conversations_do_not_wait_for_each_other(redis_server):
    async def both():
        queues = RedisQueues(redis_server.url)
        async with queues.turn("one", 60), queues.turn("other", 60):
            return True

    assert asyncio.run(asyncio.wait_for(both(), 5))


HOLDING = """
import asyncio, sys
from naast.store.redis_queues import RedisQueues
async def hold():
    async with RedisQueues(sys.argv[1]).turn("held", 60):
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(hold())
"""


def test_who_dies_with_the_turn_holds_it_no_longer_than_a_few_seconds(redis_server):
    command = [sys.executable, "-c", HOLDING, redis_server.url]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"

    async def seconds_waited(lifetime):
        started = time.monotonic()
        async with RedisQueues(redis_server.url).turn("held", lifetime):
            return time.monotonic() - started

    with pytest.raises(LockError):  # it lives, so it keeps the turn longer than a dead one would
        asyncio.run(seconds_waited(SECONDS_TO_LAPSE + 1))
    process.kill()
    assert process.wait(10) < 0
    assert asyncio.run(seconds_waited(30)) < SECONDS_TO_LAPSE + 1.5


def test_a_turn_that_never_ends_ends_when_its_time_is_over(redis_server):
    async def after_a_hang():
        queues = RedisQueues(redis_server.url)
        hanging = queues.turn("hanging", 1)
        await hanging.__aenter__()
        async with queues.turn("hanging", 30) as ticket:
            await hanging.__aexit__(None, None, None)  # its ticket has lapsed, and takes nobody's turn with it
            with pytest.raises(LockError):
                async with queues.turn("hanging", 0.5):
                    pytest.fail("two turns at once")
            return ticket

    assert asyncio.run(after_a_hang())


def test_a_wait_that_takes_too_long_is_an_error(redis_server):
    async def two():
        queues = RedisQueues(redis_server.url)
        async with queues.turn("long", 60):
            with pytest.raises(LockError):
                async with queues.turn("long", 0.3):
                    pytest.fail("two turns at once")

    asyncio.run(two())


def test_redis_that_goes_away_is_an_error_of_the_lock_and_comes_back(redis_server, settings):
    settings({"NAAST_REDIS_URL": redis_server.url})

    async def turns():
        locks = ConversationLocks()
        async with locks.lock("a"):
            redis_server.stop()
        with pytest.raises(LockError):
            async with locks.lock("a"):
                pytest.fail("there is no Redis")
        redis_server.start()
        async with locks.lock("a"):
            return True

    assert asyncio.run(turns())


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "http://127.0.0.1", "nonsense", "redis://"])
def test_a_redis_that_cannot_be_used_stops_the_start(settings, url):
    settings({"NAAST_REDIS_URL": url})
    with pytest.raises(UnsafeSettings, match="NAAST_REDIS_URL"):
        ConversationLocks()


def test_several_workers_without_a_shared_lock_stop_the_start(settings, monkeypatch):
    monkeypatch.delenv("NAAST_REDIS_URL", raising=False)
    settings({"SANIC_WORKERS": "2"})
    with pytest.raises(UnsafeSettings, match="SANIC_WORKERS"):
        ConversationLocks()
    settings({"SANIC_WORKERS": "1"})
    assert not ConversationLocks().is_shared
