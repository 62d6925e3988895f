"""The demonstration of the desk, with the real model: the worst are found, and there is enough to correct."""

import pytest
import sqlalchemy as sa

from naast.desk import database
from naast.desk.clock import now
from naast.desk.conversations import inbox
from naast.desk.conversations.filters import Filters
from naast.desk.conversations.sync import read_new
from naast.desk.desk import Desk
from naast.desk.reviews import doubtful
from naast.desk.tables import CONVERSATION, MESSAGE
from naast.desk.texts import load_texts
from tests.desk import demo, seeds
from tests.servers import running

CORRECTIONS = 10


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The whole demonstration on servers of its own: other conversations would be among its worst."""
    folder = tmp_path_factory.mktemp("demo")
    engine = database.connect(f"sqlite:///{folder}/naast.db")
    database.upgrade(engine)
    made = Desk(engine, demo.URL, b"k" * 32, load_texts(), now)
    with running(folder) as servers:
        demo.fill(servers.conversation)
    demo.spread(engine, now())
    read_new(made)
    return made


def test_the_three_worst_of_two_hundred_come_first(desk):
    with desk.engine.connect() as connection:
        senders = [sender for sender, _ in demo.held(connection)]
        page = inbox.page(connection, Filters(sort="worst"), 1)
    assert page.found == seeds.COUNT
    worst = {senders[place] for place in seeds.WORST_AT}
    assert {line["sender_id"] for line in page.lines[:3]} == worst
    assert page.lines[2]["worry"] > page.lines[3]["worry"], "a fourth one is as bad"


def test_there_are_real_failures_to_correct(desk):
    meant = dict(seeds.hard())
    with desk.engine.connect() as connection:
        made = connection.execute(sa.select(MESSAGE.c.text, MESSAGE.c.intent).where(MESSAGE.c.text.in_(meant))).all()
        assert doubtful.waiting(connection) >= CORRECTIONS
    wrong = [text for text, intent in made if intent != meant[text]]
    assert len(wrong) >= CORRECTIONS, f"{len(wrong)} of {len(made)}"


def test_it_looks_like_a_month_of_the_parents_channel(desk):
    with desk.engine.connect() as connection:
        days = connection.execute(sa.select(sa.func.count(sa.distinct(CONVERSATION.c.day)))).scalar()
        channels = connection.execute(sa.select(CONVERSATION.c.channel).distinct()).scalars().all()
        languages = connection.execute(sa.select(CONVERSATION.c.language).distinct()).scalars().all()
    assert days >= demo.DAYS - 1 and channels == [demo.CHANNEL] and set(languages) == {"nl", "en"}
