"""A hundred thousand conversations: every page of work within a fifth of a second, the figures in a half."""

import statistics

from naast.desk.conversations import inbox, reading
from naast.desk.conversations.filters import Filters
from tests.desk.many import ALL, fill, measure

MILLISECONDS = 200
COUNTS = {"/figures": 500}
"""A month of figures is counted anew at each look, which nobody does between two conversations."""


def test_every_page_is_there_at_once(empty_desk):
    fill(empty_desk)
    with empty_desk.engine.connect() as connection:
        assert inbox.page(connection, Filters(), 1).found == ALL
        line = inbox.one(connection, 70_000)
        assert len(reading.turns(connection, line["sender_id"], empty_desk.guidance)) == line["messages"]
    measured = measure(empty_desk)
    assert measured["/conversations"][0] < MILLISECONDS, "the first page of the inbox after a start"
    taken = {path: statistics.median(times) for path, times in measured.items()}
    assert not {path: time for path, time in taken.items() if time > COUNTS.get(path, MILLISECONDS)}
