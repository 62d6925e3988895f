"""A trial of a patch: what got better and what broke, how it ends, and that it leaves nothing behind."""

import re
import time
from pathlib import Path

import numpy as np
import pytest

from naast.desk.tables import TRIAL
from naast.desk.texts import load_texts
from naast.desk.training import batches, job, trials
from naast.desk.training.batches import Item
from naast.desk.training.comparing import compare, reviewed
from naast.understanding.embedding import kept
from scripts.evaluation.probe import Parsed
from scripts.evaluation.sets import Labelled
from tests.desk.events import NOON
from tests.desk.judging import SAID, judge
from tests.servers import ROOT


def parsed(intent, **more):
    fields = {"confidence": 1.0, "facts": [], "blame_kind": None, "safety_score": None, "also_asked": []}
    return Parsed(intent=intent, milliseconds=1.0, **{**fields, **more})


def test_a_comparison_counts_and_names_what_changed_sides_without_words():
    labelled = {
        "intents": {"first": [Labelled("geheim", label="thank"), Labelled("geheim", label="greet")]},
        "safety": {"first": [Labelled("geheim", label="suicidal"), Labelled("geheim", label="ordinary")]},
        "facts": {"first": [Labelled("geheim", facts={"paid": True})]},
        "blame": {"first": [Labelled("geheim", label="reproach")]},
        "acts": {"first": [Labelled("geheim", label="greet", also=("thank",))]},
    }
    danger = parsed("report_suicidal_risk")
    before = {
        "intents": {"first": [parsed("greet"), parsed("greet")]},
        "safety": {"first": [danger, parsed("greet")]},
        "facts": {"first": [parsed("greet")]},
        "blame": {"first": [parsed("greet", blame_kind="reproach")]},
        "acts": {"first": [parsed("greet", also_asked=["thank"])]},
    }
    after = {
        "intents": {"first": [parsed("thank"), parsed("thank")]},
        "safety": {"first": [parsed("greet"), danger]},
        "facts": {"first": [parsed("greet", facts=[["paid", True]])]},
        "blame": {"first": [parsed("greet")]},
        "acts": {"first": [parsed("greet")]},
    }
    result = compare(labelled, before, after)
    numbers = {(each["measure"], each["number"]): (each["before"], each["after"]) for each in result["numbers"]}
    assert numbers[("intents", "accuracy")] == (0.5, 0.5)
    assert numbers[("safety", "recall")] == (1.0, 0.0) and numbers[("safety", "false_alarms")] == (0.0, 1.0)
    assert numbers[("facts", "f1")] == (0.0, 1.0) and numbers[("blame", "f1")] == (1.0, 0.0)
    better = [(each["measure"], each["place"]) for each in result["changes"]["better"]]
    worse = [(each["measure"], each["place"]) for each in result["changes"]["worse"]]
    assert better == [("intents", 1), ("facts", 1)]
    assert worse == [("intents", 2), ("safety", 1), ("safety", 2), ("blame", 1), ("acts", 1)]
    assert "geheim" not in str(result)
    own = reviewed([{"event_id": 7, "text": "geheim", "intent": "thank"}], [parsed("greet")], [parsed("thank")])
    assert own[0]["event_id"] == 7 and not own[0]["was_right"] and own[0]["is_right"] and "geheim" not in str(own)


def test_a_message_that_asks_several_things_is_right_when_each_of_them_is_found():
    message = {"event_id": 7, "text": "geheim", "intent": "thank", "also": ["greet"]}
    (found,) = reviewed([message], [parsed("thank")], [parsed("thank", also_asked=["greet", "deny"])])
    assert not found["was_right"] and found["is_right"]
    assert found["label"] == ["thank", "greet"] and found["after"] == ["thank", "greet", "deny"]


@pytest.fixture
def broken(desk, said, tmp_path):
    """Trials whose job cannot succeed: there is nothing to learn from. Batch 1 waits."""
    judge(desk, said[0], "ask_police")
    with desk.writing.begin() as connection:
        items = [Item(said[0], 4, SAID[0], "ask_police", None)]
        batches.make(connection, name="x", account_id=2, items=items, known={}, now=NOON)
    training = trials.Training(folder=tmp_path / "trials", data=tmp_path / "nothing")
    return trials.Trials(desk.engine, desk.clock, training)


def state(desk, number):
    with desk.engine.connect() as connection:
        return trials.one(connection, number).state


def test_a_trial_that_fails_says_so_and_leaves_nothing_on_the_disk(desk, broken):
    number = broken.start(1, 2)
    with pytest.raises(trials.Busy):
        broken.start(1, 2)
    assert how_it_ends(desk, number) == trials.FAILED
    with desk.engine.connect() as connection:
        assert trials.one(connection, number).cause in CAUSES
    broken.end()
    assert list(broken.training.folder.iterdir()) == []


def how_it_ends(desk, number):
    deadline = time.monotonic() + 60
    while state(desk, number) == trials.RUNNING and time.monotonic() < deadline:
        time.sleep(0.1)
    return state(desk, number)


