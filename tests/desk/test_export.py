"""The files of a batch: where they go they are read, they name nobody, and Rasa takes them."""

import subprocess
import sys

import pytest
import yaml
import yamllint.config
import yamllint.linter
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader

from naast.desk.conversations.sync import read_new
from naast.desk.reviews import corrections
from naast.desk.tables import BATCH, CONVERSATION
from naast.desk.training import batches, patch
from naast.desk.training.batches import Item, Refused
from naast.guidance.library import languages
from naast.understanding.facts import examples
from scripts.evaluation.sets import Labelled, sets
from tests.desk.events import NOON, Said, rows, write
from tests.desk.judging import SAID, judge
from tests.servers import MODEL, ROOT

LONG = "mijn zoon wordt al dagen lastiggevallen en ik weet niet hoe het verder moet " * 12
ACTIONS = patch.actions_by_intent(ROOT / "data" / "rules")
ITEMS = [
    Item(1, 7, LONG, "report_sextortion", {"child_relation": "son"}),
    Item(2, 7, "hoe lang loopt zo'n onderzoek: weken?", "ask_police", None),
    Item(3, 8, "who do I call at this hour", "ask_helpwanted", {"paid": False}, language="en"),
    Item(4, 8, "is there any point in a report, I am so scared", "ask_police", None, ("express_panic",), True, "en"),
    Item(5, 9, "heeft een melding zin", "ask_police", None, held_out=True),
]


@pytest.fixture
def files():
    return {each.name: each for each in patch.files(1, ITEMS, ACTIONS, "")}


@pytest.fixture
def merged(files, tmp_path):
    """A folder with the files where they say that they belong."""
    for each in files.values():
        (tmp_path / each.folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / each.folder / each.name).write_text(each.content, encoding="utf-8")
    return tmp_path


def test_each_language_has_files_of_its_own_and_what_is_measured_with_is_not_learnt(files):
    assert set(files) == {
        "review_1_nlu_nl.yml",
        "review_1_nlu_en.yml",
        "review_1_facts_nl.yml",
        "review_1_facts_en.yml",
        "review_1_intents.yml",
        "review_1_acts.yml",
        "test_review_1.yml",
    }
    learnt = files["review_1_nlu_nl.yml"].content + files["review_1_nlu_en.yml"].content
    assert "this hour" in learnt and "any point" not in learnt and "melding zin" not in learnt


def test_a_language_that_naast_does_not_speak_goes_where_it_is_read(files):
    (found,) = patch.files(1, [Item(1, 7, "ne yapmaliyim", None, {"paid": True}, language="tr")], ACTIONS, "")
    assert found.folder.endswith(f"/{languages()[0]}")


def test_the_facts_are_read_where_they_go(merged, monkeypatch):
    folder = merged / examples.DIRECTORY.relative_to(ROOT)
    monkeypatch.setattr(examples, "DIRECTORY", folder)
    examples.load_messages.cache_clear()
    try:
        read = {(piece.text, piece.language, tuple(piece.said)) for piece in examples.load_pieces()}
    finally:
        examples.load_messages.cache_clear()
    assert read == {
        (LONG.strip(), "nl", (("child_relation", "son"),)),
        ("who do I call at this hour", "en", (("paid", "False"),)),
    }


def test_what_is_measured_with_is_read_where_it_goes(merged):
    folder = merged / "tests" / "evaluation"
    assert sets("intents", folder) == {"review_1_intents": [Labelled("heeft een melding zin", label="ask_police")]}
    asked = Labelled("is there any point in a report, I am so scared", label="ask_police", also=("express_panic",))
    assert sets("acts", folder) == {"review_1_acts": [asked]}


def test_every_file_has_the_style_of_the_project(files):
    style = yamllint.config.YamlLintConfig(file=str(ROOT / ".yamllint"))
    for each in files.values():
        found = list(yamllint.linter.run(each.content, style, f"{each.folder}/{each.name}"))
        assert not found, (each.name, found)
    told = yaml.safe_load(files["test_review_1.yml"].content)["stories"][0]["steps"]
    assert told[0]["user"].strip() == LONG.strip()


def test_rasa_reads_the_stories_as_tests(merged):
    path = merged / "tests" / "conversations" / "test_review_1.yml"
    assert YAMLStoryReader.is_test_stories_file(path)
    steps = YAMLStoryReader(Domain.load(str(ROOT / "domain.yml"))).read_from_file(path)
    assert [step.block_name for step in steps] == [f"review 1, conversation {number}" for number in (7, 8, 9)]


