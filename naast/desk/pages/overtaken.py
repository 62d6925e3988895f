"""For a reviewer whom a colleague was ahead of: what you filled in is kept; look first, then save it or not."""

from __future__ import annotations

from typing import Optional

from starlette.responses import Response

from naast.desk.reviews.stale import Overtaken
from naast.desk.visit import Visit


def overtaken(visit: Visit, problem: Overtaken, newest: int, look: Optional[str] = None) -> Response:
    """409, with the form once more. `newest` is what the reviewer has seen once they have looked, at `look` (the
    conversation in the address unless said otherwise)."""
    kept = [(name, value) for name, value in visit.form.multi_items() if name != "seen" and isinstance(value, str)]
    look = look or f"/conversations/{visit.number()}"
    return visit.page("overtaken.html", 409, by=problem.by, kept=kept, newest=newest, look=look)
