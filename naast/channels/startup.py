"""What every channel needs before its first message, done once however many channels there are."""

from __future__ import annotations

from sanic import Sanic

from naast.channels.texts import channel_texts
from naast.channels.turn import configured_store, warm_up
from naast.guidance.library import languages
from naast.privacy.retention import keep_sweeping
from naast.rasa_patches import action_result, event_types, session_length
from naast.settings import origins, retention_days


def check() -> None:
    """A setting that makes no sense, or a missing text, stops the start and not a conversation."""
    for language in languages():
        channel_texts(language)
    retention_days()
    origins()
    action_result.apply()
    event_types.apply()
    session_length.apply()


async def prepare(app: Sanic) -> None:
    """Begin erasing what is too old, and load what understanding needs."""
    if getattr(app.ctx, "naast_is_prepared", False):
        return
    app.ctx.naast_is_prepared = True
    app.add_task(keep_sweeping(configured_store(app.ctx.agent), retention_days()))
    await warm_up(app.ctx.agent)
