"""The picture of how it goes: what is counted, of which days, and what is not."""

import csv
import datetime
import io
import re

import pytest
import sqlalchemy as sa

from naast.desk.conversations.filters import Filters
from naast.desk.conversations.sync import read_new
from naast.desk.figures import period
from naast.desk.figures.agreement import kappa
from naast.desk.figures.all import COUNTED_BY, ROLES, count
from naast.desk.figures.drawing import draw, scale
from naast.desk.figures.figure import LIST, Asked
from naast.desk.reviews import corrections
from naast.desk.tables import CONVERSATION, EVENTS, MESSAGE
from naast.desk.texts import load_texts
from tests.desk.events import NOON, Said, rows, write

DAY = 86_400
TODAY = datetime.date(2026, 11, 18)


def figure(desk, name, since="", until="", **filters):
    days = period.read(since, until, TODAY)
    asked = Asked(Filters(since=days.since.isoformat(), until=days.until.isoformat(), **filters), days, desk.guidance)
    with desk.engine.connect() as connection:
        return count(connection, asked, [name])[name]


def cells(found):
    return {row.label: row.cells for row in found.rows}


@pytest.fixture
def more(desk):
    """Beside the three conversations of `desk`: one the day before over Telegram, and a test."""
    lost = [
        Said("kan ik een mens spreken", intent="human_handover"),
        Said("blub", intent="nlu_fallback", confidence=0.1),
    ]
    write(desk.engine, list(rows("b" * 32, lost, NOON - DAY, "telegram")))
    tried = list(rows("c" * 32, [Said("verzonnen verhaal", intent="express_panic", item="blame.default")], NOON))
    for row in tried:
        row["data"] = row["data"].replace('"metadata": {}', '"metadata": {"test": true}')
    write(desk.engine, tried)
    read_new(desk)
    return desk


def judge(desk, conversation, kind, value, *accounts, message=0):
    """A message of a conversation, the first unless said otherwise, judged by each of these accounts."""
    with desk.writing.begin() as connection:
        typed = sa.select(MESSAGE.c.event_id).where(MESSAGE.c.conversation_id == conversation)
        said = connection.execute(typed.order_by(MESSAGE.c.event_id)).scalars().all()
        about = {"conversation_id": conversation, "event_id": said[message]}
        for account in accounts:
            given = {"kind": kind, "value": {kind: value}, "reason": "", "seen": corrections.ALL_SEEN, "now": 1}
            corrections.correct(connection, account_id=account, **about, **given)


def test_conversations_are_counted_by_day_part_of_the_day_and_channel(more):
    days = figure(more, "per_day")
    assert [column.name for column in days.columns] == ["web", "telegram"]
    assert len(days.rows) == period.DAYS
    counted = {day: numbers for day, numbers in cells(days).items() if any(numbers)}
    assert counted == {"2026-11-17": (0, 1), "2026-11-18": (3, 0)}
    assert sum(sum(numbers) for numbers in cells(figure(more, "per_part_of_day")).values()) == 4


def test_only_the_days_and_the_channel_that_are_asked_for_count(more):
    assert set(cells(figure(more, "per_day", "2026-11-17", "2026-11-17"))) == {"2026-11-17"}
    assert [column.name for column in figure(more, "per_day", channel="telegram").columns] == ["telegram"]
    assert figure(more, "intents", "2026-01-01", "2026-01-31").is_empty


def test_tests_count_nowhere(more):
    with more.engine.connect() as connection:
        wanted = sa.select(CONVERSATION.c.id).where(CONVERSATION.c.is_test.is_(True))
        assert len(connection.execute(wanted).all()) == 1
    assert "express_panic" not in cells(figure(more, "intents"))
    assert "blame.default" not in cells(figure(more, "guidance_used"))


def test_what_parents_come_with_leaves_out_buttons(more):
    assert cells(figure(more, "intents"))["ask_police"] == (1, pytest.approx(1 / 6))


def test_fallbacks_and_doubt_are_shares_of_typed_messages(more):
    found = cells(figure(more, "not_understood"))
    assert found["2026-11-17"] == (0.5, 0, 2)
    assert found["2026-11-18"] == (0, 0.25, 4)
    assert found["2026-11-16"] == (None, None, 0)


