"""Lessons: what is stripped, who may see what, and a trainee who answers first."""

import json
import re

import pytest
import sqlalchemy as sa

from naast.desk.conversations.sync import read_new
from naast.desk.tables import AUDIT, CONVERSATION, EXTRACT, LESSON
from naast.desk.teaching.handout import letter
from naast.desk.teaching.stripping import look_again, strip, strip_answer
from naast.desk.texts import load_texts
from tests.desk.events import NOON, Said, rows, write


@pytest.fixture
def trainer(visitor):
    return visitor("trainer")


@pytest.fixture
def parts(desk, trainer):
    """Conversation 3 in lesson 1, chosen but not read yet: its parts."""
    assert trainer.post("/conversations/3/lessons", data={"name": "Eerste les"}).headers["location"] == "/lessons/1"
    return kept(desk)


@pytest.fixture
def ready(trainer, parts):
    """The same, read by a trainer."""
    answer = save(trainer, parts)
    assert answer.status_code == 303, answer.text
    return parts


def kept(desk, column="parts"):
    with desk.engine.connect() as connection:
        value = connection.execute(sa.select(EXTRACT.c[column])).scalar()
    return json.loads(value) if column == "parts" else value


def save(browser, parts, texts=(), seen=0, read="1", questions="Wat nu?", shown=None, asks=None):
    everything = [str(part["event_id"]) for part in parts]
    fields = {"seen": seen, "read": read, "questions": questions}
    fields.update({"shown": shown or everything, "asks": everything if asks is None else asks})
    for part, text in zip(parts, [*texts, *(part["text"] for part in parts[len(texts) :])]):
        fields[f"text-{part['event_id']}"] = text
    return browser.post("/lessons/1/extracts/1", data=fields)


@pytest.mark.parametrize(
    "said, left",
    [
        ("mijn zoon van 14 wordt gechanteerd", "mijn zoon van [leeftijd] wordt gechanteerd"),
        ("ze willen 500 euro, of €1.250,50, of € 50", "ze willen [bedrag], of [bedrag], of [bedrag]"),
        ("onze 14-jarige, 15 jaar bijna", "onze [leeftijd]-jarige, [leeftijd] jaar bijna"),
        ("zit in 4e klas sinds 12-3", "zit in [getal] klas sinds [getal]"),
        ("vijftien, zei ze Maandag in maart", "[getal], zei ze [dag] in [maand]"),
        ("moet ik 112 of 113 bellen, of 0800-0113", "moet ik 112 of 113 bellen, of 0800-0113"),
        ("hij is bij 06 12345678 te bereiken", "hij is bij [telefoon] te bereiken"),
    ],
)
def test_what_places_a_story_is_stripped_and_what_is_taught_stays(said, left):
    assert strip(said, load_texts()["nl"]) == left


def test_stripping_twice_changes_nothing_more():
    texts = load_texts()["nl"]
    once = strip("mijn zoon van 14 moet maandag 500 euro betalen aan 3 jongens", texts)
    assert strip(once, texts) == once


@pytest.mark.parametrize(
    "said, left",
    [
        (
            "Je zoon van 14, en er wordt 300 euro gevraagd. Klopt dit?",
            "Je zoon van [leeftijd], en er wordt [bedrag] gevraagd. Klopt dit?",
        ),
        (
            "Je kind van 14. Bel 0900-8844 of 113, binnen 14 dagen.",
            "Je kind van [leeftijd]. Bel 0900-8844 of 113, binnen 14 dagen.",
        ),
        ("Bel 020-261 52 14 of 114, van 9 tot 300 keer", "Bel 020-261 52 14 of 114, van 9 tot 300 keer"),
        ("Ze vragen € 300, dus €300.", "Ze vragen [bedrag], dus [bedrag]."),
    ],
)
def test_what_naast_repeats_of_a_parent_is_stripped_from_its_answers(said, left):
    slots = {"child_age": 14, "amount_eur": 300, "platforms": ["snapchat"]}
    assert strip_answer(said, slots, load_texts()["nl"]) == left


def test_words_that_may_be_names_are_pointed_out():
    assert look_again("Ik denk dat Brammetje van Kareltje is. Help") == ["Brammetje", "Kareltje"]


def test_a_chosen_conversation_is_stripped_with_questions_about_what_stood_out(desk, parts):
    assert parts[0]["text"] == "mijn zoon van [leeftijd] wordt gechanteerd op snapchat"
    questions = kept(desk, "questions").splitlines()
    texts = load_texts()["nl"]
    assert texts("ask_about.safety") in questions and texts("ask_about.no_answer") in questions
    assert texts("ask_about.blame") not in questions


