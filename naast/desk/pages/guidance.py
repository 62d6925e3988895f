"""One item of the guidance: what Naast says there, from which source, and in which file an editor changes it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from naast.desk.auth.roles import REVIEWER, Door
from naast.desk.conversations.reading import origin
from naast.desk.visit import Visit
from naast.guidance.library import FIRST


def show(visit: Visit) -> Response:
    name = visit.request.path_params["item"]
    library = visit.desk.guidance_in(visit.query.get("language", FIRST))
    found = origin(library, name)
    if found is None:
        raise HTTPException(404)
    item = library.item(name)
    return visit.page("guidance.html", origin=found, item=item)


DOORS = (Door("GET", "/guidance/{item}", show, REVIEWER),)
