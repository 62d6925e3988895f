"""One turn at a time in a conversation, in the order in which the messages came.

On one machine the locks are in memory. With several Rasa servers they are in Redis, when NAAST_REDIS_URL names one:
Rasa's own Redis lock store reads, changes and writes back, so that two processes got the same ticket 123 times out of
300. Here Redis itself gives out the tickets and decides whose turn it is, each in one atomic script.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import AsyncGenerator, List, Optional, Text

import redis
import redis.asyncio
from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError
from rasa.utils.endpoints import EndpointConfig

from naast.settings import UnsafeSettings, redis_url

PREFIX = "naast:lock:"
SECONDS_BETWEEN_LOOKS = 1
"""Whoever is done calls the next; looking again is for when the one before died."""
SECONDS_BETWEEN_LOOKS_IN_MEMORY = 0.05
SECONDS_TO_REACH = 3.0
"""A Redis that is silent for longer fails the turn, which the channel answers with the safety reply."""
SECONDS_WITHOUT_A_LOOK = 15
"""A process that waits looks every second; one that has not for so long is dead, and the rest goes on."""
MINE, LAPSED = 1, -1

# Times are those of Redis, in seconds: the clocks of two machines differ. `queue` holds tickets in order, `until` the
# moment at which each lapses, `call` is a list for each ticket on which it is woken. All vanish when no longer used.
_NOW = "local t = redis.call('TIME'); local now = t[1] + t[2] / 1000000; "
_TAKE = (
    _NOW
    + """
local ticket = redis.call('INCR', KEYS[3])
redis.call('ZADD', KEYS[1], ticket, ticket)
redis.call('HSET', KEYS[2], ticket, now + ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return ticket
"""
)
_LOOK = (
    _NOW
    + """
local until_ = redis.call('HGET', KEYS[2], ARGV[1])
if not until_ or tonumber(until_) < now then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1])
  return -1
end
local first = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
while first ~= ARGV[1] do
  local lapses = redis.call('HGET', KEYS[2], first)
  if lapses and tonumber(lapses) >= now then break end
  redis.call('ZREM', KEYS[1], first)
  redis.call('HDEL', KEYS[2], first)
  first = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
end
local mine = first == ARGV[1]
redis.call('HSET', KEYS[2], ARGV[1], now + (mine and ARGV[3] or ARGV[2]))
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return mine and 1 or 0
"""
)
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
    """A queue of tickets for each conversation, in one Redis."""

    def __init__(self, url: Text) -> None:
        """Reach Redis once, so that a wrong address is found at the start.

        Raises:
            UnsafeSettings: it does not answer.
        """
        waits = {"socket_timeout": SECONDS_TO_REACH, "socket_connect_timeout": SECONDS_TO_REACH}
        try:
            with redis.Redis.from_url(url, **waits) as probe:
                probe.ping()
        except (redis.RedisError, ValueError) as error:
            raise UnsafeSettings(f"naast: NAAST_REDIS_URL cannot be used ({type(error).__name__})") from error
        self._redis = redis.asyncio.Redis.from_url(url, health_check_interval=30, **waits)
        self._take, self._look, self._give_back = map(self._redis.register_script, (_TAKE, _LOOK, _GIVE_BACK))

    @asynccontextmanager
    async def turn(self, conversation_id: Text, lifetime: float) -> AsyncGenerator[int, None]:
        """Wait for the turn of this caller, and hold it for at most `lifetime` seconds. Gives the ticket's number.

        Raises:
            LockError: Redis is away, or the turn did not come within `lifetime`.
        """
        name = f"{PREFIX}{{{conversation_id}}}"
        queue, call = [f"{name}:queue", f"{name}:until"], f"{name}:call:"
        kept = int(2 * lifetime) + SECONDS_WITHOUT_A_LOOK
        try:
            # Numbers are counted for all conversations together: none returns while an old one may still be held.
            ticket = await self._take(keys=[*queue, f"{PREFIX}tickets"], args=[SECONDS_WITHOUT_A_LOOK, kept])
        except redis.RedisError as error:
            raise LockError(f"no ticket: {type(error).__name__}") from error
        try:
            await self._wait(queue, f"{call}{ticket}", [ticket, SECONDS_WITHOUT_A_LOOK, lifetime, kept])
            yield ticket
        finally:
            try:
                await self._give_back(keys=[*queue, call], args=[ticket, SECONDS_WITHOUT_A_LOOK])
            except redis.RedisError:
                pass  # it lapses by itself

    async def _wait(self, queue: List[Text], call: Text, look: List[float]) -> None:
        lifetime = look[2]
        deadline = time.monotonic() + lifetime
        try:
            while time.monotonic() < deadline:
                seen = await self._look(keys=queue, args=look)
                if seen == MINE:
                    return
                if seen == LAPSED:
                    break
                await self._redis.blpop(call, timeout=min(SECONDS_BETWEEN_LOOKS, lifetime))
        except redis.RedisError as error:
            raise LockError(f"the queue cannot be seen: {type(error).__name__}") from error
        raise LockError("the turn did not come in time")


class ConversationLocks(InMemoryLockStore):
    """The lock store of endpoints.yml: in Redis where NAAST_REDIS_URL is set, else in the memory of this process."""

    def __init__(self, endpoint_config: Optional[EndpointConfig] = None) -> None:
        super().__init__()
        url = redis_url()
        self._queues = RedisQueues(url) if url else None

    @property
    def is_shared(self) -> bool:
        """True when other processes see these locks."""
        return self._queues is not None

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: Text,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = SECONDS_BETWEEN_LOOKS_IN_MEMORY,
    ) -> AsyncGenerator[TicketLock, None]:
        """See LockStore.lock; what is given is only there to be held."""
        if self._queues is None:
            async with super().lock(conversation_id, lock_lifetime, wait_time_in_seconds) as held:
                yield held
        else:
            async with self._queues.turn(conversation_id, lock_lifetime):
                yield TicketLock(conversation_id)
