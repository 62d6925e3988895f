"""Doubtful messages that say nearly the same are labelled together."""

import re

import pytest

from naast.desk.conversations.sync import read_new
from naast.desk.reviews import doubtful
from tests.desk.events import NOON, Said, rows, write
from tests.desk.judging import kept


@pytest.fixture
def alike(desk):
    """Five messages that say nearly the same, two that do not, all doubtful."""
    texts = ["hoe lang duurt dat nou", "hoe lang duurt dit nou", "Hoe lang duurt dat nou??", "hoe lang duurt dat nou ?"]
    texts += ["en hoe lang duurt dat nou", "mag de hond ook mee", "kan het ook per brief"]
    for number, text in enumerate(texts):
        said = Said(text, intent="greet", confidence=0.2 + number / 100)
        write(desk.engine, list(rows(f"alike{number}", [said], NOON)))
    read_new(desk)
    return texts


def test_near_duplicates_are_grouped_the_largest_group_first(desk, alike):
    with desk.engine.connect() as connection:
        found = doubtful.groups(connection, 10)
    assert [len(group.messages) for group in found][:2] == [5, 1]
    assert {message.text for message in found[0].messages} == set(alike[:5])
    assert found[0].guesses[:2] == ["greet", "ask_helpwanted"]


def test_one_key_labels_a_group_and_can_be_undone(desk, visitor, alike):
    browser = visitor("reviewer")
    with desk.engine.connect() as connection:
        group = doubtful.groups(connection, 1)[0]
        waiting = doubtful.waiting(connection)
    data = {"intent": "ask_aftercare", "message": [m.event_id for m in group.messages]}
    answer = browser.post("/messages", data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.text and "5 keer bewaard" in answer.text
    assert [value["intent"] for _, value, _ in kept(desk, "intent")] == ["ask_aftercare"] * 5
    again = visitor("second").post("/messages", data=data, headers={"HX-Request": "true"})
    assert "5 waren al door een collega gedaan" in again.text and len(kept(desk, "intent")) == 5
    undone = {"correction": re.findall(r'name="correction" value="(\d+)"', answer.text)}
    browser.post("/messages/undo", data=undone)
    with desk.engine.connect() as connection:
        assert doubtful.waiting(connection) == waiting and kept(desk, "intent") == []


def test_a_group_is_labelled_whole_however_large(desk, visitor):
    said = [Said("hoe lang duurt dat nou", intent="greet", confidence=0.2)] * (doubtful.LOOKED_AT - 1)
    write(desk.engine, list(rows("many", said, NOON)))
    read_new(desk)
    with desk.engine.connect() as connection:
        group = [message.event_id for message in doubtful.groups(connection, 1)[0].messages]
    browser = visitor("reviewer")
    data = {"intent": "ask_aftercare", "message": group}
    answer = browser.post("/messages", data=data, headers={"HX-Request": "true"})
    assert f"{len(said)} keer bewaard" in answer.text and "collega" not in answer.text
    browser.post("/messages/undo", data={"correction": re.findall(r'name="correction" value="(\d+)"', answer.text)})
    assert kept(desk, "intent") == []
    assert browser.post("/messages", data={**data, "message": [*group, 1, 2]}).status_code == 400
