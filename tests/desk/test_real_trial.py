"""`make prove`: ten messages that the real model gets wrong, corrected, exported, validated, trained, right.

Training takes the real data; where it was trained here before, the embeddings are there and it is a matter of minutes.
"""

import re
import shutil
import subprocess
import sys
import time

import pytest

from naast.desk.conversations.sync import read_new
from naast.desk.tables import CONVERSATION, MESSAGE
from naast.desk.training import trials
from scripts.evaluation.probe import probe
from tests.desk import seeds
from tests.desk.events import NOON, Said, rows, write
from tests.servers import MODEL, ROOT

FAILURES = 10
NEVER_OVERRULED = ("report_suicidal_risk", "report_immediate_danger")
"""What the safety layer says is no verdict that an example of an intent could change."""
MOST_SECONDS = 3600


@pytest.fixture(scope="module")
def failures():
    """Ten of the hard messages that the running model takes for something else, with what is meant and what it made."""
    hard = seeds.hard()
    parsed = probe(str(MODEL), [text for text, _ in hard]).parsed
    wrong = [
        (text, intent, was)
        for (text, intent), was in zip(hard, parsed)
        if was.intent != intent and was.intent not in NEVER_OVERRULED
    ]
    assert len(wrong) >= FAILURES, f"the model gets only {len(wrong)} of {len(hard)} wrong: write harder ones"
    return wrong[:FAILURES]


@pytest.mark.prove
def test_ten_failures_are_right_after_the_patch(desk, visitor, failures, tmp_path, capsys):
    said = [Said(text, intent=was.intent, confidence=was.confidence) for text, _, was in failures]
    write(desk.engine, list(rows("d" * 32, said, NOON)))
    read_new(desk)
    with desk.engine.connect() as connection:
        number = connection.execute(CONVERSATION.select().where(CONVERSATION.c.sender_id == "d" * 32)).one().id
        own = MESSAGE.select().where(MESSAGE.c.conversation_id == number).order_by(MESSAGE.c.event_id)
        messages = {row.text: row.event_id for row in connection.execute(own)}
    browser = visitor("trainer")
    for text, intent, _ in failures:
        judged = {"kind": "intent", "intent": intent, "seen": 0}
        answer = browser.post(f"/conversations/{number}/messages/{messages[text]}", data=judged)
        assert answer.status_code == 303, text
    chosen = {"include": list(messages.values()), **{f"intent-{messages[text]}": meant for text, meant, _ in failures}}
    assert browser.post("/batches", data=chosen).headers["location"] == "/batches/1"

    # Ready for a pull request: Rasa has nothing to say against the data with it.
    shutil.copytree(ROOT / "data", tmp_path / "data")
    name = "review_1_nlu_nl.yml"
    (tmp_path / "data" / "nlu" / "nl" / name).write_text(browser.get(f"/batches/1/files/{name}").text, encoding="utf-8")
    command = [sys.executable, "-m", "rasa", "data", "validate", "--data", str(tmp_path / "data"), "--fail-on-warnings"]
    check = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert check.returncode == 0 and not re.search("UserWarning|WARNING", check.stdout + check.stderr), check.stderr

    desk.__dict__["trials"] = trials.Trials(desk.engine, desk.clock, trials.Training(folder=tmp_path / "trials"))
    started = time.monotonic()
    place = browser.post("/batches/1/trials").headers["location"]
    trial = int(place.rpartition("/")[2])
    while (state := _trial(desk, trial)).state == trials.RUNNING and time.monotonic() - started < MOST_SECONDS:
        time.sleep(1)
    with capsys.disabled():
        sys.stdout.write(f"\na trial of {FAILURES} messages: {state.state} in {time.monotonic() - started:.0f} s\n")
    assert state.state == trials.DONE, state.cause
    page = browser.get(place).text
    assert re.search(rf"<strong>{FAILURES}</strong> van de {FAILURES} berichten uit de bundel", page), page


def _trial(desk, number):
    with desk.engine.connect() as connection:
        return trials.one(connection, number)
