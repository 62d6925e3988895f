"""Links for guest testers: whoever opens one holds a conversation that is marked as a test and counts nowhere."""

from __future__ import annotations

from typing import Optional
from urllib.parse import urlencode

from starlette.responses import Response

from naast.desk.auth.roles import TRAINER, Door
from naast.desk.visit import Visit
from naast.invitation import DAYS, invitation


def _page(visit: Visit, link: Optional[str] = None) -> Response:
    return visit.page("guests.html", link=link, days=DAYS)


def show(visit: Visit) -> Response:
    return _page(visit)


def make(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        visit.record(connection, "guest_link_made")
    return _page(visit, f"{visit.desk.chat_url}?{urlencode({'invitation': invitation(visit.desk.key)})}")


DOORS = (
    Door("GET", "/guests", show, TRAINER),
    Door("POST", "/guests", make, TRAINER),
)
