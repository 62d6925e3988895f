"""Who saw and changed what, for the administrator; newest first."""

from __future__ import annotations

import sqlalchemy as sa
from starlette.responses import Response

from naast.desk.auth.roles import ADMIN, Door
from naast.desk.tables import AUDIT
from naast.desk.visit import Visit

A_PAGE = 100


def show(visit: Visit) -> Response:
    """Entries older than `before`, of one person or about one thing where the address says so."""
    asked = {name: visit.query.get(name, "")[:64] for name in ("account", "object", "before")}
    held = [AUDIT.c[name] == asked[name] for name in ("account", "object") if asked[name]]
    if asked["before"].isdecimal() and len(asked["before"]) < 18:
        held.append(AUDIT.c.id < int(asked["before"]))
    with visit.desk.engine.connect() as connection:
        wanted = sa.select(AUDIT).where(*held).order_by(AUDIT.c.id.desc()).limit(A_PAGE)
        return visit.page("audit.html", entries=connection.execute(wanted).all(), asked=asked, a_page=A_PAGE)


DOORS = (Door("GET", "/audit", show, ADMIN),)
