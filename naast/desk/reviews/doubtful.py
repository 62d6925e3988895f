"""Messages that nobody has labelled and Naast was not sure of, those that say nearly the same together."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, List, Sequence

import sqlalchemy as sa
from sklearn.feature_extraction.text import TfidfVectorizer

from naast.desk.tables import CONVERSATION, EVENTS, MESSAGE

DOUBTFUL = 0.6
"""Confidence; from here on a verdict is rarely worth a person's time."""
LOOKED_AT = 400
"""The least sure messages among which groups are formed."""
ALIKE = 0.7
"""Cosine of the letters' n-grams; from here on two messages say the same in nearly the same words."""
GUESSES = 3


@dataclasses.dataclass
class Group:
    """Messages that are alike, the least sure one first, and what Naast would make of that one."""

    messages: List[Any]
    guesses: Sequence[str] = ()


def waiting(connection: sa.engine.Connection) -> int:
    """How many doubtful messages nobody has labelled, without what guests said in a test."""
    doubtful = sa.select(sa.func.count()).select_from(MESSAGE).where(*_held())
    # Tests are few: counted apart and taken off, all others need no look at their conversation.
    tests = MESSAGE.c.conversation_id.in_(sa.select(CONVERSATION.c.id).where(CONVERSATION.c.is_test.is_(True)))
    return connection.execute(doubtful).scalar() - connection.execute(doubtful.where(tests)).scalar()


def _held() -> List[Any]:
    return [MESSAGE.c.labelled.is_(False), MESSAGE.c.confidence < DOUBTFUL]


def groups(connection: sa.engine.Connection, most: int) -> List[Group]:
    """At most `most` groups, the ones with the most messages first, then the least sure."""
    wanted = (
        sa.select(MESSAGE)
        .join(CONVERSATION, CONVERSATION.c.id == MESSAGE.c.conversation_id)
        .where(*_held(), CONVERSATION.c.is_test.is_(False))
        .order_by(MESSAGE.c.confidence)
        .limit(LOOKED_AT)
    )
    found = [Group(messages) for messages in alike(connection.execute(wanted).all())]
    found = sorted(found, key=lambda group: -len(group.messages))[:most]
    for group in found:
        group.guesses = _guesses(connection, group.messages[0].event_id)
    return found


def alike(messages: Sequence[Any]) -> List[List[Any]]:
    """The messages in groups: each joins the first group whose first message it is like."""
    if not messages:
        return []
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)).fit_transform(m.text for m in messages)
    similar = (vectors @ vectors.T).toarray()
    heads: List[int] = []
    grouped: List[List[Any]] = []
    for index, message in enumerate(messages):
        place = next((place for place, head in enumerate(heads) if similar[head, index] >= ALIKE), None)
        if place is None:
            heads.append(index)
            grouped.append([message])
        else:
            grouped[place].append(message)
    return grouped


def _guesses(connection: sa.engine.Connection, event_id: int) -> List[str]:
    data = connection.execute(sa.select(EVENTS.c.data).where(EVENTS.c.id == event_id)).scalar()
    ranking = (json.loads(data).get("parse_data") or {}).get("intent_ranking") or [] if data else []
    return [each["name"] for each in ranking if each["name"] != "nlu_fallback"][:GUESSES]
