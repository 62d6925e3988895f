"""What says that Naast did not help, and what only looks like it; who wanted a person."""

import pytest

from naast.desk.conversations.summary import did_not_help, summarise
from tests.desk.events import NOON

NOT_HELPED = {"entities": [{"entity": "topic", "value": "not_helped", "start": 0, "end": 4}]}


@pytest.mark.parametrize(
    "text",
    [
        "dat helpt niet",
        "dat hielp niet",
        "dat hielp mij niet echt",
        "je hebt me niet geholpen",
        "hier heb ik niks aan",
        "daar heb ik niets aan",
        "Je begrijpt me niet!",
        "that didn't help at all",
        "that didn’t help",
        "this is not helping",
        "no use to me",
    ],
)
def test_a_parent_who_was_not_helped_is_heard(text):
    assert did_not_help(text)


@pytest.mark.parametrize(
    "text",
    [
        "er is niets aan de hand",
        "er is niks aan de hand hoor",
        "ik kan er niets aan doen",
        "daar is niks aan te zien",
        "dat helpt, dank je",
        "hielp je dochter vroeger ook mee",
        "there is nothing the matter",
        "can you help me",
    ],
)
def test_calm_words_are_no_complaint(text):
    assert not did_not_help(text)


def test_what_the_facts_read_as_a_complaint_counts_too():
    assert did_not_help("daar schieten we niks mee op", NOT_HELPED)
    assert not did_not_help("daar schieten we niks mee op")
    assert not did_not_help("en nu", {"entities": [{"entity": "topic", "value": "tonight"}]})


def said(intent, **parse):
    parse = {"intent": {"name": intent, "confidence": 0.9}, **parse}
    return [(1, NOON, {"event": "user", "text": "hallo", "parse_data": parse})]


def test_who_asks_for_a_person_beside_something_else_wants_one():
    also = [{"intent": "human_handover", "confidence": 0.7}]
    assert summarise(said("human_handover")).columns["handed_over"]
    assert summarise(said("ask_police", also_asked=also)).columns["handed_over"]
    assert not summarise(said("ask_police", also_asked=[])).columns["handed_over"]


def test_a_line_counts_the_complaint_that_the_facts_read():
    assert summarise(said("deny", **NOT_HELPED)).columns["did_not_help"]
