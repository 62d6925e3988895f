"""What is counted of the conversations: how many, how fast, how often not understood. Never what was said, or by whom.

Each server process counts for itself; Prometheus adds them up. The numbers begin anew with the process.
"""

from __future__ import annotations

from typing import Any, Dict, Text

from prometheus_client import Counter, Histogram

SECONDS = Histogram(
    "naast_answer_seconds",
    "From a message to its answer, saved and all.",
    ["channel"],
    buckets=(0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
)
FAILED = Counter("naast_turns_failed", "Turns that were answered with the safety reply only.", ["kind"])
REFUSED = Counter("naast_refused", "Requests that were refused, by the sentence they were answered with.", ["reason"])
ERASED = Counter("naast_conversations_erased", "Conversations erased on request.")
ANSWERED = Counter("naast_answers", "Answers, by what kind they were.", ["kind"])

KINDS = {"fallback": "not_understood", "report_suicidal_risk": "suicide", "report_immediate_danger": "danger"}
"""The guidance whose answers are counted apart; all others are `other`."""


def count_answer(message: Dict[Text, Any]) -> None:
    """Count an answer by the guidance its first message came from (`item`, for instance `fallback.choices`)."""
    topic = str(message.get("item") or "").partition(".")[0]
    ANSWERED.labels(kind=KINDS.get(topic, "other")).inc()
