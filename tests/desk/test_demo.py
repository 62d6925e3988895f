"""What the demonstration says, without servers: scripts that name nobody, and a password told once."""

import json

import sqlalchemy as sa

from naast.desk.auth import accounts
from naast.desk.conversations.summary import did_not_help
from naast.desk.tables import EVENTS
from naast.desk.training.checking import objections
from naast.desk.training.known import learnt_from
from tests.desk import demo, seeds
from tests.desk.events import NOON, Said, rows, write
from tests.servers import ROOT, Conversation


def test_there_are_two_hundred_and_the_worst_stand_out():
    scripts = seeds.scripts()
    assert len(scripts) == seeds.COUNT and scripts == seeds.scripts()
    complaining = [number for number, script in enumerate(scripts) if any(map(did_not_help, script))]
    assert complaining == list(seeds.WORST_AT)
    hard = {text for text, _ in seeds.hard()}
    assert hard <= {said for script in scripts for said in script}


def test_what_is_hard_may_be_learnt_from(known_vocabulary):
    known = learnt_from([ROOT / "data" / "nlu"])
    for text, intent in seeds.hard():
        assert intent in known_vocabulary.intents and objections(text, intent, known) == [], text


def test_buttons_are_pressed_where_there_are_some():
    said = []

    class Parent(Conversation):
        def _post(self, body):
            said.append(body)
            self.answers.append([{"text": "x", "buttons": [{"title": "ja", "payload": "/affirm"}]}])
            return self.answers[-1]

    seeds.hold(Parent("", "x"), ["hallo", seeds.PRESS])
    assert said == [{"message": "hallo"}, {"payload": "/affirm"}]


def test_the_conversations_lie_a_month_apart_on_the_channel_of_parents(tmp_path):
    desk = demo.open_demo(tmp_path)
    for number in range(seeds.COUNT):
        write(desk.engine, list(rows(f"{seeds.COUNT - number:032x}", [Said("hallo")], NOON + number, "rest")))
    demo.spread(desk.engine, NOON)
    with desk.engine.connect() as connection:
        began = [moment for _, moment in demo.held(connection)]
        read = [json.loads(data) for data in connection.execute(sa.select(EVENTS.c.data)).scalars()]
        stamps = connection.execute(sa.select(EVENTS.c.timestamp)).scalars().all()
    assert began == sorted(began) and began[0] == NOON - demo.DAYS * 86400 and began[-1] < NOON
    assert [each["timestamp"] for each in read] == stamps
    assert {each["input_channel"] for each in read if each["event"] == "user"} == {demo.CHANNEL}


def test_each_start_has_a_new_password(tmp_path):
    desk = demo.open_demo(tmp_path)
    first, second = demo._account(desk), demo._account(desk)
    assert accounts.log_in(desk, demo.NAME, first, "") is None
    assert accounts.log_in(desk, demo.NAME, second, "")
