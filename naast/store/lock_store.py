"""One turn at a time in a conversation, in the order in which the messages came.

On one machine the locks are in memory. With several Rasa servers they are in Redis, when NAAST_REDIS_URL names one:
see redis_queues.py.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import AsyncGenerator, Optional, Text

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore
from rasa.utils.endpoints import EndpointConfig

from naast.settings import redis_url
from naast.store.redis_queues import RedisQueues

SECONDS_BETWEEN_LOOKS = 0.05


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
        wait_time_in_seconds: float = SECONDS_BETWEEN_LOOKS,
    ) -> AsyncGenerator[TicketLock, None]:
        """See LockStore.lock; what is given is only there to be held."""
        if self._queues is None:
            async with super().lock(conversation_id, lock_lifetime, wait_time_in_seconds) as held:
                yield held
        else:
            async with self._queues.turn(conversation_id, lock_lifetime):
                yield TicketLock(conversation_id)