def test_who_wants_a_person_is_a_share_of_conversations(more):
    found = cells(figure(more, "handed_over"))
    assert found["2026-11-17"] == (1, 1, 1) and found["2026-11-18"] == (0, 0, 3)


def test_where_parents_stop_names_what_was_asked(more):
    row = figure(more, "stops").rows[0]
    assert (row.label, row.cells, row.detail) == ("child_safe", (1, 0.25), more.guidance.questions["child_safe"].text)


@pytest.mark.parametrize(
    "verdicts, numbers",
    [
        ({}, (0, 0, 0, 1, None)),
        ({1: "confirmed"}, (1, 0, 0, 0, 1)),
        ({1: "false", 2: "false"}, (0, 0, 1, 0, 0)),
        ({1: "false", 4: "confirmed"}, (0, 1, 0, 0, None)),
    ],
)
def test_alarms_are_confirmed_false_disputed_or_not_judged(desk, verdicts, numbers):
    for account, verdict in verdicts.items():
        judge(desk, 3, "safety", verdict, account)
    assert cells(figure(desk, "safety")) == {"suicidal": numbers}


def test_an_alarm_that_is_disputed_is_not_settled_by_another_that_was_false(desk):
    judge(desk, 3, "safety", "false", 1)
    judge(desk, 3, "safety", "confirmed", 4)
    judge(desk, 3, "safety", "false", 1, message=1)
    assert cells(figure(desk, "safety")) == {"suicidal": (0, 1, 0, 0, None)}


def test_a_conversation_counts_once_under_its_gravest_alarm(desk):
    said = [Said("ze wil dood", safety="suicidal"), Said("ze staat op het dak", safety="danger")]
    write(desk.engine, list(rows("d" * 32, said, NOON)))
    read_new(desk)
    assert cells(figure(desk, "safety")) == {"danger": (0, 0, 0, 1, None), "suicidal": (0, 0, 0, 1, None)}


def test_every_item_was_said_or_never(more):
    used, never = figure(more, "guidance_used"), figure(more, "guidance_never_used")
    assert cells(used)["ask_police.default"] == (4,)
    assert {row.label for row in used.rows} | {row.label for row in never.rows} == {
        item.id for item in more.guidance.items()
    }
    assert not {row.label for row in used.rows} & {row.label for row in never.rows}


def test_an_item_that_is_gone_from_the_guidance_is_counted_still(desk):
    write(desk.engine, list(rows("d" * 32, [Said("hoi", item="long.gone")], NOON)))
    read_new(desk)
    assert cells(figure(desk, "guidance_used"))["long.gone"] == (1,)


def test_kappa_is_what_it_is_by_hand():
    """Ten messages: 4 and 3 alike, 3 not. By chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5, so (0.7 - 0.5) / 0.5."""
    verdicts = [("a", "a")] * 4 + [("b", "b")] * 3 + [("a", "b")] + [("b", "a")] * 2
    assert kappa(verdicts) == pytest.approx(0.4)
    assert kappa([("a", "a"), ("a", "a")]) is None
    assert kappa([("a", "b"), ("b", "a")]) == pytest.approx(-1)


def test_agreement_is_of_messages_that_two_have_judged_and_of_what_holds(desk):
    judge(desk, 1, "intent", "ask_evidence", 1, 4)
    judge(desk, 3, "intent", "greet", 1)
    judge(desk, 3, "intent", "ask_police", 4)
    judge(desk, 3, "intent", "greet", 4)  # thought better of it
    (row,) = figure(desk, "agreement").rows
    assert (row.label, row.detail, row.cells) == ("intent", "reviewer, second", (1, 1, 2))


def test_a_desk_without_anything_has_figures_too(empty_desk):
    for name in COUNTED_BY:
        found = figure(empty_desk, name)
        assert found.is_empty or found.kind == LIST


