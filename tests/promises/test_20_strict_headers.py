"""Promise 20: the same strict headers on every answer, of every route to every method, error pages too; no cookie."""

import functools
import re

import pytest
import requests
from sanic import Sanic

from naast.channels.hardening import HEADERS
from naast.channels.operations import OperationsInput
from naast.channels.page import POLICY
from naast.channels.rest import RestInput
from naast.channels.web import WebInput
from naast.desk import shield
from naast.desk.pages import DOORS
from tests.web import Page

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
PAGES = {"", "page.css", "naast.js"}
"""What a browser shows; the rest is for programs."""
UNWANTED = {"set-cookie", "server", "access-control-allow-credentials"}
OUTSIDE_THE_DESK = ["/nowhere", "/%00", "/static/desk.css", "/static/none", "/conversations/9", "/conversations/x"]
OUTSIDE = [
    "/",
    "/nowhere",
    "/webhooks",
    "/webhooks/web/nowhere",
    "/webhooks/rest/nowhere",
    "/%00",
    "/webhooks/web/../x",
]


@functools.lru_cache(maxsize=1)
def routes():
    app = Sanic("walk", configure_logging=False)
    for channel in (WebInput, OperationsInput, RestInput):
        app.blueprint(channel().blueprint(None), url_prefix=f"/webhooks/{channel.name()}")
    return sorted({f"/{route.path}" for route in app.router.routes})


@pytest.mark.parametrize("method", METHODS)
def test_every_route_and_method(servers, method):
    page = Page.begin(servers)
    walked = routes()
    assert len(walked) >= 12 and "/webhooks/web/messages" in walked
    for path in walked + OUTSIDE:
        url = f"http://127.0.0.1:{servers.rasa_port}{path}"
        known = {"Authorization": f"Bearer {page.token}"}
        for headers in (known, {}):
            answer = page.session.request(method, url, headers=headers, timeout=30)
            expected = dict(HEADERS)
            last = path.removeprefix("/webhooks/web").strip("/")
            if path.startswith("/webhooks/web") and last in PAGES and answer.ok and method != "OPTIONS":
                expected.update({"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"})
            assert {name: answer.headers.get(name) for name in expected} == expected, (method, path, answer.status_code)
            assert not {"set-cookie", "server", "access-control-allow-credentials"} & {
                n.lower() for n in answer.headers
            }
            assert answer.status_code < 500, (method, path)


def test_a_strange_website_gets_no_permission_from_anything(servers):
    for path in routes():
        for method in ("GET", "OPTIONS", "POST"):
            url = f"http://127.0.0.1:{servers.rasa_port}{path}"
            answer = requests.request(method, url, headers={"Origin": "https://evil.example"}, timeout=30)
            assert "access-control-allow-origin" not in answer.headers


def test_the_doors_for_operators_and_developers_open_for_nobody_behind_a_proxy(servers):
    for path in [each for each in routes() if "/operations/" in each or "/rest/" in each]:
        for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
            url = f"http://127.0.0.1:{servers.rasa_port}{path}"
            for method in ("GET", "POST"):
                answer = requests.request(method, url, headers={name: "203.0.113.9"}, json={}, timeout=30)
                assert answer.status_code in (404, 405), (path, name)
                assert "naast_" not in answer.text


@pytest.mark.parametrize("name", ["admin", ""], ids=["admin", "nobody"])
def test_every_door_of_the_desk_and_every_method(visitor, addresses, name):
    browser = visitor(name)
    walked = {re.sub(r"{[\w:]+}", "999", door.path) for door in DOORS} | {*addresses.values(), *OUTSIDE_THE_DESK}
    walked -= {"/logout"}  # it would end the walk; last
    assert len(walked) > len(DOORS)
    for path in [*sorted(walked), "/logout"]:
        for method in METHODS:
            answer = browser.request(method, path)
            worn = {each: answer.headers.get(each) for each in shield.HEADERS}
            assert worn == shield.HEADERS, (method, path, answer.status_code)
            assert "server" not in answer.headers and "access-control-allow-origin" not in answer.headers
            assert answer.status_code < 500, (method, path)
