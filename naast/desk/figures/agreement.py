"""How far two reviewers judge the same messages alike: Cohen's kappa, which takes off what chance alone would give."""

from __future__ import annotations

import itertools
import json
from typing import Dict, List, Optional, Tuple

import sqlalchemy as sa
from sklearn.metrics import cohen_kappa_score

from naast.desk.figures.figure import BARS, Asked, Column, Figure, Row
from naast.desk.tables import ACCOUNT, CONVERSATION, CORRECTION

KINDS = ("intent", "answer", "safety")
"""Judgements that are one name out of a list; facts are not."""
Pair = Tuple[str, str, str]
Verdicts = List[Tuple[str, str]]


def _both(connection: sa.engine.Connection, asked: Asked) -> Dict[Pair, Verdicts]:
    """What two reviewers said of each message that both judged, by kind and names."""
    wanted = (
        sa.select(CORRECTION.c.kind, CORRECTION.c.event_id, CORRECTION.c.value, ACCOUNT.c.name)
        .join(CONVERSATION, CONVERSATION.c.id == CORRECTION.c.conversation_id)
        .join(ACCOUNT, ACCOUNT.c.id == CORRECTION.c.account_id)
        .where(*asked.filters.conditions(), CORRECTION.c.current.is_(True), CORRECTION.c.kind.in_(KINDS))
    )
    said: Dict[Tuple[str, int], Dict[str, str]] = {}
    for kind, event_id, value, name in connection.execute(wanted):
        said.setdefault((kind, event_id), {})[name] = json.loads(value)[kind]
    found: Dict[Pair, Verdicts] = {}
    for (kind, _), by_name in said.items():
        for one, other in itertools.combinations(sorted(by_name), 2):
            found.setdefault((kind, one, other), []).append((by_name[one], by_name[other]))
    return found


def kappa(verdicts: Verdicts) -> Optional[float]:
    """None where both only ever chose one and the same: chance would agree as well."""
    ones, others = zip(*verdicts)
    return None if len({*ones, *others}) < 2 else float(cohen_kappa_score(ones, others))


def between_reviewers(connection: sa.engine.Connection, asked: Asked) -> Dict[str, Figure]:
    columns = [Column("kappa"), Column("share_same", drawn=False, share=True), Column("both_judged", drawn=False)]
    rows = []
    for (kind, one, other), verdicts in sorted(_both(connection, asked).items()):
        same = sum(first == second for first, second in verdicts) / len(verdicts)
        rows.append(Row(kind, (kappa(verdicts), same, len(verdicts)), f"{one}, {other}"))
    return {"agreement": Figure(BARS, columns, rows, "judged", most=1.0)}