def test_long_times_are_shown_by_week():
    year = period.read("2025-11-19", "2026-11-18", TODAY)
    assert year.by_week and len(year.parts()) == 53
    assert year.part_of("2026-11-18") == "2026-11-16"
    assert year.summed([("2026-11-18", (2,)), ("2026-11-16", (3,))], 1)["2026-11-16"] == [5]


@pytest.mark.parametrize(
    "since, until",
    [("x", ""), ("2026-13-45", ""), ("", "9999-01-01"), ("2027-01-01", "2026-01-01"), ("0001-01-01", "")],
)
def test_days_that_make_no_sense_are_left_out(since, until):
    found = period.read(since, until, TODAY)
    assert found.since <= found.until and (found.until - found.since).days < period.MOST_DAYS


@pytest.mark.parametrize("highest", [0, 0.004, 0.37, 1, 1.5, 3, 7, 10, 99, 101, 12_345])
@pytest.mark.parametrize("whole", [True, False])
def test_a_scale_is_round_short_and_high_enough(highest, whole):
    ticks = scale(highest, whole)
    assert 2 <= len(ticks) <= 7 and ticks[0] == 0 and ticks[-1] >= highest - 1e-9
    assert not whole or all(tick == int(tick) for tick in ticks)


def test_everything_drawn_stays_within_its_picture(more):
    judge(more, 1, "intent", "ask_evidence", 1, 4)
    judge(more, 3, "intent", "ask_police", 1, 4)
    for texts in load_texts().values():
        for name in COUNTED_BY:
            found = figure(more, name)
            if found.kind != LIST and not found.is_empty:
                drawing = draw(texts, found)
                assert drawing.boxes
                for box in drawing.boxes:
                    assert box.x >= 0 and box.y >= 0 and box.width > 0 and box.height > 0
                    assert box.x + box.width <= drawing.width + 0.01 and box.y + box.height <= drawing.height


def test_the_page_shows_each_figure_with_its_table(more, visitor):
    judge(more, 1, "intent", "ask_evidence", 1, 4)
    text = visitor("trainer").get("/figures").text
    for name in COUNTED_BY:
        assert f'href="/figures/{name}.csv' in text, name
    assert text.count("<svg") > text.count("<table") - 2 and "style=" not in text
    assert 'href="/guidance/ask_police.default"' in text


def test_each_figure_is_taken_along_as_a_spreadsheet(more, visitor):
    browser = visitor("trainer")
    answer = browser.get("/figures/per_day.csv?since=2026-11-17&until=2026-11-18")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) == [
        ["Wat", "website", "Telegram"],
        ["2026-11-17", "0", "1"],
        ["2026-11-18", "3", "0"],
    ]
    for name in COUNTED_BY:
        assert browser.get(f"/figures/{name}.csv").status_code == 200, name
    assert browser.get("/figures/nonsense.csv").status_code == 404


def test_how_far_colleagues_agree_is_for_trainers_only(more, visitor):
    judge(more, 1, "intent", "ask_evidence", 1, 4)
    reviewer, trainer = visitor("reviewer"), visitor("trainer")
    assert "agreement.csv" in trainer.get("/figures").text and "agreement" not in reviewer.get("/figures").text
    assert reviewer.get("/figures/agreement.csv").status_code == 403
    assert trainer.get("/figures/agreement.csv").status_code == 200
    assert ROLES["agreement"] == "trainer"


def test_every_name_in_a_figure_has_a_text(more):
    """What stands for itself is an id or a name of ours; everything else is said in both languages."""
    for texts in load_texts().values():
        for name in COUNTED_BY:
            assert texts(f"figure.{name}") and texts(f"figure_says.{name}")
            for column in figure(more, name).columns:
                assert f"{column.group}.{column.name}" in texts.texts, (name, column.name)


def test_figures_hold_no_word_of_a_parent(more, visitor):
    with more.engine.connect() as connection:
        said = connection.execute(sa.select(MESSAGE.c.text)).scalars().all()
        senders = connection.execute(sa.select(EVENTS.c.sender_id).distinct()).scalars().all()
    text = visitor("trainer").get("/figures").text
    assert not [each for each in (*said, *senders) if each in text]
    assert not re.search(r"\b\d{1,2}:\d\d\b", text)
