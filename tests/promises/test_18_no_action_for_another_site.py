"""Promise 18: no other site acts in a trainer's name, and reading changes nothing."""

import pytest
import sqlalchemy as sa

from naast.desk.auth.origins import is_own
from naast.desk.pages import DOORS
from naast.desk.tables import AUDIT, METADATA
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
