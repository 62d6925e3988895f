"""What the page of a website does with a message: the same id again and again, until the server says it has it."""

from __future__ import annotations

import time
from typing import Any, Dict, List

import requests

from tests.web import Page

PATIENCE = 120


def acknowledged(page: Page, text: str, message_id: str) -> List[Dict[str, Any]]:
    """The answer of the first 200.

    Raises:
        AssertionError: there was none within PATIENCE seconds, or an answer that no page knows what to do with.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            answer = page.send(text, message_id, timeout=10)
        except requests.RequestException:
            time.sleep(0.2)
            continue
        if answer.status_code == 200:
            return answer.json()
        assert answer.status_code in (429, 503), answer.text
        time.sleep(0.3)
    raise AssertionError(f"no answer within {PATIENCE} s")
