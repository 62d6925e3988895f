"""A request is answered within SECONDS_TO_ANSWER of its arrival, whatever it has to wait for."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Callable, Coroutine

from naast.privacy.logs import where

logger = logging.getLogger(__name__)
SECONDS_TO_ANSWER = 5.0


class Deadline:
    """Begins to run when it is made."""

    def __init__(self, seconds: float = SECONDS_TO_ANSWER) -> None:
        self._until = asyncio.get_running_loop().time() + seconds

    @property
    def seconds_left(self) -> float:
        return self._until - asyncio.get_running_loop().time()

    async def do_in_turn(self, turn: asyncio.Lock, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        """Do work when its turn comes, and give what comes of it. What was not begun in time is never begun: whoever
        asked for it is told to ask again. What was begun is seen to its end, in its turn, also when nobody waits for it
        any more.

        Raises:
            asyncio.TimeoutError: it was not done in time.
        """
        await asyncio.wait_for(turn.acquire(), self.seconds_left)
        working = asyncio.ensure_future(work())
        working.add_done_callback(lambda _: turn.release())
        try:
            return await asyncio.wait_for(asyncio.shield(working), self.seconds_left)
        except asyncio.TimeoutError:
            working.add_done_callback(_tell_of_failure)
            raise


def _tell_of_failure(working: "asyncio.Future[Any]") -> None:
    if not working.cancelled() and working.exception() is not None:
        logger.error("naast.request.failed %s", where(working.exception()))
