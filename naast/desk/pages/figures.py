"""The picture of how it goes, for the days, channel and language that are asked for; each figure as CSV."""

from __future__ import annotations

import datetime

from starlette.exceptions import HTTPException
from starlette.responses import Response

from naast.desk.auth.roles import REVIEWER, Door, may
from naast.desk.clock import day_and_hour
from naast.desk.conversations.filters import Filters
from naast.desk.figures import period
from naast.desk.figures.all import ROLES, count
from naast.desk.figures.drawing import draw, number
from naast.desk.figures.figure import Asked, as_csv, label
from naast.desk.visit import Visit

SPREADSHEET = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""


def _asked(visit: Visit) -> Asked:
    """Test conversations never count."""
    given = Filters.read(visit.request.query_params)
    today = datetime.date.fromisoformat(day_and_hour(visit.now)[0])
    days = period.read(given.since, given.until, today)
    chosen = {"since": days.since.isoformat(), "until": days.until.isoformat()}
    filters = Filters(channel=given.channel, language=given.language, **chosen)
    return Asked(filters, days, visit.desk.guidance_in(visit.texts.language))


def show(visit: Visit) -> Response:
    asked = _asked(visit)
    with visit.desk.engine.connect() as connection:
        seen = [name for name, role in ROLES.items() if may(visit.account.role, role)]
        return visit.page(
            "figures.html",
            figures=count(connection, asked, seen),
            filters=asked.filters,
            by_week=asked.period.by_week,
            choices=visit.desk.choices.at(connection, visit.now),
            draw=draw,
            number=number,
            label=label,
        )


def download(visit: Visit) -> Response:
    name = visit.request.path_params["name"]
    if name not in ROLES:
        raise HTTPException(404)
    if not may(visit.account.role, ROLES[name]):
        raise HTTPException(403)
    asked = _asked(visit)
    with visit.desk.writing.begin() as connection:
        visit.record(connection, "figure_exported", f"figure {name}")
    with visit.desk.engine.connect() as connection:
        content = as_csv(visit.texts, count(connection, asked, [name])[name])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(BYTE_ORDER_MARK + content, headers=headers, media_type=SPREADSHEET)


DOORS = (
    Door("GET", "/figures", show, REVIEWER),
    Door("GET", "/figures/{name}.csv", download, REVIEWER),
)