def test_nobody_else_sees_it_before_a_trainer_has_read_it(trainer, visitor, parts):
    for path in ("/lessons/1/handout", "/lessons/1/handout.md"):
        assert "gechanteerd" not in trainer.get(path).text
    answer = visitor("reviewer").get("/lessons/1/practice")
    assert answer.status_code == 200 and "gechanteerd" not in answer.text
    assert save(trainer, parts, read="").status_code == 400
    assert "gechanteerd" not in trainer.get("/lessons/1/handout").text


def test_what_says_who_it_is_is_refused_and_what_was_typed_is_not_lost(desk, trainer, parts):
    answer = save(trainer, parts, texts=["bel mij op 06 12345678"], questions="Een eigen vraag")
    assert answer.status_code == 409
    assert "bel mij op 06 12345678" in answer.text and "Een eigen vraag" in answer.text
    assert kept(desk, "read_by") is None and "12345678" not in str(kept(desk))


def test_the_hand_out_holds_what_was_read_and_nothing_that_leads_back(trainer, ready):
    for path in ("/lessons/1/handout", "/lessons/1/handout.md"):
        text = trainer.get(path).text
        assert "[leeftijd]" in text and "Bel 0900-8844" in text and "Wat nu?" in text
        assert f"{3:032x}" not in text and "18-11-2026" not in text and "/conversations/3" not in text


def test_an_age_that_naast_repeats_is_in_no_hand_out(desk, trainer):
    facts = ({"entity": "child_age", "value": 14, "start": 14, "end": 16},)
    repeats = Said("mijn zoon van 14", facts=facts, answer=("Je zoon van 14 dus.",), slots=(("child_age", 14),))
    write(desk.engine, list(rows("e" * 32, [repeats, Said("ja", answer=("Nog eens: 14 jaar.",))], NOON)))
    read_new(desk)
    trainer.post("/conversations/4/lessons", data={"name": "Les"})
    save(trainer, kept(desk))
    text = trainer.get("/lessons/1/handout.md").text
    assert "Je zoon van [leeftijd] dus" in text and "14" not in text


def test_what_is_left_out_is_in_no_hand_out_and_no_practice(desk, trainer, parts):
    save(trainer, parts, shown=[str(parts[0]["event_id"])])
    text = trainer.get("/lessons/1/handout.md").text
    assert "gechanteerd" in text and "politie" not in text.split("##", 1)[1].split("###")[0].replace("0900", "")
    assert trainer.get(f"/lessons/1/practice/1/{parts[1]['event_id']}").status_code == 404


def test_markdown_shows_what_was_said_and_makes_nothing_of_it(desk, trainer):
    evil = "# kop <script>alert(1)</script> *vet* [x](http:nergens) `code` | > citaat"
    write(desk.engine, list(rows("e" * 32, [Said(evil)], NOON)))
    read_new(desk)
    trainer.post("/conversations/4/lessons", data={"name": "Les *ster*"})
    save(trainer, kept(desk))
    answer = trainer.get("/lessons/1/handout.md")
    assert answer.headers["content-type"].startswith("text/markdown")
    assert "# Les \\*ster\\*" in answer.text and "\\<script\\>" in answer.text and "](http" not in answer.text
    assert not re.search(r"(?<!\\)\*vet", answer.text)
    assert "<script>alert" not in trainer.get("/lessons/1/handout").text


def test_a_trainee_answers_first_and_then_sees_what_naast_said(desk, visitor, ready):
    trainee = visitor("reviewer")
    first = trainee.get("/lessons/1/practice").headers["location"]
    assert first == f"/lessons/1/practice/1/{ready[0]['event_id']}"
    before = trainee.get(first).text
    assert "gechanteerd" in before and "Bel 0900-8844" not in before and "Wat nu?" not in before
    after = trainee.post(first, data={"own": "Wat naar voor je <b>"}).text
    assert "Wat naar voor je &lt;b&gt;" in after and "Bel 0900-8844" in after and "Wat nu?" in after
    second = f"/lessons/1/practice/1/{ready[1]['event_id']}"
    assert second in after and "Bel 0900-8844" in trainee.get(second).text  # what was said before it
    assert "Bel 0900-8844" not in trainee.post(first, data={"own": ""}).text


def test_what_a_trainee_writes_is_kept_nowhere(desk, visitor, ready, tmp_path):
    first = f"/lessons/1/practice/1/{ready[0]['event_id']}"
    visitor("reviewer").post(first, data={"own": "kanarie-antwoord"})
    desk.engine.dispose()
    assert all(b"kanarie-antwoord" not in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())


