"""What Telegram's Bot API documents of the methods that Naast calls: who breaks it gets Telegram's own refusal.

Only what a bot of ours may do is known here; a method or a parameter that is not is a mistake, downloading a file most
of all.
"""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, Optional

UPDATE_TYPES = {"message", "edited_message", "callback_query", "my_chat_member"}
Params = Dict[str, Any]


class Rule(Exception):
    """A rule of the Bot API was broken; the text is what Telegram would say."""


def _need(true: Any, otherwise: str) -> None:
    if not true:
        raise Rule(f"Bad Request: {otherwise}")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _text(params: Params) -> None:
    text = params.get("text")
    _need(isinstance(text, str) and text.strip(), "message text is empty")
    _need(_units(text) <= 4096, "message is too long")
    _need("parse_mode" not in params, "no markup is used here")


def _keyboard(params: Params) -> None:
    markup = params.get("reply_markup")
    if markup is None:
        return
    _need(isinstance(markup, dict) and set(markup) == {"inline_keyboard"}, "object expected as reply markup")
    rows = markup["inline_keyboard"]
    _need(isinstance(rows, list) and all(isinstance(row, list) and 0 < len(row) <= 8 for row in rows), "bad rows")
    pressed = [button for row in rows for button in row]
    _need(len(pressed) <= 100, "too many buttons")
    for button in pressed:
        _need(isinstance(button.get("text"), str) and 0 < len(button["text"]) <= 64, "button text")
        kinds = set(button) - {"text"}
        _need(
            len(kinds) == 1 and kinds <= {"callback_data", "url"}, "text buttons are unallowed in the inline keyboard"
        )
        if "callback_data" in button:
            _need(1 <= len(button["callback_data"].encode()) <= 64, "BUTTON_DATA_INVALID")
        else:
            _need(re.match(r"https?://[^\s/]+\.", button["url"]), "BUTTON_URL_INVALID")


def _send_message(params: Params) -> None:
    _text(params)
    _keyboard(params)


def _send_document(params: Params) -> None:
    document = params.get("document")
    _need(isinstance(document, dict) and document["content"], "file must be non-empty")
    _need(document["name"] and len(document["content"]) < 50_000_000, "wrong file")
    _need(len(params.get("caption", "")) <= 1024, "message caption is too long")
    _keyboard(params)


def _answer(params: Params) -> None:
    _need(isinstance(params.get("callback_query_id"), str), "query id")
    _need(len(params.get("text", "")) <= 200, "MESSAGE_TOO_LONG")


def _set_webhook(params: Params) -> None:
    _need(re.match(r"https://[^/]+/", params.get("url", "")), "bad webhook: An HTTPS URL must be provided")
    _need(re.fullmatch(r"[A-Za-z0-9_-]{1,256}", params.get("secret_token", "")), "secret token")
    _need(set(params.get("allowed_updates", ())) <= UPDATE_TYPES, "unknown update type")
    _need(1 <= params.get("max_connections", 40) <= 100, "max_connections")


def _set_commands(params: Params) -> None:
    commands = params.get("commands")
    _need(isinstance(commands, list) and len(commands) <= 100, "too many commands")
    for command in commands:
        _need(re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]), "BOT_COMMAND_INVALID")
        _need(1 <= len(command["description"]) <= 256, "BOT_COMMAND_DESCRIPTION_INVALID")
    _need(params.get("scope", {}).get("type") in (None, "default", "all_private_chats"), "scope")


def _longest(name: str, most: int) -> Callable[[Params], None]:
    def check(params: Params) -> None:
        _need(isinstance(params.get(name), str) and len(params[name]) <= most, f"{name} is too long")

    return check


def _updates(params: Params) -> None:
    _need(0 <= params.get("timeout", 0) <= 50 and 1 <= params.get("limit", 100) <= 100, "limits of getUpdates")
    _need(set(params.get("allowed_updates", ())) <= UPDATE_TYPES, "unknown update type")


def _nothing(_params: Params) -> None:
    pass


CHECKS: Dict[str, Callable[[Params], None]] = {
    "getMe": _nothing,
    "sendMessage": _send_message,
    "sendDocument": _send_document,
    "editMessageText": _send_message,
    "editMessageReplyMarkup": _keyboard,
    "deleteMessage": _nothing,
    "leaveChat": _nothing,
    "answerCallbackQuery": _answer,
    "getUpdates": _updates,
    "setWebhook": _set_webhook,
    "deleteWebhook": _nothing,
    "setMyCommands": _set_commands,
    "setMyDescription": _longest("description", 512),
    "setMyShortDescription": _longest("short_description", 120),
}
KNOWN: Dict[str, set] = {
    "getMe": set(),
    "sendMessage": {"chat_id", "text", "reply_markup", "link_preview_options", "reply_parameters"},
    "sendDocument": {"chat_id", "document", "caption", "reply_markup", "reply_parameters"},
    "editMessageText": {"chat_id", "message_id", "text", "reply_markup", "link_preview_options"},
    "editMessageReplyMarkup": {"chat_id", "message_id", "reply_markup"},
    "deleteMessage": {"chat_id", "message_id"},
    "leaveChat": {"chat_id"},
    "answerCallbackQuery": {"callback_query_id", "text"},
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "max_connections", "drop_pending_updates"},
    "deleteWebhook": {"drop_pending_updates"},
    "setMyCommands": {"commands", "scope", "language_code"},
    "setMyDescription": {"description", "language_code"},
    "setMyShortDescription": {"short_description", "language_code"},
}


def check(method: str, params: Params) -> Optional[str]:
    """What is wrong with a call, as Telegram would say it; None where nothing is."""
    if method not in CHECKS:
        return f"Bad Request: {method} is no method that Naast needs"
    unknown = set(params) - KNOWN[method]
    if unknown:
        return f"Bad Request: unknown parameters {sorted(unknown)}"
    try:
        CHECKS[method](params)
    except Rule as rule:
        return str(rule)
    return None
