"""Tells Telegram what the bot is: its menu, its description, and where to deliver. Done again, it changes nothing."""

from __future__ import annotations

from typing import List

from naast.channels.telegram.api import BotApi
from naast.channels.telegram.settings import TelegramSettings
from naast.channels.telegram.texts import TelegramTexts
from naast.channels.telegram.updates import ALLOWED

PATH = "/webhooks/telegram/webhook"
CONNECTIONS = 1
"""Telegram delivers one update after the other, so that they come in order; each takes us a few milliseconds."""


async def set_up(api: BotApi, settings: TelegramSettings, texts: TelegramTexts) -> List[str]:
    """Set everything.

    Returns:
        What was done, a line each.

    Raises:
        TelegramError: Telegram does not accept it.
    """
    bot = await api.call("getMe", {})
    commands = [{"command": command.name, "description": command.does} for command in texts.commands]
    await api.call("setMyCommands", {"commands": commands, "scope": {"type": "all_private_chats"}})
    await api.call("setMyDescription", {"description": texts.description})
    await api.call("setMyShortDescription", {"short_description": texts.short_description})
    done = [f"@{bot['username']}: {len(commands)} commands, description and short description set"]
    if settings.polls:
        await api.call("deleteWebhook", {"drop_pending_updates": False})
        return [*done, "long polling: no webhook; `make telegram` fetches the messages"]
    url = f"{settings.public_url}{PATH}"
    hook = {"url": url, "secret_token": settings.secret, "allowed_updates": ALLOWED, "max_connections": CONNECTIONS}
    await api.call("setWebhook", hook)
    return [*done, f"webhook: Telegram delivers to {url}"]