def test_only_at_the_chosen_points_is_answered(trainer, ready):
    asks = [str(ready[1]["event_id"])]
    save(trainer, ready, seen=1, asks=asks)
    assert trainer.get("/lessons/1/practice").headers["location"].endswith(asks[0])
    assert trainer.get(f"/lessons/1/practice/1/{ready[0]['event_id']}").status_code == 404


def test_two_trainers_never_overwrite_each_other_in_silence(desk, visitor, trainer, ready):
    answer = save(visitor("admin"), ready, seen=0, questions="Van een ander")
    assert answer.status_code == 409 and "trainer" in answer.text and "Van een ander" in answer.text
    assert 'href="/lessons/1"' in answer.text and kept(desk, "questions") == "Wat nu?"


def test_conversations_are_chosen_by_number_once_each(desk, trainer, parts):
    trainer.post("/lessons/1/extracts", data={"numbers": "1, 3, 999 en nog wat"})
    with desk.engine.connect() as connection:
        chosen = connection.execute(sa.select(EXTRACT.c.conversation_id).order_by(EXTRACT.c.id)).scalars().all()
    assert chosen == [3, 1]
    assert "Gesprek B" in trainer.get("/lessons/1").text


def test_an_erased_conversation_is_gone_from_the_lesson_and_the_lesson_stays(desk, trainer, ready):
    with desk.writing.begin() as connection:
        connection.execute(CONVERSATION.delete().where(CONVERSATION.c.id == 3))
    assert kept(desk, "read_by") is None
    for path in ("/lessons", "/lessons/1", "/lessons/1/handout", "/lessons/1/practice"):
        answer = trainer.get(path)
        assert answer.status_code == 200 and "gechanteerd" not in answer.text


def test_a_conversation_is_taken_out_and_a_lesson_thrown_away(desk, trainer, ready):
    trainer.post("/conversations/1/lessons", data={"lesson": "1", "name": ""})
    trainer.post("/lessons/1/extracts/1/leave-out")
    with desk.engine.connect() as connection:
        assert connection.execute(sa.select(EXTRACT.c.conversation_id)).scalars().all() == [1]
    trainer.post("/lessons/1/remove")
    with desk.engine.connect() as connection:
        assert connection.execute(sa.select(LESSON)).first() is None
        assert connection.execute(sa.select(EXTRACT)).first() is None
        actions = set(connection.execute(sa.select(AUDIT.c.action)).scalars())
    assert {"lesson_made", "lesson_chosen", "lesson_read", "lesson_left_out", "lesson_removed"} <= actions


@pytest.mark.parametrize(
    "path, fields",
    [
        ("/conversations/3/lessons", {"lesson": "9"}),
        ("/conversations/9/lessons", {"name": "x"}),
        ("/lessons/1/extracts/9", {"read": "1", "seen": "0"}),
        ("/lessons/9/extracts/1", {"read": "1", "seen": "0"}),
        ("/lessons/9/remove", {}),
    ],
)
def test_what_is_not_there_is_not_there(trainer, parts, path, fields):
    assert trainer.post(path, data=fields).status_code == 404


def test_every_look_at_a_conversation_in_a_lesson_is_in_the_log(desk, visitor, trainer, ready):
    trainer.get("/lessons/1")
    trainer.get("/lessons/1/handout")
    visitor("reviewer").get(f"/lessons/1/practice/1/{ready[0]['event_id']}")
    with desk.engine.connect() as connection:
        wanted = sa.select(AUDIT.c.account, AUDIT.c.action).where(AUDIT.c.object == "conversation 3")
        looked = [tuple(row) for row in connection.execute(wanted.order_by(AUDIT.c.id))]
    assert looked[-3:] == [("trainer", "lesson_seen"), ("trainer", "lesson_handed_out"), ("reviewer", "practised")]


def test_a_look_by_way_of_a_refusal_is_in_the_log_too(desk, trainer, ready):
    trainer.post("/conversations/1/lessons", data={"lesson": "1"})
    assert save(trainer, ready, texts=["bel mij op 06 12345678"], seen=1).status_code == 409
    with desk.engine.connect() as connection:
        seen = sa.select(AUDIT.c.object).where(AUDIT.c.action == "lesson_seen").order_by(AUDIT.c.id)
        assert connection.execute(seen).scalars().all() == ["conversation 3", "conversation 1"]


def test_a_long_conversation_is_saved_too(desk, trainer):
    write(desk.engine, list(rows("e" * 32, [Said(f"bericht van mij, {'x' * 60}")] * 500, NOON)))
    read_new(desk)
    trainer.post("/conversations/4/lessons", data={"name": "Lang"})
    assert save(trainer, kept(desk)).status_code == 303


def test_letters_go_on_after_z():
    assert [letter(place) for place in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
