"""Promise 17: every page by every role. Who may come in is declared with it; what is not declared is not reached."""

import re

import pytest
from starlette.routing import Mount, Route

from naast.desk.app import build
from naast.desk.auth.roles import OPEN, ROLES, may
from naast.desk.pages import DOORS

EVERYBODY = ("", *ROLES)
OPEN_PAGES = {("GET", "/"), ("GET", "/login"), ("POST", "/login"), ("POST", "/language")}


def address(door) -> str:
    """An address behind the door. Nothing is there, but whoever may not come in must not learn that."""
    return re.sub(r"{\w+(:int)?}", "999", door.path)


@pytest.fixture
def browsers(visitor):
    return {name: visitor(name) for name in EVERYBODY}


def test_every_door_lets_in_exactly_those_it_is_for(browsers):
    for door in DOORS:
        if (door.method, door.path) == ("POST", "/logout"):
            continue  # tried in test_19_sessions_end.py; it would end the sessions of this test
        for name, browser in browsers.items():
            status = browser.request(door.method, address(door)).status_code
            assert status < 500, (door, name, status)
            if door.role == OPEN or (name and may(name, door.role)):
                assert status not in (401, 403) or door.path == "/login", (door, name, status)
            elif name:
                assert status == 403, (door, name, status)
            else:
                assert status == (303 if door.method == "GET" else 401), (door, name, status)


def test_only_these_pages_are_open():
    assert {(door.method, door.path) for door in DOORS if door.role == OPEN} == OPEN_PAGES


def test_nothing_but_doors_and_static_files_is_routed(desk):
    routes = build(desk).routes
    assert {route.path for route in routes if isinstance(route, Route)} == {door.path for door in DOORS}
    assert [route.path for route in routes if isinstance(route, Mount)] == ["/static"]
    assert all(isinstance(route, (Route, Mount)) for route in routes)


def test_another_method_than_declared_is_refused(browsers):
    for path in sorted({door.path for door in DOORS}):
        declared = {door.method for door in DOORS if door.path == path}
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - declared:
            status = browsers["admin"].request(method, re.sub(r"{\w+(:int)?}", "999", path)).status_code
            assert status == 405, (method, path, status)


def test_a_page_that_breaks_says_so_without_its_words(desk, visitor, monkeypatch, caplog):
    from naast.desk.conversations import inbox

    def breaks(*_):
        raise ValueError("mijn zoon van 14")

    monkeypatch.setattr(inbox, "page", breaks)
    answer = visitor("reviewer").get("/conversations")
    assert answer.status_code == 500 and "zoon" not in answer.text
    assert "ValueError" in caplog.text and "zoon" not in caplog.text
