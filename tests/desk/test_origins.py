"""No other site acts in a trainer's name, reading changes nothing, and every answer wears the same headers."""

import html

import pytest
import sqlalchemy as sa

from naast.desk.auth.origins import is_own, other_name
from naast.desk.pages import DOORS
from naast.desk.shield import HEADERS, MAX_BODY
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


@pytest.mark.parametrize(
    "host, leads_to",
    [
        ("localhost:5080", URL),
        ("127.0.0.1:5080", None),
        ("localhost:5081", None),  # a tunnel, or another desk: what listens there we do not know
        ("desk.example:5080", None),
        ("localhost:x", None),
        ("", None),
    ],
)
def test_who_reads_it_under_another_name_of_this_machine_is_led_to_where_one_can_log_in(host, leads_to):
    assert other_name("GET", {"host": host}, URL) == leads_to
    assert other_name("POST", {"host": host}, URL) is None
    assert other_name("GET", {"host": host}, "https://desk.example") is None


def test_localhost_leads_to_the_login_with_its_query(visitor):
    answer = visitor("").get("/login?next=%2Fconversations", headers={"Host": "localhost:5080"})
    assert answer.status_code == 307 and answer.headers["location"] == f"{URL}/login?next=%2Fconversations"
    assert answer.headers["cache-control"] == "no-store"


def test_a_link_on_another_site_is_followed_from_a_page_of_our_own(visitor):
    """The browser keeps a SameSite=Strict cookie back from what another site leads to."""
    browser, page = visitor(""), "/conversations/3?flag=safety&amp;sort=worst"
    hop = browser.get(html.unescape(page), headers={"Sec-Fetch-Site": "cross-site"})
    assert hop.status_code == 200 and f'content="0; url={page}"' in hop.text
    assert browser.get(html.unescape(page), headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303
    logged_in = visitor("reviewer").get("/conversations/3", headers={"Sec-Fetch-Site": "cross-site"})
    assert "Gesprek 3" in logged_in.text


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
