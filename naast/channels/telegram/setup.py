"""Tells Telegram what the bot is: its menu, its description, and where to deliver. Done again, it changes nothing."""

from __future__ import annotations

from typing import List

from naast.channels.telegram.api import BotApi
from naast.channels.telegram.settings import TelegramSettings
from naast.channels.telegram.texts import telegram_texts
from naast.channels.telegram.updates import ALLOWED
from naast.guidance.library import FIRST, languages

PATH = "/webhooks/telegram/webhook"
CONNECTIONS = 1
"""Telegram delivers one update after the other, so that they come in order; each takes us a few milliseconds."""


async def set_up(api: BotApi, settings: TelegramSettings) -> List[str]:
    """Set everything.

    Returns:
        What was done, a line each.

    Raises:
        TelegramError: Telegram does not accept it.
    """
    bot = await api.call("getMe", {})
    for language in languages():
        # Telegram shows each person the words of their own language, and those without a language to all others.
        words, whose = telegram_texts(language), {} if language == FIRST else {"language_code": language}
        commands = [{"command": command.name, "description": command.does} for command in words.commands]
        await api.call("setMyCommands", {"commands": commands, "scope": {"type": "all_private_chats"}, **whose})
        await api.call("setMyDescription", {"description": words.description, **whose})
        await api.call("setMyShortDescription", {"short_description": words.short_description, **whose})
    spoken = ", ".join(languages())
    done = [f"@{bot['username']}: {len(commands)} commands, description and short description set ({spoken})"]
    if settings.polls:
        await api.call("deleteWebhook", {"drop_pending_updates": False})
        return [*done, "long polling: no webhook is left; `make telegram` fetches the messages"]
    url = f"{settings.public_url}{PATH}"
    hook = {"url": url, "secret_token": settings.secret, "allowed_updates": ALLOWED, "max_connections": CONNECTIONS}
    await api.call("setWebhook", hook)
    return [*done, f"webhook: Telegram delivers to {url}"]
