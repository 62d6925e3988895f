"""A turn whose action fails is a failed turn: nothing of it is kept, and the same message can be sent again.

Rasa logs the exception of an action, goes on, and keeps the message as answered with nothing. Whoever sends it again
would then be told that it was handled. An action that does not answer would keep its conversation locked for five
minutes; after SECONDS it has failed.
"""

from __future__ import annotations

from typing import Any, List

import rasa.utils.endpoints
from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.processor import MessageProcessor

SECONDS = 4
"""Within the five seconds in which a parent is answered (naast/channels/turn.py)."""


class ActionFailed(Exception):
    """The action server is away, does not answer in time, or answers what is no answer."""


_run_action = MessageProcessor._run_action


async def _run_or_fail(self: MessageProcessor, action: Action, *args: Any, **kwargs: Any) -> bool:
    """Raises:
    ActionFailed: the action raised something else than a rejection, by which it only declines.
    """
    failures: List[Exception] = []
    run = action.run

    async def remembering(*run_args: Any, **run_kwargs: Any) -> Any:
        try:
            return await run(*run_args, **run_kwargs)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            failures.append(error)
            raise

    action.run = remembering  # type: ignore[method-assign] # Rasa makes the action anew for each prediction
    goes_on = await _run_action(self, action, *args, **kwargs)
    if failures:
        raise ActionFailed from failures[0]
    return goes_on


def apply() -> None:
    """Replace the method and the time; doing so twice changes nothing."""
    MessageProcessor._run_action = _run_or_fail  # type: ignore[method-assign]
    rasa.utils.endpoints.DEFAULT_REQUEST_TIMEOUT = SECONDS
