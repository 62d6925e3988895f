"""One request, as a page sees it: who asks, what was filled in, and the two ways to answer."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Dict, Iterable, Optional
from urllib.parse import urlencode

import jinja2
import sqlalchemy as sa
from markupsafe import Markup
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from naast.desk import audit
from naast.desk.auth.origins import SAFE
from naast.desk.auth.roles import may
from naast.desk.auth.sessions import Account
from naast.desk.clock import day_and_hour, part_of_day
from naast.desk.conversations.filters import Filters
from naast.desk.conversations.reading import STEP
from naast.desk.desk import Desk
from naast.desk.texts import FIRST, LANGUAGES, Texts

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
LANGUAGE_COOKIE = "naast_desk_language"
LARGEST = 2**31 - 1


@dataclasses.dataclass
class Visit:
    """`account` is None on the pages that are open only; a page behind any other door can rely on it."""

    request: Request
    desk: Desk
    account: Optional[Account]
    form: FormData = dataclasses.field(default_factory=FormData)

    @property
    def texts(self) -> Texts:
        chosen = self.account.language if self.account else self.request.cookies.get(LANGUAGE_COOKIE)
        return self.desk.texts[chosen if chosen in LANGUAGES else FIRST]

    @property
    def now(self) -> int:
        return self.desk.clock()

    @property
    def query(self) -> Dict[str, str]:
        return dict(self.request.query_params)

    @property
    def address(self) -> Optional[str]:
        """The address of this page, with its filters. None for the answer to a form: nobody can come back to that."""
        if self.request.method not in SAFE:
            return None
        return self.request.url.path + (f"?{self.request.url.query}" if self.request.url.query else "")

    def number(self, name: str = "number") -> int:
        """A number out of the address.

        Raises:
            HTTPException: 404 where it is larger than any number given out.
        """
        value = self.request.path_params[name]
        if value > LARGEST:
            raise HTTPException(404)
        return value

    def field(self, name: str, most: int = 2000) -> str:
        """What was filled in, without the blanks around it. Browsers send each new line as two characters.

        Raises:
            HTTPException: 400 when it is longer than `most`.
        """
        value = self.form.get(name, "")
        if not isinstance(value, str) or "\0" in value:
            raise HTTPException(400)
        value = value.replace("\r\n", "\n")
        if len(value) > most:
            raise HTTPException(400)
        return value.strip()

    def int_field(self, name: str) -> int:
        value = self.field(name, 18)
        if not value.isascii() or not value.isdecimal() or int(value) > LARGEST:
            raise HTTPException(400)
        return int(value)

    def filters(self) -> Filters:
        """What the inbox showed from which this page was reached: out of the form, or out of the address."""
        sent = self.form.get("filters")
        return Filters.read(QueryParams(sent) if isinstance(sent, str) else self.request.query_params)

    def record(self, connection: sa.engine.Connection, action: str, about: Optional[str] = None) -> None:
        """One line in the audit log, in the transaction of what was done."""
        audit.record(connection, self.now, self.account.name, action, about)

    def record_each(self, connection: sa.engine.Connection, action: str, numbers: Iterable[int]) -> None:
        """One line for each conversation of which a page shows something."""
        for number in sorted(set(numbers)):
            self.record(connection, action, f"conversation {number}")

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        rendered = TEMPLATES.get_template(template).render(
            t=self.texts,
            account=self.account,
            path=self.request.url.path,
            address=self.address,
            may=lambda role: self.account is not None and may(self.account.role, role),
            when=self.when,
            stop=self.stop,
            held=self.held,
            query_string=lambda **query: Markup(urlencode({k: v for k, v in query.items() if v not in ("", None)})),
            **values,
        )
        return HTMLResponse(rendered, status)

    def stop(self, name: str) -> str:
        """What a question or a step of the plan is called."""
        known = self.texts.texts.get(f"stop.{name}")
        return known or self._title(name.removeprefix(STEP))

    def _title(self, item: str) -> str:
        found = self.desk.guidance_in(self.texts.language).item(item)
        return found.title if found else item

    def held(self, name: str, value: Any) -> str:
        """What a slot or a condition holds, in words."""
        each = value if isinstance(value, (list, tuple, set)) else [value]
        if name in ("told", "last"):
            return ", ".join(map(self._title, each))
        if name in ("asked", "open_question"):
            return ", ".join(self.stop(one) for one in each if one)
        if name == "blame_kind":
            return ", ".join(self.texts.name("blame", one) for one in each)
        if name == "language":
            return ", ".join(self.texts.name("language", one) for one in each)
        if name == "also_asked":
            return ", ".join(self.texts.name("intent", one) for one in each)
        return self.texts.values(value) if value is not None else ""

    def when(self, moment: int) -> str:
        """A moment as it may be shown: the day and the part of the day."""
        day, hour = day_and_hour(moment)
        return self.day_part(day, hour)

    def day_part(self, day: str, hour: int) -> str:
        year, month, date = day.split("-")
        return f"{int(date)}-{int(month)}-{year} {self.texts('part.' + part_of_day(hour))}"

    def to(self, path: str) -> Response:
        """Answer a form: the browser goes on to one of our own pages."""
        return RedirectResponse(path, status_code=303)
