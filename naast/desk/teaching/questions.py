"""Questions to discuss, proposed by what stood out in a conversation; a trainer changes them."""

from __future__ import annotations

from typing import Any, List, Mapping

from naast.desk.texts import Texts

SIGNS = ("safety", "blame", "no_answer", "did_not_help", "handed_over", "stopped_at")
"""Columns of a line; each has a question of its own in texts/."""


def proposed(line: Mapping[str, Any], texts: Texts) -> List[str]:
    raised = [texts(f"ask_about.{sign}") for sign in SIGNS if line[sign]]
    return [*texts.group("ask_always").values(), *raised]
