"""Who comes by another name of this machine, or by a link on another site, still gets to the page."""

import html

import pytest

from naast.desk.auth.origins import other_name
from tests.desk.conftest import URL


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
