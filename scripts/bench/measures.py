"""What is measured of running servers: how long a message takes, alone and among others, early and late, and with how
many conversations in the database."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import statistics
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

import requests
import yaml

from naast.channels.texts import channel_texts
from naast.guidance.library import languages

MESSAGES = Path("data/nlu/nl")
WARM_UP, ALONE, TURNS_A_CONVERSATION = 10, 100, 5
AT_ONCE = (1, 16, 64)
AMONG_OTHERS = 192
LATE = (10, 100, 500)
AROUND = 9
"""So many turns up to the one that is named give its median."""


BEGINS_ANEW = ("restart", "delete_my_data")
"""Left out: with a "ja" behind it the conversation would begin anew, and what comes late would not be late."""


class NotAnswered(Exception):
    """What came back is no answer: an error, nothing, or the safety reply of a turn that failed."""


def messages() -> List[str]:
    """The same messages for every project, from all other intents, in the same order."""
    found = []
    for path in sorted(MESSAGES.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if block["intent"] not in BEGINS_ANEW:
                found += [line[2:] for line in block["examples"].splitlines()]
    return random.Random(7).sample(found, 600)


class Parent:
    """One conversation, over one connection."""

    def __init__(self, url: str) -> None:
        self._url, self._sender, self._session = url, uuid.uuid4().hex, requests.Session()

    def seconds(self, text: str) -> float:
        """Raises:
        NotAnswered: see there.
        """
        started = time.perf_counter()
        answer = self._session.post(self._url, json={"sender": self._sender, "message": text}, timeout=120)
        taken = time.perf_counter() - started
        if not answer.ok or not answer.json() or _is_safety_reply(answer.json()):
            raise NotAnswered(f"{answer.status_code} after {taken:.1f} s")
        return taken


def _is_safety_reply(messages: List[Dict[str, str]]) -> bool:
    failed = {channel_texts(language).sentences["unavailable"] for language in languages()}
    return any(message.get("text") in failed for message in messages)


def alone(url: str, texts: Sequence[str]) -> Tuple[float, float]:
    """Median and 95th percentile, in milliseconds, of messages one after the other in short conversations."""
    taken = []
    for start in range(0, WARM_UP + ALONE, TURNS_A_CONVERSATION):
        parent = Parent(url)
        taken += [parent.seconds(text) for text in texts[start : start + TURNS_A_CONVERSATION]]
    taken = sorted(taken[WARM_UP:])
    return statistics.median(taken) * 1e3, taken[int(0.95 * len(taken))] * 1e3


def a_second(urls: Sequence[str], texts: Sequence[str], at_once: int) -> Tuple[float, float]:
    """Messages answered in a second by so many conversations at once, each sending when it has its answer, at these
    servers by turns; and how many of a hundred were not answered, as a server does that has too much to do."""
    turns = max(3, AMONG_OTHERS // at_once)

    def converse(number: int) -> int:
        parent, answered = Parent(urls[number % len(urls)]), 0
        for turn in range(turns):
            with contextlib.suppress(NotAnswered):
                parent.seconds(texts[(number * turns + turn) % len(texts)])
                answered += 1
        return answered

    started = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        answered = sum(pool.map(converse, range(at_once)))
    return answered / (time.perf_counter() - started), 100 * (1 - answered / (at_once * turns))


def late(url: str, texts: Sequence[str]) -> Dict[int, float]:
    """Milliseconds of a message after 10, 100, 500 turns of one conversation."""
    parent = Parent(url)
    taken = [parent.seconds(texts[turn % len(texts)]) for turn in range(max(LATE))]
    return {turn: statistics.median(taken[turn - AROUND : turn]) * 1e3 for turn in LATE}


def fill(database: Path, conversations: int) -> None:
    """Put copies of one stored conversation beside it, as many as are asked for."""
    with sqlite3.connect(database, timeout=60) as connection:
        (sender,) = connection.execute("SELECT sender_id FROM events WHERE type_name = 'bot' LIMIT 1").fetchone()
        connection.execute(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"
            " INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data)"
            " SELECT 'stored-' || n, type_name, timestamp, intent_name, action_name, data"
            " FROM numbers, (SELECT * FROM events WHERE sender_id = ? ORDER BY id LIMIT 12)",
            (conversations, sender),
        )
