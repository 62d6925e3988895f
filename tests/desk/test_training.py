"""From judgements to files: what may be learnt from, what is refused, and what the files hold."""

import html
import re

import pytest
import sqlalchemy as sa
import yaml
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from naast.desk.conversations.sync import read_new
from naast.desk.tables import CONVERSATION, CORRECTION, ITEM, MESSAGE
from naast.desk.training import candidates, patch
from naast.desk.training.batches import Item
from naast.desk.training.checking import objections
from naast.desk.training.known import learnt_from
from tests.desk.events import NOON, Said, rows, write
from tests.desk.judging import SAID, judge
from tests.servers import ROOT


def waiting(desk, known=None):
    with desk.engine.connect() as connection:
        return candidates.waiting(connection, known or {})


@pytest.mark.parametrize(
    "text, intent, found",
    [
        ("hoe lang duurt dat", "ask_police", []),
        ("hoe lang duurt dat [naam]", "ask_police", []),
        ("bel me op 0612345678", "ask_police", ["identifying"]),
        ("mail jan@voorbeeld.nl", None, ["identifying"]),
        ("  ", "greet", ["empty"]),
        ("x" * 6000, "greet", ["too_long"]),
        ("ze is [14](leeftijd)", "greet", ["markup"]),
        ('ze is [14]{"entity": "leeftijd"}', "greet", ["markup"]),
        ("/restart", "greet", ["markup"]),
        ("Hallo  daar", "greet", ["known"]),
        ("hallo daar", "thank", ["other_intent"]),
        ("hallo daar", None, []),
    ],
)
def test_what_is_against_learning_from_a_text(text, intent, found):
    assert objections(text, intent, {"hallo daar": "greet"}) == found


def test_the_training_data_is_read_whole():
    known = learnt_from([ROOT / "data" / "nlu"])
    assert len(known) > 10_000 and known["moeten we betalen?"] == "ask_should_we_pay"


def test_what_reviewers_agree_on_waits_and_what_they_dispute_is_said(desk, said):
    judge(desk, said[0], "ask_police")
    judge(desk, said[0], "ask_police", account=4)
    judge(desk, said[3], "ask_police")
    judge(desk, said[3], "ask_should_we_pay", account=4)
    first, last = waiting(desk)
    assert (first.intent, first.disputed, first.by, first.is_ready) == (
        "ask_police",
        False,
        ["reviewer", "second"],
        True,
    )
    assert (last.intent, last.disputed, last.is_ready) == (None, True, False)


def test_a_message_that_says_who_somebody_is_cannot_get_into_a_batch(desk, said, visitor):
    for event_id in said[:3]:
        judge(desk, event_id, "ask_police")
    browser = visitor("trainer")
    page = browser.get("/batches").text
    assert page.count("Hier staat nog iets in dat zegt wie iemand is") == 2
    assert re.findall(r'name="include" value="(\d+)" checked', page) == [str(said[0])]
    answer = browser.post("/batches", data={"include": said[:2], f"intent-{said[0]}": "ask_police"})
    assert answer.status_code == 409 and "Er is niets bewaard" in answer.text
    with desk.engine.connect() as connection:
        assert connection.execute(sa.select(ITEM)).all() == []
        assert connection.execute(sa.select(CORRECTION).where(CORRECTION.c.batch_id.is_not(None))).all() == []


def test_a_message_in_other_words_goes_along_and_the_files_hold_those(desk, said, visitor):
    judge(desk, said[0], "ask_police")
    judge(desk, said[1], "human_handover")
    facts = [{"entity": "platforms", "value": "snapchat", "start": 0, "end": 3}]
    judge(desk, said[0], None, kind="facts", facts=[*facts, {"entity": "paid", "value": False, "start": 4, "end": 5}])
    judge(desk, said[0], None, kind="answer", answer="late", reason="Kevin had dit eerder moeten horen")
    browser = visitor("trainer")
    data = {"name": "eerste bundel", "include": said[:2]}
    data.update(
        {
            f"intent-{said[0]}": "ask_police",
            f"text-{said[1]}": "kan iemand mij bellen",
            f"intent-{said[1]}": "human_handover",
        }
    )
    answer = browser.post("/batches", data=data)
    assert answer.headers["location"] == "/batches/1"
    assert waiting(desk) == []
    files = {
        name: browser.get(f"/batches/1/files/{name}")
        for name in ("review_1_nlu_nl.yml", "test_review_1.yml", "review_1_facts_nl.yml", "review_1_answers.md")
    }
    assert all(f'href="/batches/1/files/{name}"' in browser.get("/batches/1").text for name in files)
    assert all(file.headers["content-disposition"].startswith("attachment") for file in files.values())
    learnt = RasaYAMLReader().reads(files["review_1_nlu_nl.yml"].text)
    assert {(m.get("text"), m.get("intent")) for m in learnt.intent_examples} == {
        (SAID[0], "ask_police"),
        ("kan iemand mij bellen", "human_handover"),
    }
    story = yaml.safe_load(files["test_review_1.yml"].text)["stories"][0]
    assert [step.get("action") for step in story["steps"][1::2]] == ["action_advise", "action_advise"]
    assert yaml.safe_load(files["review_1_facts_nl.yml"].text) == [
        [{"text": SAID[0], "facts": {"platforms": ["snapchat"], "paid": False}}]
    ]
    notes = files["review_1_answers.md"].text
    assert "`ask_police.default` late" in notes and "Kevin" not in notes
    assert not any("0612345678" in file.text for file in files.values())
    assert browser.get("/batches/1/files/passwd").status_code == 404


