"""Commands of the menu. One with more words behind it is no command but a message, and is read; /start may have a name
behind it, from a link."""

from __future__ import annotations

import re
from typing import Optional

from naast.channels.telegram import updates
from naast.channels.telegram.texts import Command, Start, telegram_texts
from naast.channels.telegram.updates import Incoming

START = "start"
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]{1,64})?(?:\s+([A-Za-z0-9_-]{1,64}))?\s*")


def command_of(incoming: Incoming) -> Optional[Command]:
    """The command that a text is, also one that was edited into it; or None."""
    found = _COMMAND.fullmatch(incoming.text or "") if incoming.kind in (updates.TEXT, updates.EDIT) else None
    if found is None or (found[2] and found[1].lower() != START):
        return None
    return telegram_texts().command(found[1].lower())


def start_of(incoming: Incoming) -> Start:
    """How a conversation begins that came by a link; a plain start where the link names nothing that is known."""
    return telegram_texts().starts.get(_COMMAND.fullmatch(incoming.text)[2] or "") or Start()


def erases(incoming: Incoming) -> bool:
    """True for the command that erases the conversation: nothing may make it wait."""
    command = command_of(incoming)
    return command is not None and command.erase
