"""How often somebody may try to come in: per address, per account from one address, and per account from all of them.

The last one is against guessing from many addresses, and whoever guesses can use it up. An address from which somebody
came in with that account is therefore spared it: who works where they worked before is not locked out by a stranger.
"""

from __future__ import annotations

from typing import Set, Tuple

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_ACCOUNT_AND_ADDRESS = parse("5/minute")
PER_ADDRESS = parse("30/minute")
PER_ACCOUNT = parse("100/hour")


class LoginLimits:
    """Counts in memory: the desk is one process, and a restart takes longer than a minute's guesses gain. Addresses
    stand nowhere else, so a restart forgets them too."""

    def __init__(self) -> None:
        self._storage = MemoryStorage()  # the limiter holds on to it weakly
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._came_in: Set[Tuple[str, str]] = set()

    def may_try(self, name: str, address: str) -> bool:
        """Counts a try; False when there were too many."""
        tries = [(PER_ADDRESS, ("address", address)), (PER_ACCOUNT_AND_ADDRESS, ("both", name, address))]
        if (name, address) not in self._came_in:
            tries.append((PER_ACCOUNT, ("account", name)))
        return all(self._limiter.hit(limit, *key) for limit, key in tries)

    def came_in(self, name: str, address: str) -> None:
        self._came_in.add((name, address))
