"""No other site acts in a trainer's name, reading changes nothing, and every answer wears the same headers."""

import json
import re

import pytest
import sqlalchemy as sa

from naast.desk.auth.origins import is_own
from naast.desk.pages import DOORS
from naast.desk.shield import HEADERS, MAX_BODY
from naast.desk.tables import AUDIT, MESSAGE, METADATA, TRIAL
from naast.desk.training.trials import DONE
from tests.desk.conftest import URL

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": URL + ".evil.example"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": URL},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "none"},
    {},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_no_door_that_changes_something_opens_for_another_site(visitor, headers):
    browser = visitor("admin")
    del browser.headers["Origin"]
    for door in DOORS:
        if door.method != "GET":
            path = door.path.replace("{number:int}", "1").replace("{event_id:int}", "1")
            assert browser.request(door.method, path, headers=headers).status_code == 403, door


@pytest.mark.parametrize("headers", [{"origin": URL}, {"sec-fetch-site": "same-origin"}])
def test_our_own_pages_may_act(headers):
    assert is_own("POST", headers, URL)


@pytest.fixture
def addresses(desk, visitor):
    """Where something is behind each door, by its path: a batch, a trial and a lesson, and a message of conversation 3
    in each of them."""
    browser = visitor("trainer")
    with desk.writing.begin() as connection:
        wanted = sa.select(sa.func.min(MESSAGE.c.event_id)).where(MESSAGE.c.conversation_id == 3)
        event_id = connection.execute(wanted).scalar()
    judged = {"kind": "intent", "intent": "greet", "seen": 0}
    browser.post(f"/conversations/3/messages/{event_id}", data=judged)
    browser.post("/batches", data={"include": event_id, f"intent-{event_id}": "greet"})
    found = {"event_id": event_id, "label": "greet", "before": "thank", "after": "greet"}
    result = {"numbers": [], "changes": {"better": [], "worse": []}, "reviewed": []}
    result["patched"] = [{**found, "was_right": False, "is_right": True}]
    values = {"batch_id": 1, "account_id": 2, "state": DONE, "stage": "measuring 2/2", "started": 1}
    with desk.writing.begin() as connection:
        connection.execute(TRIAL.insert().values(result=json.dumps(result), **values))
    browser.post("/conversations/3/lessons", data={"name": "Les"})
    read = {"seen": 0, "read": "1", "shown": event_id, "asks": event_id}
    assert browser.post("/lessons/1/extracts/1", data=read).status_code == 303
    filled = {"event_id:int": event_id, "extract:int": 1, "file": "nlu.yml", "item": "ask_police.default"}

    def address(path: str) -> str:
        numbered = {"number:int": 3 if path.startswith("/conversations") else 1, "name": "per_day", **filled}
        return re.sub(r"{([\w:]+)}", lambda named: str(numbered[named[1]]), path)

    return {door.path: address(door.path) for door in DOORS if door.method == "GET"}


def test_reading_changes_nothing_but_the_log(desk, visitor, addresses):
    browser = visitor("admin")

    def content():
        with desk.engine.connect() as connection:
            tables = [table for table in METADATA.sorted_tables if table is not AUDIT]
            return {table.name: connection.execute(sa.select(table)).all() for table in tables}

    before = content()
    for path, address in addresses.items():
        leads_on = path in ("/", "/login") or path.endswith("/practice")
        assert browser.get(address).status_code == (303 if leads_on else 200), path
    assert content() == before


def test_every_answer_wears_the_headers(visitor):
    browser = visitor("reviewer")
    for path in (
        "/login",
        "/conversations",
        "/audit",
        "/nowhere",
        "/static/desk.css",
        "/static/none",
        "/conversations/9",
    ):
        for method in ("GET", "HEAD", "POST", "OPTIONS", "DELETE"):
            answer = browser.request(method, path)
            for name, value in HEADERS.items():
                assert answer.headers.get(name) == value, (method, path, name)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(desk, visitor):
    browser = visitor("")
    answer = browser.post("/login", data={"name": "reviewer", "password": "vier woorden van klei"})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "domain" not in cookie


def test_over_tls_the_cookie_is_secure_and_bound_to_the_host(desk):
    import dataclasses

    from starlette.testclient import TestClient

    from naast.desk.app import build

    url = "https://desk.example"
    browser = TestClient(build(dataclasses.replace(desk, url=url)), base_url=url, headers={"Origin": url})
    answer = browser.post(
        "/login", data={"name": "reviewer", "password": "vier woorden van klei"}, follow_redirects=False
    )
    assert answer.headers["set-cookie"].startswith("__Host-") and "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


def test_a_body_that_is_too_large_is_refused(visitor):
    browser = visitor("reviewer")
    assert browser.post("/login", content=b"x" * (MAX_BODY + 1)).status_code == 413

    def endless():
        for _ in range(MAX_BODY // 1000 + 2):
            yield b"x" * 1000

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/login", content=endless(), headers=form).status_code == 413
