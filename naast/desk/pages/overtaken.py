"""For a reviewer who was overtaken: what you filled in is kept; look first, then save it or not."""

from __future__ import annotations

from typing import Optional

from starlette.responses import Response

from naast.desk.reviews.stale import Overtaken, WentOn
from naast.desk.visit import Visit


def overtaken(visit: Visit, problem: Overtaken, look: Optional[str] = None, **newest: int) -> Response:
    """409, with the form once more. `newest` holds the fields that say what the reviewer has seen, as they are once
    they have looked, at `look` (the conversation in the address unless said otherwise)."""
    filled = [item for item in visit.form.multi_items() if item[0] not in newest and isinstance(item[1], str)]
    return visit.page(
        "overtaken.html",
        409,
        went_on=isinstance(problem, WentOn),
        by=problem.by,
        kept=[*filled, *newest.items()],
        look=look or f"/conversations/{visit.number()}",
    )
