"""Telegram: the same help in a parent's own messenger. See docs/telegram.md."""

from naast.channels.telegram.channel import TelegramInput

__all__ = ["TelegramInput"]
