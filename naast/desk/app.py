"""The desk as one ASGI application, out of the doors that the pages declare."""

from __future__ import annotations

import contextlib
import itertools
import logging
from pathlib import Path
from typing import AsyncIterator, Awaitable, Callable, Iterable
from urllib.parse import quote

import anyio
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from naast.desk.auth import sessions
from naast.desk.auth.origins import SAFE
from naast.desk.auth.roles import OPEN, Door, may
from naast.desk.conversations.sync import keep_reading, refresh_choices
from naast.desk.desk import Desk
from naast.desk.pages import DOORS
from naast.desk.pages.login import cookie_name
from naast.desk.shield import Shield, TooLarge
from naast.desk.visit import TEMPLATES, Visit
from naast.guidance.library import languages

logger = logging.getLogger(__name__)
STATIC = Path(__file__).with_name("static")
MOST_FIELDS = 4000
"""A lesson has three for each message of a conversation; how large a form may be is for the shield to say."""


def _enter(door: Door) -> Callable[[Request], Awaitable[Response]]:
    """What stands before each page: who is it, may they come in, what did they fill in. Pages run in a thread."""

    async def answer(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        account = await run_in_threadpool(
            sessions.find, desk.engine, request.cookies.get(cookie_name(desk)), desk.clock()
        )
        visit = Visit(request, desk, account)
        if door.role != OPEN and account is None:
            if visit.address is None or "hx-request" in request.headers:
                raise HTTPException(401)
            if request.headers.get("sec-fetch-site") == "cross-site":
                # A link in a mail read on a website: the browser keeps a SameSite=Strict cookie back, until one of our
                # own pages leads there.
                return visit.page("hop.html", onwards=visit.address)
            return RedirectResponse(f"/login?next={quote(visit.address, safe='')}", status_code=303)
        if account is not None and not may(account.role, door.role):
            raise HTTPException(403)
        if request.method not in SAFE:
            visit.form = await request.form(max_files=0, max_fields=MOST_FIELDS)
        return await run_in_threadpool(door.page, visit)

    return answer


def _routes(doors: Iterable[Door]) -> list[Route]:
    """One route per path, so that another method than its own gives 405."""
    by_path = itertools.groupby(sorted(doors, key=lambda door: door.path), key=lambda door: door.path)
    routes = []
    for path, group in by_path:
        answers = {door.method: _enter(door) for door in group}

        async def answer(request: Request, answers=answers) -> Response:
            try:
                return await answers["GET" if request.method == "HEAD" else request.method](request)
            except (HTTPException, TooLarge):
                raise
            except Exception as problem:
                return await _problem(request, problem)

        routes.append(Route(path, answer, methods=list(answers)))
    # "/conversations/next" before "/conversations/{number}".
    return sorted(routes, key=lambda route: "{" in route.path)


async def _problem(request: Request, problem: Exception) -> Response:
    """Every refusal as a page that says what to do. Nothing is raised further: the server would log its text."""
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    if status == 500:
        # The text of an exception may quote a conversation, so only its kind is logged.
        logger.error("naast.desk.failed kind=%s path=%s", type(problem).__name__, request.url.path)
    visit = Visit(request, request.app.state.desk, None)
    known = str(status) if f"problem.{status}" in visit.texts.texts else "500"
    return visit.page("problem.html", status, problem=known)


def warm_up(desk: Desk) -> None:
    """What takes a while the first time: the first reviewer should not wait for it."""
    desk.vocabulary.shown()
    for language in languages():
        desk.guidance_in(language)
    for template in TEMPLATES.list_templates():
        TEMPLATES.get_template(template)
    refresh_choices(desk)


def build(desk: Desk) -> Starlette:
    """The application; while it serves, it reads new events beside."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(warm_up, desk)
        await run_in_threadpool(desk.trials.tidy_up)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(keep_reading, desk)
            yield
            tasks.cancel_scope.cancel()
        desk.trials.end()

    app = Starlette(
        routes=[*_routes(DOORS), Mount("/static", StaticFiles(directory=STATIC), name="static")],
        middleware=[Middleware(Shield, url=desk.url)],
        exception_handlers={HTTPException: _problem},
        lifespan=lifespan,
    )
    app.state.desk = desk
    return app
