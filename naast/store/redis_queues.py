"""A queue of tickets for each conversation, in one Redis that several processes share.

Rasa's own Redis lock store reads, changes and writes back: two processes got the same ticket 123 times out of 300. Here
Redis itself gives out the tickets and decides whose turn it is, each in one atomic script. A process says every second
that it is alive; the tickets of a dead one lapse within SECONDS_TO_LAPSE, before a channel stops waiting for a turn.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from contextlib import asynccontextmanager, suppress
from typing import AsyncGenerator, List, Optional, Text

import redis
import redis.asyncio
from rasa.core.lock_store import LockError

from naast.settings import UnsafeSettings

PREFIX = "naast:lock:"
SECONDS_BETWEEN_LOOKS = 0.5
"""Whoever is done calls the next; looking again is for when the one before died."""
SECONDS_BETWEEN_SIGNS = 0.7
SECONDS_TO_LAPSE = 3
SECONDS_TO_REACH = 3.0
"""A Redis that is silent for longer fails the turn, which the channel answers with the safety reply."""
SECONDS_KEPT = 300
"""A queue that nobody looks at for so long is forgotten."""
MINE, LAPSED = 1, -1

# `queue` holds tickets in order, `owners` whose each is and until when it may be held (0 while it waits), `call` is a
# list for each ticket on which its owner is woken. All vanish when no longer used. Times are those of Redis, in
# seconds: the clocks of two machines differ.
_TAKE = """
local ticket = redis.call('INCR', KEYS[3])
redis.call('ZADD', KEYS[1], ticket, ticket)
redis.call('HSET', KEYS[2], ticket, ARGV[1] .. ' 0')
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return ticket
"""
_LOOK = """
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
if not redis.call('HGET', KEYS[2], ARGV[1]) then return -1 end
local first = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
while first ~= ARGV[1] do
  local owner, held_until = string.match(redis.call('HGET', KEYS[2], first) or '', '^(%S+) (%S+)$')
  local overdue = held_until and tonumber(held_until) > 0 and tonumber(held_until) < now
  if owner and not overdue and redis.call('EXISTS', KEYS[3] .. owner) == 1 then break end
  redis.call('ZREM', KEYS[1], first)
  redis.call('HDEL', KEYS[2], first)
  first = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
end
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
if first ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. ' ' .. string.format('%.3f', now + ARGV[3]))
return 1
"""
_GIVE_BACK = """
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[3] .. ARGV[1])
local next_ = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
if next_ then
  redis.call('RPUSH', KEYS[3] .. next_, 1)
  redis.call('EXPIRE', KEYS[3] .. next_, ARGV[2])
end
"""


class RedisQueues:
    """See the top of this file. Not for a Redis cluster: the keys of one queue would be on several machines."""

    def __init__(self, url: Text) -> None:
        """Reach Redis once, so that a wrong address is found at the start.

        Raises:
            UnsafeSettings: it does not answer.
        """
        self._url = url
        waits = {"socket_timeout": SECONDS_TO_REACH, "socket_connect_timeout": SECONDS_TO_REACH}
        try:
            with redis.Redis.from_url(url, **waits) as probe:
                probe.ping()
        except (redis.RedisError, ValueError) as error:
            raise UnsafeSettings(f"naast: NAAST_REDIS_URL cannot be used ({type(error).__name__})") from error
        self._redis = redis.asyncio.Redis.from_url(url, health_check_interval=30, **waits)
        self._take, self._look, self._give_back = map(self._redis.register_script, (_TAKE, _LOOK, _GIVE_BACK))
        self._life: Optional[_SignsOfLife] = None

    @asynccontextmanager
    async def turn(self, conversation_id: Text, lifetime: float) -> AsyncGenerator[int, None]:
        """Wait for the turn of this caller, and hold it for at most `lifetime` seconds. Gives the ticket's number.

        Raises:
            LockError: Redis is away, or the turn did not come within `lifetime`.
        """
        name = f"{PREFIX}{{{conversation_id}}}"
        queue, call = [f"{name}:queue", f"{name}:owners"], f"{name}:call:"
        owner = self._owner()
        try:
            # Numbers are counted for all conversations together: none returns while an old one may still be held.
            ticket = await self._take(keys=[*queue, f"{PREFIX}tickets"], args=[owner, SECONDS_KEPT])
        except redis.RedisError as error:
            raise LockError(f"no ticket: {type(error).__name__}") from error
        try:
            await self._wait([*queue, ALIVE], f"{call}{ticket}", [ticket, owner, lifetime, SECONDS_KEPT], lifetime)
            yield ticket
        finally:
            with suppress(redis.RedisError):  # then it lapses when its time is over
                await self._give_back(keys=[*queue, call], args=[ticket, SECONDS_KEPT])

    async def _wait(self, keys: List[Text], call: Text, look: List, lifetime: float) -> None:
        deadline = time.monotonic() + lifetime
        try:
            while time.monotonic() < deadline:
                seen = await self._look(keys=keys, args=look)
                if seen == MINE:
                    return
                if seen == LAPSED:
                    break
                await self._redis.blpop(call, timeout=min(SECONDS_BETWEEN_LOOKS, lifetime))
        except redis.RedisError as error:
            raise LockError(f"the queue cannot be seen: {type(error).__name__}") from error
        raise LockError("the turn did not come in time")

    def _owner(self) -> Text:
        """The name of this process. Begun at the first turn: a server that forks does so before."""
        if self._life is None or self._life.process != os.getpid():
            self._life = _SignsOfLife(self._url)
        return self._life.owner


ALIVE = f"{PREFIX}alive:"


class _SignsOfLife:
    """A thread that says that its process is alive, also while the event loop is busy understanding a long message."""

    def __init__(self, url: Text) -> None:
        self.owner, self.process = uuid.uuid4().hex, os.getpid()
        waits = {"socket_timeout": SECONDS_BETWEEN_SIGNS, "socket_connect_timeout": SECONDS_BETWEEN_SIGNS}
        self._redis = redis.Redis.from_url(url, **waits)
        with suppress(redis.RedisError):
            self._give()
        threading.Thread(target=self._keep_giving, name="naast-signs-of-life", daemon=True).start()

    def _give(self) -> None:
        self._redis.set(f"{ALIVE}{self.owner}", 1, ex=SECONDS_TO_LAPSE)

    def _keep_giving(self) -> None:
        while True:
            time.sleep(SECONDS_BETWEEN_SIGNS)
            with suppress(redis.RedisError):
                self._give()