def as_browsers_send(page):
    """What the form of the waiting messages sends when nobody touches it: a text area's lines end in two characters."""
    texts = re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.S)
    sent = {name: html.unescape(text).replace("\n", "\r\n") for name, text in texts}
    return {**sent, "include": re.findall(r'name="include" value="(\d+)" checked', page)}


@pytest.mark.parametrize("text", ["hij is 14\nen zit op snapchat", "\nhij is 14\r\nop snapchat ", "hij is 14"])
def test_a_message_that_was_only_read_keeps_its_facts(desk, visitor, text):
    write(desk.engine, list(rows("e" * 32, [Said(text)], NOON)))
    read_new(desk)
    with desk.engine.connect() as connection:
        event_id = connection.execute(sa.select(MESSAGE.c.event_id).where(MESSAGE.c.conversation_id == 4)).scalar()
    judge(desk, event_id, None, kind="facts", facts=[{"entity": "child_age", "value": 14, "start": 7, "end": 9}])
    browser = visitor("trainer")
    assert browser.post("/batches", data=as_browsers_send(browser.get("/batches").text)).status_code == 303
    facts = yaml.safe_load(browser.get("/batches/1/files/review_1_facts_nl.yml").text)
    assert facts == [[{"text": " ".join(text.split()), "facts": {"child_age": 14}}]]
    assert waiting(desk) == []


def test_facts_wait_where_the_words_were_changed(desk, said, visitor):
    judge(desk, said[0], "ask_police")
    judge(desk, said[0], None, kind="facts", facts=[{"entity": "paid", "value": True, "start": 0, "end": 3}])
    browser = visitor("trainer")
    data = {"include": said[0], f"text-{said[0]}": "hoe lang loopt zoiets", f"intent-{said[0]}": "ask_police"}
    browser.post("/batches", data=data)
    (left,) = waiting(desk)
    assert left.intent is None and left.facts == {"paid": True}
    alone = browser.post("/batches", data={**data, f"intent-{said[0]}": ""})
    assert alone.status_code == 409 and "niets van te leren" in alone.text


def test_a_batch_that_is_taken_apart_waits_again(desk, said, visitor):
    judge(desk, said[0], "ask_police")
    browser = visitor("trainer")
    browser.post("/batches", data={"include": said[:1], f"intent-{said[0]}": "ask_police"})
    assert waiting(desk) == []
    browser.post("/batches/1/dissolve")
    assert [each.event_id for each in waiting(desk)] == said[:1]
    assert "0 berichten" in browser.get("/batches/1").text


def test_what_the_redactor_learns_later_holds_for_old_batches_too(desk, said, visitor):
    judge(desk, said[0], "ask_police")
    browser = visitor("trainer")
    browser.post("/batches", data={"include": said[:1], f"intent-{said[0]}": "ask_police"})
    with desk.writing.begin() as connection:
        connection.execute(ITEM.update().values(text="bel 0612345678"))
    assert browser.get("/batches/1/files/review_1_nlu_nl.yml").status_code == 409
    assert browser.post("/batches/1/trials").status_code == 409


def test_erasing_a_conversation_takes_its_messages_out_of_a_batch(desk, said, visitor):
    judge(desk, said[0], "ask_police")
    browser = visitor("trainer")
    browser.post("/batches", data={"include": said[:1], f"intent-{said[0]}": "ask_police"})
    with desk.writing.begin() as connection:
        connection.execute(CONVERSATION.delete().where(CONVERSATION.c.id == 4))
    assert SAID[0] not in browser.get("/batches/1").text
    assert browser.get("/batches/1/files/review_1_nlu_nl.yml").status_code == 404


def test_every_intent_that_has_a_rule_has_an_action():
    actions = patch.actions_by_intent(ROOT / "data" / "rules")
    assert actions["ask_police"] == "action_advise" and actions["report_suicidal_risk"] == "action_safety"


def test_stranger_texts_survive_the_files():
    texts = ["komma: en 'aanhaling'", "- streepje", "# hek", "regel\neen", "emoji 😢", '"{x}"', "* ster", "ja", "1"]
    items = [Item(number, 1, text, "ask_police", {"paid": True}) for number, text in enumerate(texts)]
    learnt = RasaYAMLReader().reads(patch.nlu(items, "review_1"))
    assert [m.get("text") for m in learnt.intent_examples] == [" ".join(text.split()) for text in texts]
    told = yaml.safe_load(patch.stories(items, {"ask_police": "action_advise"}, 1))["stories"][0]["steps"]
    assert [step["user"].strip() for step in told[::2]] == [" ".join(text.split()) for text in texts]
    assert [each["text"] for each in yaml.safe_load(patch.facts(items))[0]] == [
        " ".join(text.split()) for text in texts
    ]
