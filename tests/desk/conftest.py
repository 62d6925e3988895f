"""A desk with a database of its own, accounts of every role, and a clock that tests can move."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path
from typing import Callable, Dict, Iterator, List

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from naast.desk import database
from naast.desk.app import build
from naast.desk.auth import accounts, passwords
from naast.desk.auth.roles import ROLES
from naast.desk.conversations.sync import read_new
from naast.desk.desk import Desk
from naast.desk.pages import DOORS
from naast.desk.reviews import vocabulary
from naast.desk.tables import MESSAGE, TRIAL
from naast.desk.texts import load_texts
from naast.desk.training.trials import DONE
from naast.guidance.library import Library, load
from tests.desk.events import NOON, Said, rows, write
from tests.desk.judging import SAID

URL = "http://127.0.0.1:5080"
PASSWORD = "vier woorden van klei"
CONVERSATION = [
    Said(
        "mijn zoon van 14 wordt gechanteerd op snapchat",
        intent="report_sextortion",
        facts=({"entity": "child_age", "value": 14, "start": 14, "end": 16},),
        slots=(("child_age", 14), ("open_question", "child_safe")),
        item="first_report.default",
    ),
    Said("moet ik naar de politie", runner_up="ask_evidence", confidence=0.28),
    Said("dat helpt niet, hij wil niet meer leven", intent="report_suicidal_risk", safety="suicidal", answer=()),
]


@dataclasses.dataclass
class MovableClock:
    moment: int = NOON

    def __call__(self) -> int:
        return self.moment


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashing as slowly as it should be would be most of the time of these tests."""
    real, passwords._HASHER = passwords._HASHER, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    passwords._HASHER = real


@pytest.fixture(scope="session")
def guidance() -> Library:
    return load()


@pytest.fixture(scope="session")
def known_vocabulary(guidance) -> vocabulary.Vocabulary:
    return vocabulary.read(guidance)


def opened(folder: Path, clock: MovableClock) -> Desk:
    """The desk on the database in a folder."""
    return Desk(database.connect(f"sqlite:///{folder}/naast.db"), URL, b"k" * 32, load_texts(), clock)


@pytest.fixture(scope="session")
def filled(tmp_path_factory, quick_passwords) -> Path:
    """A folder with the database of `desk`, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("filled")
    made = opened(folder, MovableClock())
    database.upgrade(made.engine)
    for role in ROLES:
        accounts.add(made, role, role, PASSWORD)
    accounts.add(made, "second", "reviewer", PASSWORD)
    calm = [Said("hoe bewaar ik bewijs", intent="ask_evidence", item="ask_evidence.default")]
    for number, said in enumerate((calm, [Said("/ask_police")], CONVERSATION), 1):
        write(made.engine, list(rows(f"{number:032x}", said, NOON + 1000 * number)))
        read_new(made)
    made.engine.dispose()
    return folder


@pytest.fixture
def desk_in(clock, guidance, known_vocabulary) -> Callable[[Path], Desk]:
    """The desk on the database in a folder, with the guidance that all tests share."""

    def open_in(folder: Path) -> Desk:
        made = opened(folder, clock)
        made.__dict__.update(guidance=guidance, vocabulary=known_vocabulary)
        return made

    return open_in


@pytest.fixture
def desk(tmp_path, filled, desk_in) -> Desk:
    """With accounts named after their roles, and three conversations (numbers 1 to 3); the last is the worst."""
    shutil.copy(filled / "naast.db", tmp_path)
    return desk_in(tmp_path)


@pytest.fixture
def empty_desk(tmp_path, desk_in) -> Desk:
    """With its tables, and nothing in them."""
    made = desk_in(tmp_path)
    database.upgrade(made.engine)
    return made


@pytest.fixture
def visitor(desk: Desk) -> Iterator[Callable[[str], TestClient]]:
    """`visitor("trainer")` is the browser of somebody with that role; `visitor("")` of nobody."""

    def browser(name: str) -> TestClient:
        client = TestClient(build(desk), base_url=URL, headers={"Origin": URL}, follow_redirects=False)
        if name:
            answer = client.post("/login", data={"name": name, "password": PASSWORD, "next": "/"})
            assert answer.status_code == 303, answer.text
        return client

    return browser


@pytest.fixture
def said(desk: Desk) -> List[int]:
    """Conversation 4, with SAID; the event ids of its messages."""
    write(desk.engine, list(rows("d" * 32, [Said(text, item="ask_police.default") for text in SAID], NOON)))
    read_new(desk)
    with desk.engine.connect() as connection:
        wanted = sa.select(MESSAGE.c.event_id).where(MESSAGE.c.conversation_id == 4).order_by(MESSAGE.c.event_id)
        return list(connection.execute(wanted).scalars())


@pytest.fixture
def addresses(desk: Desk, visitor: Callable[[str], TestClient]) -> Dict[str, str]:
    """Where something is behind each door, by its path: a batch, a trial and a lesson, and a message of conversation 3
    in each of them."""
    browser = visitor("trainer")
    with desk.writing.begin() as connection:
        wanted = sa.select(sa.func.min(MESSAGE.c.event_id)).where(MESSAGE.c.conversation_id == 3)
        event_id = connection.execute(wanted).scalar()
    judged = {"kind": "intent", "intent": "greet", "seen": 0}
    browser.post(f"/conversations/3/messages/{event_id}", data=judged)
    browser.post("/batches", data={"include": event_id, f"intent-{event_id}": "greet"})
    found = {"event_id": event_id, "label": "greet", "before": "thank", "after": "greet"}
    result = {"numbers": [], "changes": {"better": [], "worse": []}, "reviewed": []}
    result["patched"] = [{**found, "was_right": False, "is_right": True}]
    values = {"batch_id": 1, "account_id": 2, "state": DONE, "stage": "measuring 2/2", "started": 1}
    with desk.writing.begin() as connection:
        connection.execute(TRIAL.insert().values(result=json.dumps(result), **values))
    browser.post("/conversations/3/lessons", data={"name": "Les"})
    read = {"seen": 0, "read": "1", "shown": event_id, "asks": event_id}
    assert browser.post("/lessons/1/extracts/1", data=read).status_code == 303
    filled = {"event_id:int": event_id, "extract:int": 1, "file": "review_1_nlu_nl.yml", "item": "ask_police.default"}

    def address(path: str) -> str:
        numbered = {"number:int": 3 if path.startswith("/conversations") else 1, "name": "per_day", **filled}
        return re.sub(r"{([\w:]+)}", lambda named: str(numbered[named[1]]), path)

    return {door.path: address(door.path) for door in DOORS if door.method == "GET"}
