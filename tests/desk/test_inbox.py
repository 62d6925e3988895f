"""The inbox: what each line says, filters, search, and the neighbours of a conversation."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.datastructures import QueryParams

from naast.desk.conversations import inbox
from naast.desk.conversations.filters import FLAGS, LAYERS, Filters, flags_of
from naast.desk.conversations.summary import GRAVEST_FIRST
from naast.desk.conversations.sync import read_new, sweep
from naast.desk.tables import CONVERSATION, EVENTS, MESSAGE, WORD
from naast.understanding.safety import verdict
from naast.understanding.safety.patterns import KINDS
from tests.desk.events import NOON, Said, rows, write


def found(desk, query: str):
    with desk.engine.connect() as connection:
        return [line["id"] for line in inbox.page(connection, Filters.read(QueryParams(query)), 1).lines]


def line(desk, number: int):
    with desk.engine.connect() as connection:
        return inbox.one(connection, number)


def test_a_line_says_what_happened(desk):
    said = line(desk, 3)
    assert (said["messages"], said["main_intent"], said["channel"]) == (3, "report_sextortion", "web")
    assert said["lowest_confidence"] == 0.28
    assert (said["safety"], said["safety_layers"]) == ("suicidal", "pattern")
    assert said["no_answer"] and said["did_not_help"] and said["stopped_at"] == "child_safe"
    assert not said["blame"] and not said["handed_over"] and said["fallbacks"] == 0
    calm = line(desk, 1)
    assert not calm["no_answer"] and calm["safety"] is None and calm["worry"] == 0


def test_of_two_kinds_of_alarm_both_are_found_and_the_gravest_comes_first(desk, visitor):
    said = [Said("ze wil dood", safety="suicidal"), Said("ze staat op het dak", safety="danger")]
    write(desk.engine, list(rows("d" * 32, said, NOON)))
    read_new(desk)
    assert found(desk, "flag=danger") == [4] and found(desk, "flag=suicidal") == [4, 3]
    assert list(flags_of(line(desk, 4)))[:2] == ["danger", "suicidal"]
    row = re.search(r'href="/conversations/4\?.*?</tr>', visitor("reviewer").get("/conversations").text, re.S)[0]
    assert re.findall(r'class="flag (\w+)"', row) == ["danger", "suicidal"]


def test_every_kind_of_alarm_has_its_place_and_its_filter():
    assert set(GRAVEST_FIRST) == set(KINDS) <= set(FLAGS)
    assert len(",".join(GRAVEST_FIRST)) <= CONVERSATION.c.safety.type.length


@pytest.mark.parametrize(
    "query, numbers",
    [
        ("", [3, 2, 1]),
        ("sort=worst", [3, 2, 1]),
        ("flag=suicidal", [3]),
        ("flag=suicidal&flag=blame", []),
        ("flag=by_pattern", [3]),
        ("flag=by_window", []),
        ("flag=not_handed_over", [3, 2, 1]),
        ("intent=ask_evidence", [1]),
        ("search=POLITIE", [3]),
        ("search=gechanteerd+snap", [3]),
        ("search=snap+gechanteerd", []),
        ("search=bewijs", [1]),
        ("search=%21%21", []),
        ("confidence=30", [3]),
        ("shortest=2", [3]),
        ("channel=web&status=open", [3, 2, 1]),
        ("stopped_at=child_safe", [3]),
        ("status=reviewed", []),
        ("tests=1", []),
        ("since=2030-01-01", []),
        ("until=2030-01-01&since=2026-01-01", [3, 2, 1]),
        ("since=nonsense&flag=nonsense&sort=nonsense&page=-1&confidence=x&shortest=9999999", [3, 2, 1]),
    ],
)
def test_each_filter_finds_what_it_names(desk, query, numbers):
    assert found(desk, query) == numbers


def test_the_layers_that_saw_danger_are_shown_and_each_has_a_filter(visitor):
    assert {f"by_{layer}" for layer in LAYERS} <= set(FLAGS)
    assert set(LAYERS) == {name for name in LAYERS if f'"{name}"' in Path(verdict.__file__).read_text(encoding="utf-8")}
    page = visitor("reviewer").get("/conversations").text
    assert re.search(r'class="flag suicidal">zelfmoord <small>patroon</small>', page)


def test_every_flag_is_a_filter_that_runs(desk):
    for flag in FLAGS:
        found(desk, f"flag={flag}")


def test_filters_read_back_what_they_write():
    asked = Filters.read(
        QueryParams("search=ik+en+jij&flag=blame&flag=safety&sort=worst&tests=1&shortest=3&since=2026-01-02")
    )
    assert Filters.read(QueryParams(asked.query())) == asked
    assert Filters().query() == "" and Filters().is_empty


def test_walking_through_a_filter_meets_each_once(desk):
    for query in ("", "sort=worst", "flag=not_handed_over&sort=worst"):
        filters = Filters.read(QueryParams(query))
        with desk.engine.connect() as connection:
            whole = [each["id"] for each in inbox.page(connection, filters, 1).lines]
            walked = [whole[0]]
            while True:
                onwards = inbox.neighbours(connection, filters, inbox.one(connection, walked[-1]))["next"]
                if onwards is None:
                    break
                assert inbox.neighbours(connection, filters, inbox.one(connection, onwards))["previous"] == walked[-1]
                walked.append(onwards)
        assert walked == whole


def test_a_conversation_that_goes_on_is_read_on_and_open_again(desk):
    with desk.writing.begin() as connection:
        connection.execute(CONVERSATION.update().values(status="reviewed"))
    write(desk.engine, list(rows(f"{1:032x}", [Said("nog een vraag over whatsapp")], NOON + 9000)))
    assert read_new(desk) == 1
    assert line(desk, 1)["messages"] == 2 and line(desk, 1)["status"] == "open"
    assert line(desk, 3)["status"] == "reviewed"
    assert found(desk, "search=whatsapp") == [1] and found(desk, "search=bewijs") == [1]
    assert read_new(desk) == 0


def test_where_nothing_is_new_nobody_is_kept_from_writing(desk):
    statements = []
    sa.event.listen(desk.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    assert read_new(desk) == 0
    assert statements and "BEGIN IMMEDIATE" not in statements


def test_what_was_given_out_late_is_read_too(desk):
    """PostgreSQL may commit event 900 after event 1000 was seen."""
    with desk.writing.begin() as connection:
        made = [{**row, "id": 1000 + number} for number, row in enumerate(rows("later", [Said("eerst gezien")]))]
        connection.execute(EVENTS.insert(), made)
    read_new(desk)
    with desk.writing.begin() as connection:
        made = [{**row, "id": 900 + number} for number, row in enumerate(rows("sooner", [Said("laat gezien")]))]
        connection.execute(EVENTS.insert(), made)
    assert read_new(desk) == 1 and len(found(desk, "search=laat")) == 1


def test_what_is_gone_from_the_events_goes_from_the_desk(desk):
    with desk.writing.begin() as connection:
        connection.execute(EVENTS.delete().where(EVENTS.c.sender_id == f"{3:032x}"))
    assert sweep(desk) == 1 and line(desk, 3) is None
    with desk.engine.connect() as connection:
        for table in (MESSAGE, WORD):
            left = sa.select(table.c.conversation_id).where(table.c.conversation_id == 3)
            assert connection.execute(left).first() is None


def test_the_page_shows_no_id_of_a_channel_and_no_exact_time(visitor):
    browser = visitor("reviewer")
    for path in ("/conversations", "/conversations/3", "/messages"):
        text = browser.get(path).text
        assert f"{3:032x}" not in text and not re.search(r"\b\d{1,2}:\d\d\b", text)
    assert "18-11-2026 middag" in browser.get("/conversations").text


def test_a_search_with_anything_in_it_is_only_a_search(visitor):
    browser = visitor("reviewer")
    for text in ("' OR 1=1 --", "<script>alert(1)</script>", "%_", "\x00", "𝔘", "a" * 5000):
        answer = browser.get("/conversations", params={"search": text})
        assert answer.status_code == 200 and "<script>alert" not in answer.text


def test_filters_are_saved_per_person_and_forgotten(visitor):
    mine, other = visitor("reviewer"), visitor("second")
    mine.post("/filters", data={"name": "Ernstig", "filters": "flag=suicidal&evil=1"})
    page = mine.get("/conversations").text
    assert 'href="/conversations?flag=suicidal"' in page and "Ernstig" not in other.get("/conversations").text
    number = re.search(r"/filters/(\d+)/forget", page)[1]
    other.post(f"/filters/{number}/forget")
    assert "Ernstig" in mine.get("/conversations").text
    mine.post(f"/filters/{number}/forget")
    assert "Ernstig" not in mine.get("/conversations").text
