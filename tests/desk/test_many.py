"""A hundred thousand conversations: every page within a fifth of a second."""

import statistics

from naast.desk.conversations import inbox
from naast.desk.conversations.filters import Filters
from tests.desk.many import ALL, fill, measure

MILLISECONDS = 200


def test_every_page_is_there_at_once(empty_desk):
    fill(empty_desk)
    with empty_desk.engine.connect() as connection:
        assert inbox.page(connection, Filters(), 1).found == ALL
    slow = {path: taken for path, taken in measure(empty_desk).items() if statistics.median(taken) > MILLISECONDS}
    assert not slow
