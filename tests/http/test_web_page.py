"""The page and the script of the website's channel: compressed, not sent twice, found without the last slash."""

import pytest

from naast.channels.page import FILES, takes_gzip
from tests.web import elsewhere, web


@pytest.fixture
def base(servers):
    return web(servers)


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_compressed_for_who_takes_that(base, path):
    plain = elsewhere().get(base + path, headers={"Accept-Encoding": "identity"}, timeout=30)
    small = elsewhere().get(base + path, headers={"Accept-Encoding": "gzip"}, timeout=30)
    assert small.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert small.content == plain.content == FILES[path][0].read_bytes()
    assert int(small.headers["Content-Length"]) < min(len(plain.content), 25_000)
    assert small.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


def test_on_another_website_both_origin_and_encoding_are_told_apart(base, servers):
    answer = elsewhere().get(base + "/naast.js", headers={"Origin": servers.site}, timeout=30)
    assert answer.headers["Vary"] == "Accept-Encoding, Origin"


def test_a_file_that_a_browser_holds_is_not_sent_again(base):
    tag = elsewhere().get(base + "/naast.js", timeout=30).headers["ETag"]
    again = elsewhere().get(base + "/naast.js", headers={"If-None-Match": tag}, timeout=30)
    assert again.status_code == 304 and again.content == b"" and again.headers["ETag"] == tag
    other = elsewhere().get(base + "/naast.js", headers={"If-None-Match": 'W/"other"'}, timeout=30)
    assert other.status_code == 200


def test_messages_are_never_compressed(base):
    answer = elsewhere().post(base + "/conversations", headers={"Accept-Encoding": "gzip"}, timeout=30)
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("asked", ["", "?language=en"])
def test_the_address_without_a_slash_leads_to_the_page(base, asked):
    answer = elsewhere().get(base + asked, timeout=30)
    assert answer.url == f"{base}/{asked}" and "naast-chat" in answer.text


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("identity", False),
        ("", False),
    ],
)
def test_who_takes_gzip(accepted, takes):
    assert takes_gzip(accepted) is takes
