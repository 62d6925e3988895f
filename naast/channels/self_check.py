"""Before the first message: is this the server that was meant? Rasa starts with a warning, or with nothing, where a
store cannot be found, a model is missing, or a door stands open; here the start is refused and the setting named.
"""

from __future__ import annotations

import logging
from typing import Iterator, Text

from rasa.core.agent import Agent
from sanic import Sanic

from naast.settings import LOOPBACK, UnsafeSettings
from naast.store.doors import foreign
from naast.store.lock_store import ConversationLocks
from naast.store.tracker_store import ErasableTrackerStore

SAFETY = "naast.understanding.safety"
"""The part of the model without which nobody is to be answered."""
DEVELOPMENT = "naast_rest"
"""The blueprint of naast/channels/rest.py."""


def configured_store(agent: Agent) -> ErasableTrackerStore:
    """The store of endpoints.yml. Rasa wraps it in one that falls back to memory, where nothing would be erased.

    Raises:
        UnsafeSettings: another store is configured, or Rasa has fallen back to memory already.
    """
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if not isinstance(store, ErasableTrackerStore):
        raise UnsafeSettings(f"naast: conversations would be kept in {type(store).__name__}; see endpoints.yml")
    return store


def check(app: Sanic) -> None:
    """Raises:
    UnsafeSettings: all that is wrong, a line each.
    """
    configured_store(app.ctx.agent)
    wrong = [*_model(app.ctx.agent), *_stores(app.ctx.agent), *_doors(app)]
    if wrong:
        raise UnsafeSettings("\n".join(f"naast: {line}" for line in wrong))


def _model(agent: Agent) -> Iterator[Text]:
    if not agent.is_ready():
        yield "the model could not be loaded, see the lines above. Train one with: make train"
        return
    nodes = agent.processor.model_metadata.predict_schema.nodes.values()  # type: ignore[union-attr]
    if not any(node.uses.__module__.startswith(SAFETY) for node in nodes):
        yield f"the model was trained without {SAFETY}; see config.yml, and train with: make train"


def _stores(agent: Agent) -> Iterator[Text]:
    if not isinstance(agent.lock_store, ConversationLocks):
        own = type(agent.lock_store).__name__
        yield f"the lock store would be {own}, which gives two servers the same turn; see endpoints.yml"
    if agent.tracker_store.event_broker is not None:
        yield "an event broker would be sent every message as it was typed; take event_broker out of endpoints.yml"


def _doors(app: Sanic) -> Iterator[Text]:
    yield from foreign(app)
    if logging.getLogger("rasa").isEnabledFor(logging.DEBUG):
        yield "--debug writes what parents say into the log; start without it, or use rasa shell --debug"
    if any("*" in str(given["origins"]) for given in app.ctx.sanic_cors._options["resources"].values()):
        yield "--cors lets every website in; leave it out and name websites in NAAST_ORIGINS"
    if DEVELOPMENT in app.blueprints and app.state.host not in LOOPBACK:
        yield (
            f"the channel rest lets the caller choose the conversation and would listen on {app.state.host}: "
            "take it out of credentials.yml, or start with --interface 127.0.0.1"
        )
