"""How often somebody may try to come in: per account and per address, so that no stranger locks somebody out."""

from __future__ import annotations

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_ACCOUNT_AND_ADDRESS = parse("5/minute")
PER_ADDRESS = parse("30/minute")
PER_ACCOUNT = parse("100/hour")


class LoginLimits:
    """Counts in memory: the desk is one process, and a restart takes longer than a minute's guesses gain."""

    def __init__(self) -> None:
        self._storage = MemoryStorage()  # the limiter holds on to it weakly
        self._limiter = MovingWindowRateLimiter(self._storage)

    def may_try(self, name: str, address: str) -> bool:
        """Counts a try; False when there were too many."""
        tries = (
            (PER_ADDRESS, ("address", address)),
            (PER_ACCOUNT_AND_ADDRESS, ("both", name, address)),
            (PER_ACCOUNT, ("account", name)),
        )
        return all(self._limiter.hit(limit, *key) for limit, key in tries)
