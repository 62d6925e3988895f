from naast.guidance.coverage import DOCUMENT, document, missing, read
from naast.guidance.library import load

LIBRARY, ENTRIES = load(), read()


def test_every_passage_of_the_article_is_covered():
    assert missing(LIBRARY, ENTRIES) == []


def test_all_fourteen_tips_are_there():
    assert {entry.what.split(":")[0] for entry in ENTRIES if entry.what.startswith("tip ")} == {
        f"tip {number}" for number in range(1, 15)
    }


def test_the_page_is_current():
    assert DOCUMENT.read_text(encoding="utf-8") == document(LIBRARY, ENTRIES), "run `make coverage`"
