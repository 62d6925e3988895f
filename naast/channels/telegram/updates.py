"""Reads an update of Telegram: what of it Naast answers, and nothing more. No name, no user name and no file's id
leaves this file, so that none can be kept and no picture can be fetched.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, Iterator, List, Optional

import pydantic

from naast.channels.language import offered

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
"""All that Telegram is asked to deliver."""
TEXT, MEDIA, NO_WORDS, EDIT, PRESS = "text", "media", "no_words", "edit", "press"
GROUP, LEAVE, BACK = "group", "leave", "back"
NOT_HERE = (GROUP, LEAVE)
"""Where nobody is helped, and nothing but that is said."""
PICTURES = {"photo", "video", "animation", "sticker", "voice", "video_note", "audio", "document", "story", "paid_media"}
NOTES = {
    "pinned_message",
    "message_auto_delete_timer_changed",
    "chat_background_set",
    "write_access_allowed",
    "connected_website",
}
"""What Telegram itself notes in a chat of two; nobody waits for an answer to it."""
MOST = 2**62
"""Above the numbers that Telegram gives, and within what a database holds."""

Number = pydantic.conint(strict=True, gt=-MOST, lt=MOST)


class _Object(pydantic.BaseModel):
    """A JSON object; pydantic would take a list of pairs for one."""

    @classmethod
    def validate(cls, value: Any) -> "_Object":
        if not isinstance(value, dict):
            raise TypeError("no object")
        return super().validate(value)


class _Chat(_Object):
    id: Number
    type: pydantic.StrictStr


class _Person(_Object):
    language_code: Optional[pydantic.constr(strict=True, max_length=35)] = None


class _Message(_Object):
    message_id: Number
    chat: _Chat
    sender: Optional[_Person] = pydantic.Field(None, alias="from")
    text: Optional[pydantic.StrictStr] = None
    caption: Optional[pydantic.StrictStr] = None
    media_group_id: Optional[pydantic.constr(strict=True, max_length=64)] = None


class _Shown(_Message):
    """The message a pressed button stands below."""

    reply_markup: Any = None


class _Press(_Object):
    sender: Optional[_Person] = pydantic.Field(None, alias="from")
    id: pydantic.constr(strict=True, max_length=64)
    data: pydantic.constr(strict=True, max_length=64)
    message: _Shown


class _Link(_Object):
    text: pydantic.constr(strict=True, min_length=1, max_length=64)
    url: pydantic.constr(strict=True, regex=r"^https://[^\s/]+\.")


class _Member(_Object):
    status: pydantic.StrictStr


class _Membership(_Object):
    chat: _Chat
    new_chat_member: _Member


class _Update(_Object):
    update_id: pydantic.conint(strict=True, ge=0, lt=MOST)
    message: Optional[_Message] = None
    edited_message: Optional[_Message] = None
    callback_query: Optional[_Press] = None
    my_chat_member: Optional[_Membership] = None


@dataclasses.dataclass(frozen=True)
class Incoming:
    """What came in.

    `kind` is TEXT; MEDIA, with the caption as text and the `album` it is in; NO_WORDS (a place, a contact, a poll);
    EDIT; PRESS, with the token of the button as `data`, the id to confirm it by, and the `links` that stand beside it;
    GROUP, where it does not stay;
    LEAVE, the same where that was said before; or BACK: a parent who had blocked Naast lets it in again. `language` is
    that of the parent's Telegram, where Naast speaks it.
    """

    update_id: int
    kind: str
    chat: int
    message_id: Optional[int] = None
    text: Optional[str] = None
    data: Optional[str] = None
    press: Optional[str] = None
    album: Optional[str] = None
    language: Optional[str] = None
    links: List[Dict[str, str]] = dataclasses.field(default_factory=list)

    def as_dict(self) -> Dict[str, Any]:
        """As JSON can hold it."""
        return dataclasses.asdict(self)


def read(update: Any) -> Optional[Incoming]:
    """What there is to answer in an update, or None: nothing, or it is none that Telegram would send."""
    try:
        parsed = _Update.validate(update)
    except (pydantic.ValidationError, TypeError, RecursionError):
        return None
    number = parsed.update_id
    if parsed.message:
        return _message(number, parsed.message, update["message"].keys())
    if parsed.edited_message:
        message = parsed.edited_message
        words = message.text if message.text is not None else message.caption
        if message.chat.type != "private" or words is None:
            return None
        spoken = _language(message.sender)
        return Incoming(number, EDIT, message.chat.id, message.message_id, words, language=spoken)
    if parsed.callback_query:
        press = parsed.callback_query
        if press.message.chat.type != "private":
            return None
        place, told = press.message, {"data": press.data, "press": press.id, "language": _language(press.sender)}
        return Incoming(number, PRESS, place.chat.id, place.message_id, links=[*_links(place.reply_markup)], **told)
    if parsed.my_chat_member:
        return _membership(number, parsed.my_chat_member)
    return None


def _message(number: int, message: _Message, holds: Any) -> Optional[Incoming]:
    chat = message.chat
    if chat.type != "private":
        return Incoming(number, GROUP, chat.id)
    place = {"chat": chat.id, "message_id": message.message_id, "language": _language(message.sender)}
    if message.text is not None:
        return Incoming(number, TEXT, text=message.text, **place)
    if holds & PICTURES:
        return Incoming(number, MEDIA, text=message.caption, album=message.media_group_id, **place)
    if holds & NOTES:
        return None
    return Incoming(number, NO_WORDS, **place)


def _links(markup: Any) -> Iterator[Dict[str, str]]:
    """The links of a keyboard. Whatever else stands there: the press counts all the same."""
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    for row in rows if isinstance(rows, list) else ():
        for button in row if isinstance(row, list) else ():
            try:
                link = _Link.validate(button)
            except (pydantic.ValidationError, TypeError):
                continue
            yield {"text": link.text, "url": link.url}


def _language(person: Optional[_Person]) -> Optional[str]:
    """That of a person's Telegram, where Naast speaks it."""
    return offered((person.language_code or "").split("-")[0]) if person else None


def _membership(number: int, changed: _Membership) -> Optional[Incoming]:
    inside = changed.new_chat_member.status in ("member", "administrator", "restricted")
    if not inside:
        return None
    return Incoming(number, BACK if changed.chat.type == "private" else GROUP, changed.chat.id)
