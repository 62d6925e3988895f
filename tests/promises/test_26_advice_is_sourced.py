"""Promise 26: each piece of advice names where it comes from, and that can be looked up."""

from urllib.parse import urlsplit

import pytest

from naast.guidance.coverage import missing, read
from naast.guidance.library import languages, load
from naast.guidance.reading import GuidanceError
from tests.guidance.test_reading import ITEM, copy  # noqa: F401


@pytest.mark.parametrize("language", languages())
def test_every_item_has_a_source_that_is_there(language):
    library = load(language=language)
    cited = [(item.id, each) for item in library.items() for each in item.source]
    assert {item.id for item in library.items()} == {item for item, _ in cited} and len(cited) > 200
    for item, each in cited:
        assert each.id in library.sources, item
        assert each.passage is None or each.passage in library.sources[each.id].passages, item


def test_every_source_can_be_found():
    for name, source in load().sources.items():
        assert source.title and (source.url is None or urlsplit(source.url).scheme == "https"), name


def test_an_item_without_a_source_is_not_read(copy):  # noqa: F811
    (copy / "nl" / "advice" / "ask_police.yml").write_text(ITEM.replace("    source: [{id: politie}]\n", ""))
    with pytest.raises(GuidanceError, match="source"):
        load(copy)


def test_the_article_is_said_whole():
    assert missing(load(), read()) == []
