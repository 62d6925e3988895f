"""The language of a conversation, for channels: which there are, which one it is in, and how to switch.

A channel with a switch of its own (a command, a menu) lets the parent say `switch_to("en")`, as if a button had been
pressed; the answer comes in that language.
"""

from __future__ import annotations

import functools
from typing import Any, Dict, Optional

from rasa.shared.core.trackers import DialogueStateTracker
from sanic.request import Request

from naast.guidance.library import languages, load_wording
from naast.guidance.payloads import payload
from naast.guidance.schema import Button

SLOT = "language"


def language_of(tracker: Optional[DialogueStateTracker]) -> Optional[str]:
    """The language of the answers so far; None before the first one."""
    return tracker.get_slot(SLOT) if tracker is not None and SLOT in tracker.slots else None


def switch_to(language: str) -> str:
    """What to send to Rasa to go on in a language.

    Raises:
        KeyError: Naast does not speak it.
    """
    if language not in languages():
        raise KeyError(f"no guidance in {language}")
    return payload(Button(title=language, intent="greet", set={SLOT: language}))


def offered(language: Any) -> Optional[str]:
    """A language that a page or a device asks for, where Naast speaks it; None for anything else."""
    return language if isinstance(language, str) and language in languages() else None


def shown_in(request: Request) -> Optional[str]:
    """The language that a request says its page is shown in, by `Content-Language`."""
    return offered(request.headers.get("content-language"))


@functools.lru_cache(maxsize=1)
def by_payload() -> Dict[str, str]:
    """The names of the languages by the payload that switches to them: the guard lets these through, whoever sends
    them."""
    return {switch_to(language): load_wording(language=language).language_name for language in languages()}
