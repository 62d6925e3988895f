"""Buttons. Telegram carries 64 bytes with each, too few for a payload: so a button carries a short token, made of what
it says and sends with the key of the installation. Pressed, it is looked up among the buttons that this conversation
offered: nothing has to be remembered, a restart changes nothing, and a button of somebody else opens nothing.

Keyboards stay in a chat, and several questions have a "Nee, dat niet": what answers a question carries the number of
the message it stands below too, so that an older no is no answer to what is asked now.
"""

from __future__ import annotations

import itertools
from typing import Any, Dict, Iterable, List, Optional

from rasa.shared.core.events import Event

from naast.channels.history import is_answer, pressable_by_turn
from naast.channels.language import by_payload
from naast.privacy.identity import conversation_id

PURPOSE = "telegram.button"


def token(button: Dict[str, str], turn: Optional[str] = None) -> str:
    """32 hexadecimals. `turn` is the number of the message that the button stands below."""
    said = f"{button['payload']}\0{button['title']}"
    return conversation_id(PURPOSE, f"{said}\0{turn}" if is_answer(button) else said)


def pressed(events: Iterable[Event], data: str, message_id: Optional[str] = None) -> Optional[Dict[str, str]]:
    """The button of this conversation that carries the token and may still be pressed, or one that only switches the
    language; or None. `message_id` is that of the press."""
    languages = ((button, None) for button in language_buttons())
    offered = itertools.chain(pressable_by_turn(events, message_id), languages)
    return next((button for button, turn in offered if token(button, turn) == data), None)


def language_buttons() -> List[Dict[str, str]]:
    """One for each language that Naast speaks."""
    return [{"title": name, "payload": payload} for payload, name in by_payload().items()]


def keyboard(
    offered: Iterable[Dict[str, str]], links: Iterable[Dict[str, str]] = (), turn: Optional[str] = None
) -> Optional[Dict[str, Any]]:
    """Telegram's form of buttons and links, one below the other, so that every title can be read in full."""
    rows: List[List[Dict[str, str]]] = [
        [{"text": button["title"], "callback_data": token(button, turn)}] for button in offered
    ] + [[link] for link in links]
    return {"inline_keyboard": rows} if rows else None
