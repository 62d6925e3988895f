"""Long polling: we ask Telegram for updates, so that no public address is needed. An update is confirmed (by asking for
what comes after it) only once it is kept.

Where a webhook is set we ask in vain, and say so: it may be that of the server that parents write to, and is not taken
away by somebody who tries the bot at home. `make telegram-setup` in this mode takes it away.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from typing import Any, Awaitable, Callable, Optional

from naast.channels.telegram.api import BotApi, Conflict, TooManyRequests
from naast.channels.telegram.delivery import LAST_PAUSE, PAUSES
from naast.channels.telegram.updates import ALLOWED, MOST
from naast.privacy.logs import where

logger = logging.getLogger(__name__)
SECONDS = 25
"""Telegram answers an empty poll after so long."""
A_PAGE = 100
_FAILED = "naast.telegram.poll_failed {}"
_CONFLICT = {
    True: "naast.telegram.webhook_is_set: nothing can be fetched. Where no other server answers by it, take it away: "
    "NAAST_TELEGRAM_MODE=polling make telegram-setup",
    False: "naast.telegram.fetched_elsewhere: another server fetches the messages of this bot; stop one of them",
}


async def poll(api: BotApi, receive: Callable[[Any], Awaitable[None]], seconds: int = SECONDS) -> None:
    """Fetch updates for ever and hand each over.

    Args:
        receive: keeps an update; when it fails, the update is fetched again.
    """
    offset: Optional[int] = None
    pauses = iter(())
    while True:
        try:
            asked = {"timeout": seconds, "limit": A_PAGE, "allowed_updates": ALLOWED}
            if offset is not None:
                asked["offset"] = offset
            before, fetched = offset, await api.call("getUpdates", asked, seconds=seconds + 10)
            for update in fetched:
                await receive(update)
                offset = _after(update, offset)
            if fetched and offset == before:
                # Nothing that could be confirmed: it would come again at once.
                await asyncio.sleep(next(pauses, 1.0))
            else:
                pauses = itertools.chain(PAUSES, itertools.repeat(LAST_PAUSE))
        except asyncio.CancelledError:
            raise
        except TooManyRequests as asked_to:
            await asyncio.sleep(asked_to.seconds)
        except Exception as error:
            # A full inbox, a database that is away, Telegram down: nothing is confirmed, so nothing is lost.
            logger.error(_CONFLICT[error.is_webhook] if isinstance(error, Conflict) else _FAILED.format(where(error)))
            await asyncio.sleep(next(pauses, 1.0))


def _after(update: Any, offset: Optional[int]) -> Optional[int]:
    """The number that confirms an update; that of before where it has none that Telegram would give."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number + 1 if type(number) is int and 0 <= number < MOST else offset
