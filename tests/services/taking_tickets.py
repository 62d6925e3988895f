"""A process that takes tickets of one conversation in Redis, for test_lock_store.py: many at a time, each with a turn.

    python -m tests.services.taking_tickets URL CONVERSATION TICKETS AT_ONCE

In its turn it reads a plain counter, lets others run, and writes it back one higher: whenever two turns overlap, a
count is lost. It notes the number of each ticket in the order of the turns.
"""

from __future__ import annotations

import asyncio
import sys

import redis.asyncio

from naast.store.redis_queues import RedisQueues


async def main(url: str, conversation: str, tickets: int, at_once: int) -> None:
    queues, client = RedisQueues(url), redis.asyncio.Redis.from_url(url)
    left = iter(range(tickets))

    async def take_some() -> None:
        for _ in left:
            async with queues.turn(conversation, lifetime=120) as ticket:
                counted = int(await client.get("counted") or 0)
                await asyncio.sleep(0)
                await client.set("counted", counted + 1)
                await client.rpush("turns", ticket)

    await asyncio.gather(*(take_some() for _ in range(at_once)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
