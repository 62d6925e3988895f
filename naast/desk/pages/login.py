"""In and out, and the language of the desk."""

from __future__ import annotations

from starlette.responses import Response

from naast.desk.auth import accounts, sessions
from naast.desk.auth.roles import OPEN, REVIEWER, Door
from naast.desk.desk import Desk
from naast.desk.tables import ACCOUNT
from naast.desk.texts import LANGUAGES
from naast.desk.visit import LANGUAGE_COOKIE, Visit

HOME = "/conversations"
A_YEAR = 365 * 24 * 60 * 60
LONGEST_ADDRESS = 8000


def cookie_name(desk: Desk) -> str:
    """With __Host- the browser refuses a cookie that another name of the site has set; it needs TLS."""
    return "__Host-naast-desk" if desk.is_encrypted else "naast_desk"


def _inside(path: str) -> str:
    """A path of our own, or the first page: nobody is led elsewhere after logging in."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else HOME


def home(visit: Visit) -> Response:
    return visit.to(HOME)


def show(visit: Visit) -> Response:
    if visit.account:
        return visit.to(_inside(visit.query.get("next", HOME)))
    return visit.page("login.html", next=visit.query.get("next", HOME), problem=None, name="")


def log_in(visit: Visit) -> Response:
    name, onwards = visit.field("name", 64).lower(), visit.field("next", LONGEST_ADDRESS)
    address = visit.request.client.host if visit.request.client else ""
    if not visit.desk.logins.may_try(name, address):
        return visit.page("login.html", 429, next=onwards, problem="too_often", name=name)
    # A password may begin or end with a blank.
    token = accounts.log_in(visit.desk, name, str(visit.form.get("password", "")), visit.field("code", 12))
    if token is None:
        accounts.refused(visit.desk, name)
        return visit.page("login.html", 403, next=onwards, problem="wrong", name=name)
    visit.desk.logins.came_in(name, address)
    _keep_language(visit, name)
    answer = visit.to(_inside(onwards))
    answer.set_cookie(
        cookie_name(visit.desk), token, path="/", httponly=True, samesite="strict", secure=visit.desk.is_encrypted
    )
    return answer


def _keep_language(visit: Visit, name: str) -> None:
    """Whoever chose a language before they logged in goes on in it."""
    chosen = visit.request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        with visit.desk.writing.begin() as connection:
            connection.execute(ACCOUNT.update().where(ACCOUNT.c.name == name).values(language=chosen))


def log_out(visit: Visit) -> Response:
    with visit.desk.writing.begin() as connection:
        sessions.end(connection, visit.request.cookies[cookie_name(visit.desk)])
        visit.record(connection, "logged_out")
    answer = visit.to("/login")
    answer.delete_cookie(cookie_name(visit.desk), path="/", secure=visit.desk.is_encrypted, httponly=True)
    return answer


def choose_language(visit: Visit) -> Response:
    language = visit.field("language", 2)
    answer = visit.to(_inside(visit.field("back", LONGEST_ADDRESS)))
    if language in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=A_YEAR, httponly=True, samesite="strict")
        if visit.account:
            with visit.desk.writing.begin() as connection:
                own = ACCOUNT.c.id == visit.account.id
                connection.execute(ACCOUNT.update().where(own).values(language=language))
    return answer


DOORS = (
    Door("GET", "/", home, OPEN),
    Door("GET", "/login", show, OPEN),
    Door("POST", "/login", log_in, OPEN),
    Door("POST", "/logout", log_out, REVIEWER),
    Door("POST", "/language", choose_language, OPEN),
)
