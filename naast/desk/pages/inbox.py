"""All conversations, filtered; filters with a name."""

from __future__ import annotations

from starlette.responses import Response

from naast.desk.auth.roles import REVIEWER, Door
from naast.desk.conversations import inbox
from naast.desk.conversations.filters import FLAGS, Filters, flags_of
from naast.desk.tables import FILTER
from naast.desk.visit import Visit

LONGEST_NAME = 64


def show(visit: Visit) -> Response:
    filters = Filters.read(visit.request.query_params)
    asked = visit.query.get("page", "1")
    with visit.desk.engine.connect() as connection:
        page = inbox.page(connection, filters, int(asked) if asked.isdecimal() and len(asked) < 7 else 1)
        return visit.page(
            "inbox.html",
            filters=filters,
            page=page,
            choices=visit.desk.choices.at(connection, visit.now),
            saved=inbox.saved_filters(connection, visit.account.id),
            all_flags=list(FLAGS),
            flags_of=flags_of,
            day_part=visit.day_part,
        )


def save_filter(visit: Visit) -> Response:
    filters, name = visit.filters(), visit.field("name", LONGEST_NAME)
    if name:
        with visit.desk.writing.begin() as connection:
            own = (FILTER.c.account_id == visit.account.id, FILTER.c.name == name)
            connection.execute(FILTER.delete().where(*own))
            connection.execute(FILTER.insert().values(account_id=visit.account.id, name=name, query=filters.query()))
    return visit.to(f"/conversations?{filters.query()}")


def forget_filter(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        own = (FILTER.c.account_id == visit.account.id, FILTER.c.id == visit.number())
        connection.execute(FILTER.delete().where(*own))
    return visit.to("/conversations")


DOORS = (
    Door("GET", "/conversations", show, REVIEWER),
    Door("POST", "/filters", save_filter, REVIEWER),
    Door("POST", "/filters/{number:int}/forget", forget_filter, REVIEWER),
)
