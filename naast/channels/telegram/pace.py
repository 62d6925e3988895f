"""How fast Telegram lets a bot speak: about thirty calls a second in all, and in one chat a few messages at once, then
one a second. Who is faster is told to wait, for longer than this."""

from __future__ import annotations

from typing import Dict

from aiolimiter import AsyncLimiter

A_SECOND = 30
IN_A_CHAT = 5
"""At once, and so many in as many seconds: a whole answer, with what is said before it."""
MESSAGES = ("sendMessage", "sendDocument", "editMessageText")
"""What counts as a message in a chat."""
_MOST_CHATS = 1000


class Pace:
    """Of one bot; made inside the running loop."""

    def __init__(self) -> None:
        self._all = AsyncLimiter(1, 1 / A_SECOND)  # one after the other: a burst counts as too many
        self._chats: Dict[int, AsyncLimiter] = {}

    async def wait(self, method: str, params: dict) -> None:
        """Return when the call may go out."""
        if method in MESSAGES:
            await self._of(params["chat_id"]).acquire()
        await self._all.acquire()

    def _of(self, chat: int) -> AsyncLimiter:
        if len(self._chats) > _MOST_CHATS:
            # One that is rested is like a new one.
            self._chats = {each: pace for each, pace in self._chats.items() if not pace.has_capacity(IN_A_CHAT)}
        return self._chats.setdefault(chat, AsyncLimiter(IN_A_CHAT, IN_A_CHAT))