def test_rasa_runs_the_stories_and_they_hold(merged):
    command = [sys.executable, "-m", "rasa", "test", "core", "--stories", "tests/conversations", "--no-plot"]
    command += ["--model", str(MODEL), "--out", "results", "--fail-on-prediction-errors"]
    run = subprocess.run(command, cwd=merged, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    assert "3 / 3" in run.stderr + run.stdout, run.stderr[-2000:]


def make(desk, items, known=()):
    with desk.writing.begin() as connection:
        return batches.make(connection, name="x", account_id=2, items=items, known=dict(known), now=NOON)


def test_one_text_under_two_intents_is_refused(desk, said):
    twice = [
        Item(said[0], 4, "Hoe lang duurt dat", "ask_police", None),
        Item(said[3], 4, "hoe lang  duurt dat", "thank", None),
    ]
    with pytest.raises(Refused) as refused:
        make(desk, twice)
    assert refused.value.objections == ["two_intents"] and refused.value.event_id == said[3]
    assert make(desk, [twice[0], Item(said[3], 4, "hoe lang  duurt dat", "ask_police", None)]) == 1


def test_what_a_batch_is_called_stays_in_the_desk(desk, said, visitor):
    judge(desk, said[0], "ask_police")
    browser = visitor("trainer")
    browser.post("/batches", data={"name": "Kevin uit 3B", "include": said[0], f"intent-{said[0]}": "ask_police"})
    page = browser.get("/batches/1").text
    assert "Kevin uit 3B" in page
    with desk.engine.connect() as connection:
        assert connection.execute(BATCH.select()).one().name == "Kevin uit 3B"
    for name in ("review_1_nlu_nl.yml", "test_review_1.yml"):
        answer = browser.get(f"/batches/1/files/{name}")
        assert answer.status_code == 200 and "Kevin" not in answer.text
        assert "Kevin" not in answer.headers["content-disposition"]


def test_a_message_that_asks_several_things_is_for_measuring_unless_a_trainer_says_otherwise(desk, said, visitor):
    judge(desk, said[0], "ask_police", also=["express_panic"])
    browser = visitor("trainer")
    page = browser.get("/batches").text
    assert "Vraagt ook:" in page and f'name="held_out" value="{said[0]}" checked' in page
    chosen = {"include": said[0], f"intent-{said[0]}": "ask_police"}
    browser.post("/batches", data={**chosen, "held_out": said[0]})
    assert yaml.safe_load(browser.get("/batches/1/files/review_1_acts.yml").text) == {
        "acts": [{"text": SAID[0], "intent": "ask_police", "also": ["express_panic"]}]
    }
    assert browser.get("/batches/1/files/review_1_nlu_nl.yml").status_code == 404
    assert browser.post("/batches/1/trials").status_code == 409  # nothing to learn from
    browser.post("/batches/1/dissolve")
    browser.post("/batches", data=chosen)
    assert SAID[0] in browser.get("/batches/2/files/review_2_nlu_nl.yml").text
    # Under another intent nobody said what is asked beside it.
    browser.post("/batches/2/dissolve")
    browser.post("/batches", data={**chosen, f"intent-{said[0]}": "thank", "held_out": said[0]})
    assert browser.get("/batches/3/files/review_3_acts.yml").status_code == 404


def test_judged_answers_go_along_without_messages_and_those_of_guests_do_not(desk, said, visitor):
    judge(desk, said[0], None, kind="answer", answer="late", reason="dit had eerder gemoeten")
    made_up = list(rows("c" * 32, [Said("verzonnen", item="ask_police.default")], NOON))
    for row in made_up:
        row["data"] = row["data"].replace('"metadata": {}', '"metadata": {"test": true}')
    write(desk.engine, made_up)
    read_new(desk)
    with desk.writing.begin() as connection:
        guest = connection.execute(CONVERSATION.select().where(CONVERSATION.c.is_test.is_(True))).one()
        corrections.correct(
            connection,
            conversation_id=guest.id,
            event_id=guest.last_event_id,
            account_id=1,
            kind="answer",
            value={"answer": "wrong"},
            reason="van een gast",
            seen=corrections.ALL_SEEN,
            now=NOON,
        )
    browser = visitor("trainer")
    page = browser.get("/batches").text
    assert "1 beoordeelde antwoorden" in page and "van een gast" not in page
    assert browser.post("/batches", data={"name": "antwoorden"}).headers["location"] == "/batches/1"
    notes = browser.get("/batches/1/files/review_1_answers.md").text
    assert "`ask_police.default` late" in notes and "gast" not in notes
    assert browser.post("/batches", data={"name": "nog eens"}).headers["location"] == "/batches"  # nothing waits


def test_the_page_says_that_facts_are_not_tried(desk, said, visitor):
    judge(desk, said[0], None, kind="facts", facts=[{"entity": "paid", "value": True, "start": 0, "end": 3}])
    browser = visitor("trainer")
    browser.post("/batches", data={"include": said[0]})
    assert "De feiten worden hier niet geprobeerd" in browser.get("/batches/1").text
