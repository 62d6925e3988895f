"""What every channel needs before its first message, done once however many channels there are."""

from __future__ import annotations

from sanic import Sanic

from naast.channels import self_check
from naast.channels.texts import channel_texts
from naast.channels.turn import warm_up
from naast.guidance.library import languages
from naast.privacy import export, logs
from naast.privacy.retention import keep_sweeping
from naast.rasa_patches import action_result, connections, event_types, failed_action, session_length
from naast.settings import metrics_token, origins, proxies, retention_days


def check() -> None:
    """A setting that makes no sense, or a missing text, stops the start and not a conversation."""
    logs.install()
    for language in languages():
        channel_texts(language)
        export.words(language)
    retention_days()
    origins()
    proxies()
    metrics_token()
    for patch in (action_result, connections, event_types, failed_action, session_length):
        patch.apply()


async def prepare(app: Sanic) -> None:
    """Refuse to run as another server than was meant, begin erasing what is too old, load what understanding needs.

    Raises:
        UnsafeSettings: see naast/channels/self_check.py.
    """
    if getattr(app.ctx, "naast_is_prepared", False):
        return
    app.ctx.naast_is_prepared = True
    self_check.check(app)
    agent = app.ctx.agent
    # Without Rasa's wrapper: where it cannot save it keeps the conversation in memory and says nothing to anybody.
    agent.tracker_store = agent.processor.tracker_store = self_check.configured_store(agent)
    app.add_task(keep_sweeping(agent.tracker_store, retention_days()))
    await warm_up(agent)
