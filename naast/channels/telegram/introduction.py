"""At the start Telegram is asked who we are: a wrong token is told then, not by a silence that nobody understands."""

from __future__ import annotations

import asyncio
import itertools
import logging

from naast.channels.telegram.api import BotApi, TelegramError, WrongToken
from naast.channels.telegram.delivery import LAST_PAUSE, PAUSES

logger = logging.getLogger(__name__)


async def introduce(api: BotApi) -> None:
    """Log under which name we answer, or that we cannot; asked again while Telegram is away."""
    for pause in itertools.chain(PAUSES, itertools.repeat(LAST_PAUSE)):
        try:
            bot = await api.call("getMe", {})
            logger.info("naast.telegram.answers_as @%s", bot.get("username"))
            return
        except WrongToken:
            logger.error("naast.telegram.wrong_token: Telegram does not know this token; look it up at BotFather")
            return
        except TelegramError as error:
            logger.warning("naast.telegram.not_reached kind=%s", type(error).__name__)
            await asyncio.sleep(pause)
