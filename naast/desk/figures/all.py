"""Every figure, in the order in which the page shows them."""

from __future__ import annotations

from typing import Dict, Iterable, Mapping

import sqlalchemy as sa

from naast.desk.auth.roles import REVIEWER, TRAINER
from naast.desk.figures import agreement, guidance, safety, talks, understanding
from naast.desk.figures.figure import Asked, Count, Figure

COUNTED_BY: Dict[str, Count] = {
    "per_day": talks.per_day,
    "per_part_of_day": talks.per_part_of_day,
    "intents": understanding.counted,
    "not_understood": understanding.counted,
    "safety": safety.judged,
    "handed_over": talks.handed_over,
    "stops": talks.stops,
    "guidance_used": guidance.counted,
    "guidance_never_used": guidance.counted,
    "agreement": agreement.between_reviewers,
}
ROLES = {name: TRAINER if name == "agreement" else REVIEWER for name in COUNTED_BY}
"""Who may see each. How far colleagues agree is for trainers: it says something about persons."""


def count(connection: sa.engine.Connection, asked: Asked, names: Iterable[str]) -> Mapping[str, Figure]:
    """The figures of these names in order; what several come from is counted once."""
    names = list(names)
    found: Dict[str, Figure] = {}
    for counting in dict.fromkeys(COUNTED_BY[name] for name in names):
        found.update(counting(connection, asked))
    return {name: found[name] for name in names}
