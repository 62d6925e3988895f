"""What the demonstration says, without servers: scripts that name nobody, and a password told once."""

from naast.desk.auth import accounts
from naast.desk.conversations.summary import did_not_help
from naast.desk.training.checking import objections
from naast.desk.training.known import learnt_from
from tests.desk import demo, seeds
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


def test_each_start_has_a_new_password(tmp_path):
    desk = demo.open_demo(tmp_path)
    first, second = demo._account(desk), demo._account(desk)
    assert accounts.log_in(desk, demo.NAME, first, "") is None
    assert accounts.log_in(desk, demo.NAME, second, "")
