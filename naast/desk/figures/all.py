"""Every figure, in the order in which the page shows them."""

from __future__ import annotations

from typing import Dict

from naast.desk.auth.roles import TRAINER
from naast.desk.figures import agreement, guidance, safety, talks, understanding
from naast.desk.figures.figure import Kind

FIGURES: Dict[str, Kind] = {
    "per_day": Kind(talks.per_day),
    "per_part_of_day": Kind(talks.per_part_of_day),
    "intents": Kind(understanding.intents),
    "not_understood": Kind(understanding.not_understood),
    "safety": Kind(safety.judged),
    "handed_over": Kind(talks.handed_over),
    "stops": Kind(talks.stops),
    "guidance_used": Kind(guidance.used),
    "guidance_never_used": Kind(guidance.never_used),
    "agreement": Kind(agreement.between_reviewers, TRAINER),
}
"""How far colleagues agree is for trainers: it says something about persons."""
