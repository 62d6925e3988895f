"""Long polling: we ask Telegram for updates, so that no public address is needed. An update is confirmed (by asking for
what comes after it) only once it is kept."""

from __future__ import annotations

import asyncio
import itertools
import logging
from typing import Any, Awaitable, Callable, Optional

from naast.channels.telegram.api import BotApi, Conflict, TooManyRequests
from naast.channels.telegram.delivery import LAST_PAUSE, PAUSES
from naast.channels.telegram.updates import ALLOWED
from naast.privacy.logs import where

logger = logging.getLogger(__name__)
SECONDS = 25
"""Telegram answers an empty poll after so long."""
A_PAGE = 100


async def poll(api: BotApi, receive: Callable[[Any], Awaitable[None]], seconds: int = SECONDS) -> None:
    """Fetch updates for ever and hand each over; a webhook that was set is taken away, or nothing would come.

    Args:
        receive: keeps an update; when it fails, the update is fetched again.
    """
    offset: Optional[int] = None
    hooked = True
    pauses = iter(())
    while True:
        try:
            if hooked:
                await api.call("deleteWebhook", {"drop_pending_updates": False})
                hooked = False
            asked = {"timeout": seconds, "limit": A_PAGE, "allowed_updates": ALLOWED}
            if offset is not None:
                asked["offset"] = offset
            for update in await api.call("getUpdates", asked, seconds=seconds + 10):
                await receive(update)
                offset = update["update_id"] + 1
            pauses = itertools.chain(PAUSES, itertools.repeat(LAST_PAUSE))
        except asyncio.CancelledError:
            raise
        except TooManyRequests as asked_to:
            await asyncio.sleep(asked_to.seconds)
        except Exception as error:
            # A full inbox, a database that is away, Telegram down: nothing is confirmed, so nothing is lost.
            hooked = isinstance(error, Conflict)
            logger.error("naast.telegram.poll_failed %s", where(error))
            await asyncio.sleep(next(pauses, 1.0))
