"""Promise 4: "verwijder dit gesprek" deletes everything of mine, to the last byte, and nothing of anybody else."""

import uuid

import pytest

from tests.http.reading import said
from tests.promises.disk import files, holding
from tests.promises.tables import rows
from tests.promises.until import acknowledged
from tests.web import Page

MINE, HERS = "koninginnepage", "dagpauwoog"


def in_words(page):
    acknowledged(page, "verwijder dit gesprek", uuid.uuid4().hex)
    assert "erased.default" in said(acknowledged(page, "ja", uuid.uuid4().hex))


def by_the_page(page):
    assert page.ask("DELETE", "/conversation").status_code == 204


@pytest.mark.parametrize("erase", [in_words, by_the_page])
def test_exactly_mine_is_gone(servers, erase):
    mine, hers = Page.begin(servers), Page.begin(servers)
    before = rows(servers.database)
    for page, word in ((hers, HERS), (mine, MINE)):
        acknowledged(page, f"mijn zoon van 13 heeft een trui waarop {word} staat", uuid.uuid4().hex)
        if page is hers:
            with_hers = rows(servers.database)
    assert holding(MINE, files(servers.folder)) and with_hers != before

    erase(mine)

    assert rows(servers.database) == with_hers
    assert holding(MINE, files(servers.folder)) == []
    assert mine.shown() == [] and HERS in str(hers.shown())


def test_erasing_twice_or_what_never_was_is_no_error(servers):
    page = Page.begin(servers)
    assert [page.ask("DELETE", "/conversation").status_code for _ in range(2)] == [204, 204]


def test_what_is_known_of_me_can_be_read_and_is_nothing_after(servers):
    page = Page.begin(servers)
    acknowledged(page, f"mijn dochter van 15 wordt op tiktok gechanteerd, op haar tas staat {MINE}", uuid.uuid4().hex)
    known = page.ask("GET", "/export")
    assert (
        known.headers["Content-Disposition"].startswith("attachment") and known.headers["Cache-Control"] == "no-store"
    )
    assert all(piece in known.text for piece in ("Leeftijd: 15", "TikTok", MINE))
    by_the_page(page)
    after = page.ask("GET", "/export").text
    assert MINE not in after and "Leeftijd" not in after
