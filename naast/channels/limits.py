"""How much one conversation, or one address, may ask. Whoever asks more is told when to go on, with the numbers."""

from __future__ import annotations

import time
from typing import Tuple

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

A_CONVERSATION = (RateLimitItemPerSecond(3), RateLimitItemPerMinute(30))
"""Three messages in one second is no typing; thirty in a minute is more than a parent in panic sends."""
AN_ADDRESS = (RateLimitItemPerSecond(30, 5), RateLimitItemPerMinute(180))
"""Messages of all conversations of an address: thirty parents of one school who write at once, and never more than half
of what a server answers. Whoever sends hundreds a second would keep everybody else waiting."""
NEW_CONVERSATIONS = (RateLimitItemPerMinute(60),)
"""Per address: all of a school, or of a telephone company, may share one."""
LOOKING_BACK = (RateLimitItemPerSecond(5), RateLimitItemPerMinute(60))
"""Restoring, exporting and erasing: a page that is loaded anew, not one that never stops asking."""

Limit = Tuple[RateLimitItem, ...]


class TooFast(Exception):
    """It may go on after `seconds`."""

    status_code = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Limits:
    """Counts in memory: a restart forgives, and nothing about addresses is kept."""

    def __init__(self) -> None:
        self._storage = MemoryStorage()  # the limiter itself holds it weakly
        self._limiter = MovingWindowRateLimiter(self._storage)

    def hit(self, limits: Limit, who: str) -> None:
        """Count one.

        Raises:
            TooFast: that is more than the limits allow.
        """
        for limit in limits:
            if not self._limiter.hit(limit, who):
                again_at = self._limiter.get_window_stats(limit, who)[0]
                raise TooFast(max(1, round(again_at - time.time() + 0.5)))
