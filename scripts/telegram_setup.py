"""`make telegram-setup`: sets menu, description and webhook of the bot whose token is in the environment."""

from __future__ import annotations

import asyncio
import sys
from typing import List

from naast.channels.telegram.api import BotApi, TelegramError, WrongToken
from naast.channels.telegram.settings import TelegramSettings, telegram_settings
from naast.channels.telegram.setup import set_up


async def _set_up(settings: TelegramSettings) -> List[str]:
    api = BotApi(settings.api, settings.token)
    try:
        return await set_up(api, settings)
    finally:
        await api.close()


def main() -> None:
    settings = telegram_settings()
    if settings is None:
        sys.exit("naast: NAAST_TELEGRAM_TOKEN is not set; docs/telegram.md tells how to get one")
    if not settings.polls and settings.public_url is None:
        sys.exit("naast: NAAST_TELEGRAM_URL is not set: the public address of this server, https://naast.example")
    try:
        for line in asyncio.run(_set_up(settings)):
            print(f"==> {line}")
    except WrongToken:
        sys.exit("naast: Telegram does not know this token; look it up at BotFather")
    except TelegramError as error:
        sys.exit(f"naast: Telegram did not take it ({type(error).__name__}: {error})")


if __name__ == "__main__":
    main()
