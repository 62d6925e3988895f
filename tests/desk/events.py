"""Conversations as Rasa's tracker store writes them, made up: a few to look at closely, or a hundred thousand."""

from __future__ import annotations

import dataclasses
import json
import random
from typing import Any, Dict, Iterator, List, Optional, Tuple

import sqlalchemy as sa

from naast.desk.tables import EVENTS, RASAS

NOON = 1_795_000_000
"""A moment in November 2026, in seconds since 1970."""
Row = Dict[str, Any]


@dataclasses.dataclass
class Said:
    """One message of a parent and the answer to it; an empty `answer` is silence."""

    text: str
    intent: str = "ask_police"
    confidence: float = 0.9
    answer: Tuple[str, ...] = ("Bel 0900-8844 voor een afspraak.",)
    item: str = "ask_police.default"
    facts: Tuple[Dict[str, Any], ...] = ()
    safety: Optional[str] = None
    blame: Optional[str] = None
    runner_up: str = "ask_helpwanted"
    slots: Tuple[Tuple[str, Any], ...] = ()


def rows(sender: str, said: List[Said], at: float = NOON, channel: str = "web") -> Iterator[Row]:
    """The rows of `events` for one conversation."""

    def row(event: Dict[str, Any], name: Optional[str] = None) -> Row:
        nonlocal at
        at += 1
        kind = event["event"]
        return {
            "sender_id": sender,
            "type_name": kind,
            "timestamp": at,
            "intent_name": name if kind == "user" else None,
            "action_name": name if kind in ("action", "slot") else None,
            "data": json.dumps({**event, "timestamp": at}),
        }

    yield row({"event": "session_started"})
    for each in said:
        intent = {"name": each.intent, "confidence": each.confidence}
        layers = [{"layer": "pattern", "id": "no_more_life", "score": 1.0}]
        parse = {
            "intent": intent,
            "entities": list(each.facts),
            "intent_ranking": [intent, {"name": each.runner_up, "confidence": 0.05}],
            "also_asked": [],
            "safety": {"kind": each.safety, "layers": layers} if each.safety else None,
            "safety_score": 1.0 if each.safety else 0.01,
            "blame_kind": each.blame,
            "text": each.text,
        }
        user = {"event": "user", "text": each.text, "parse_data": parse, "input_channel": channel, "metadata": {}}
        yield row(user, each.intent)
        yield row(
            {"event": "action", "name": "action_advise", "policy": "RulePolicy", "confidence": 1.0}, "action_advise"
        )
        for text in each.answer:
            buttons = [{"title": "Hoe bewaar ik bewijs?", "payload": "/ask_evidence"}]
            data = {"buttons": buttons if text == each.answer[-1] else None, "custom": None}
            yield row({"event": "bot", "text": text, "data": data, "metadata": {"item": each.item}})
        for name, value in each.slots:
            yield row({"event": "slot", "name": name, "value": value}, name)
        yield row(
            {"event": "action", "name": "action_listen", "policy": "RulePolicy", "confidence": 1.0}, "action_listen"
        )


def write(engine: sa.engine.Engine, made: List[Row]) -> None:
    RASAS.create_all(engine)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(EVENTS.insert(), made)


VOCABULARY = (
    "mijn zoon dochter kind snapchat instagram foto naaktfoto geld betalen politie bewijs bang boos help wat moet ik "
    "nu doen gechanteerd dreigt sturen verspreiden school vriend onbekende account blokkeren vannacht slapen schaamt "
    "geheim telefoon afpakken praten luisteren helpwanted aangifte euro cadeaukaart discord whatsapp tiktok verdrietig"
)
WORDS = VOCABULARY.split()
INTENTS = ["report_sextortion", "ask_police", "ask_evidence", "ask_should_we_pay", "ask_next_steps", "express_panic"]
STOPS = ["child_safe", "suicide_check", "paid", "spread", "step.evidence.default", None]


def many(count: int, seed: int = 1) -> Iterator[Row]:
    """`count` conversations of one to seven messages, spread over a year, a rare word in one of a thousand."""
    chance = random.Random(seed)
    for number in range(count):
        said = []
        for _ in range(chance.choice((1, 2, 3, 3, 4, 5, 7))):
            text = " ".join(chance.choices(WORDS, k=chance.randint(3, 14)))
            if chance.random() < 0.001:
                text += " zeldzaamheid"
            intent = chance.choice(INTENTS)
            unsure = chance.random() < 0.1
            said.append(
                Said(
                    text,
                    intent="nlu_fallback" if unsure and chance.random() < 0.3 else intent,
                    confidence=chance.uniform(0.1, 0.5) if unsure else chance.uniform(0.6, 1.0),
                    safety=chance.choice(("suicidal", "danger")) if chance.random() < 0.02 else None,
                    blame="reproach" if chance.random() < 0.03 else None,
                    answer=() if chance.random() < 0.003 else ("Goed dat je dit vertelt.",),
                    slots=(("open_question", chance.choice(STOPS)),),
                )
            )
        yield from rows(
            f"{number:032x}", said, NOON - chance.uniform(0, 365 * 86400), chance.choice(("web", "telegram"))
        )
