"""Which doors stand open beside those of Naast. Looked at where conversations are opened: a server without a channel of
Naast does that too, and nothing else of Naast runs in it.

Rasa's own channels let the caller choose the conversation, take what is typed for a command and answer with silence.
"""

from __future__ import annotations

from typing import Iterator, Text

from sanic import Sanic
from sanic.exceptions import SanicException

from naast.settings import UnsafeSettings

API = "conversations/"
TERMINAL = "cmdline"
"""The channel of `rasa shell`, which an engineer starts at a desk of their own."""


def foreign(app: Sanic) -> Iterator[Text]:
    """What is wrong, a line each."""
    if any(API in route.path for route in app.router.routes):
        yield "--enable-api lets everybody read every conversation; start without it"
    for channel in getattr(app.ctx, "input_channels", ()):
        if type(channel).__module__.partition(".")[0] != "naast" and channel.name() != TERMINAL:
            yield f"Rasa's own channel {channel.name()} lets everybody into every conversation; see credentials.yml"


def refuse_foreign() -> None:
    """Look at the server of this process, where there is one.

    Raises:
        UnsafeSettings: all that is wrong.
    """
    try:
        app = Sanic.get_app()
    except SanicException:
        return
    wrong = list(foreign(app))
    if wrong:
        raise UnsafeSettings("\n".join(f"naast: {line}" for line in wrong))