def test_a_trial_that_dies_at_once_has_a_page_and_had_one_thread(desk, broken, visitor, monkeypatch, tmp_path):
    told = tmp_path / "environment"
    monkeypatch.setattr(trials, "LEAST_SHARE", ("sh", "-c", 'env > "$0"; exit 1', str(told)))
    number = broken.start(1, 2)
    assert how_it_ends(desk, number) == trials.FAILED
    answer = visitor("trainer").get(f"/trials/{number}")
    assert answer.status_code == 200 and "mislukt (De data wordt nagekeken)" in answer.text
    assert "De oorzaak is niet bekend" in answer.text
    assert {f"{name}={value}" for name, value in trials.ONE_THREAD.items()} <= set(told.read_text().splitlines())


CAUSES = load_texts()["nl"].group("trial_cause")


@pytest.mark.parametrize(
    "log, ended_with, found",
    [
        ("UserWarning: Example 'geheim' was found labeled with multiple different intents", 0, "two_intents"),
        ("OSError: [Errno 28] No space left on device", 1, "disk"),
        ("numpy.core._exceptions.MemoryError: Unable to allocate", 1, "memory"),
        ("", -9, "memory"),
        ("YamlValidationException: geheim", 1, "invalid"),
    ],
)
def test_the_cause_of_a_failure_is_told_without_its_words(log, ended_with, found):
    assert job.cause(log, ended_with, "invalid") == found and found in CAUSES


def test_every_cause_has_a_text():
    named = {name for name, _ in job._CAUSES} | {trials.UNKNOWN}
    named |= set(re.findall(r'(?:cause\(.*, |return )"(\w+)"\)?', Path(job.__file__).read_text(encoding="utf-8")))
    assert named == set(CAUSES)


def test_what_was_embedded_before_is_there_for_a_trial(tmp_path, monkeypatch):
    monkeypatch.setenv("RASA_CACHE_DIRECTORY", str(tmp_path / "own"))
    texts = ["moeten we betalen", "wie helpt ons"]

    def encode(asked):
        return np.ones((len(asked), 4), dtype=np.float32)

    kept.encode_kept(texts, encode, "an encoder", 4)
    (tmp_path / "trial").mkdir()
    job.keep_embeddings(tmp_path / "trial")
    monkeypatch.setenv("RASA_CACHE_DIRECTORY", str(tmp_path / "trial" / "cache"))
    asked = []
    kept.encode_kept([*texts, "iets nieuws"], lambda new: asked.extend(new) or encode(new), "an encoder", 4)
    assert asked == ["iets nieuws"]
    monkeypatch.setenv("RASA_CACHE_DIRECTORY", str(tmp_path / "nowhere"))
    (tmp_path / "other").mkdir()
    job.keep_embeddings(tmp_path / "other")  # where nothing was trained yet there is nothing to copy


@pytest.mark.parametrize("unit", ["naast-desk.service", "naast-rasa@.service"])
def test_no_unit_lets_the_encoders_threads_spin(unit):
    assert "OMP_WAIT_POLICY=passive" in (ROOT / "deploy" / "systemd" / unit).read_text()


def a_trial(desk, **values):
    """A row only; nothing runs."""
    given = {"batch_id": 1, "account_id": 2, "state": trials.RUNNING, "stage": "training 1/2", "started": 1, **values}
    with desk.writing.begin() as connection:
        return connection.execute(TRIAL.insert().values(**given)).inserted_primary_key[0]


def test_only_the_progress_of_a_trial_is_shown_anew_until_it_ends(desk, broken, visitor):
    number = a_trial(desk)
    browser = visitor("trainer")
    whole = browser.get(f"/trials/{number}")
    part = browser.get(f"/trials/{number}", headers={"HX-Request": "true"})
    assert "Stop de proef" in whole.text and "stap 1 van 2" in whole.text
    assert "stap 1 van 2" in part.text and "<button" not in part.text and "HX-Refresh" not in part.headers
    assert browser.post(f"/trials/{number}/stop").status_code == 303
    part = browser.get(f"/trials/{number}", headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"


def test_a_trial_is_stopped_with_all_it_started(desk, broken):
    number = broken.start(1, 2)
    assert broken.stop(number)
    assert state(desk, number) == trials.STOPPED and list(broken.training.folder.iterdir()) == []
    assert not broken.stop(number)  # nothing to stop any more
    assert broken.start(1, 2) == number + 1
    broken.end()


def test_a_desk_that_ends_stops_its_trial(desk, broken):
    number = broken.start(1, 2)
    broken.end()
    assert state(desk, number) == trials.STOPPED


def test_a_desk_that_was_stopped_in_a_trial_tidies_up(desk, broken):
    a_trial(desk)
    (broken.training.folder / "1").mkdir(parents=True)
    broken.tidy_up()
    assert state(desk, 1) == trials.STOPPED and not broken.training.folder.exists()


def test_a_person_decides_once(desk, broken, visitor):
    result = '{"numbers": [], "changes": {"better": [], "worse": []}, "patched": [], "reviewed": []}'
    a_trial(desk, state=trials.DONE, result=result)
    browser = visitor("trainer")
    assert browser.post("/trials/1/decision", data={"decision": "nonsense"}).status_code == 400
    browser.post("/trials/1/decision", data={"decision": "rejected"})
    browser.post("/trials/1/decision", data={"decision": "accepted"})
    with desk.engine.connect() as connection:
        assert trials.one(connection, 1).decision == "rejected"
    assert "niet overnemen" in browser.get("/trials/1").text
