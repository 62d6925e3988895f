"""What the action server needs before it answers. Rasa has no hook for it, but makes every action before it listens."""

from __future__ import annotations

import os

from actions.speaking import companion
from naast.guidance.library import languages
from naast.privacy import logs


def prepare() -> None:
    """Quiet logs; the guidance of every language, so that a mistake in it stops the start and no turn waits for it; and
    no address but this machine's unless SANIC_HOST says otherwise: rasa_sdk would listen on all. Whoever reaches it may
    ask for any action, and it is sent whole conversations.

    Raises:
        GuidanceError: a file of the guidance does not fit the schema, with file and line.
    """
    logs.install(trusts_warnings=False)
    for language in languages():
        companion(language)
    os.environ.setdefault("SANIC_HOST", "127.0.0.1")
