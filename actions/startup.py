"""What the action server needs before it answers. Rasa has no hook for it, but makes every action before it listens."""

from __future__ import annotations

import os

from naast.privacy import logs


def prepare() -> None:
    """Quiet logs, and no address but this machine's unless SANIC_HOST says otherwise: rasa_sdk would listen on all.
    Whoever reaches it may ask for any action, and it is sent whole conversations."""
    logs.install(trusts_warnings=False)
    os.environ.setdefault("SANIC_HOST", "127.0.0.1")
