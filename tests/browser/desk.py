"""A desk with 200 conversations in a browser, and a hand that logs in to it."""

from __future__ import annotations

import dataclasses
from typing import Iterator, List

import pytest
from limits import parse
from playwright.sync_api import Browser, Page, expect

from naast.desk import clock, database
from naast.desk.auth import accounts, limits
from naast.desk.conversations.sync import read_new
from naast.desk.desk import Desk
from naast.desk.texts import load_texts
from tests.desk import tiny
from tests.desk.events import NOON, Said, rows, write
from tests.desk.serving import serving
from tests.servers import free_port

PASSWORD = "vier woorden van klei"
SIZES = {"desk": {"width": 1280, "height": 800}, "tablet": {"width": 820, "height": 1180}}
WORST = [
    Said("mijn dochter van 13 wordt op snapchat gechanteerd", intent="report_sextortion", item="first_report.default"),
    Said("dat helpt niet", intent="nlu_fallback", confidence=0.1),
    Said("ze wil niet meer leven", intent="report_suicidal_risk", safety="suicidal", answer=()),
]
UNKNOWN_WORDS = [
    "flobber de wobber",
    "flobber dan de wobber",
    "flobber de wobber?",
    "Flobber de wobber!",
    "flobber de wobbers",
]
"""What the running model cannot know; reviewers say what it means."""
ALONE = ["mag de hond ook mee", "kan het ook per brief", "is er een winkel vlakbij"]


@dataclasses.dataclass
class Served:
    url: str
    desk: Desk
    worst: List[int]


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    """A desk with 200 conversations, served as `make run` serves it."""
    folder = tmp_path_factory.mktemp("desk")
    url = f"http://127.0.0.1:{free_port()}"
    engine = database.connect(f"sqlite:///{folder}/naast.db")
    database.upgrade(engine)
    desk = Desk(engine, url, b"k" * 32, load_texts(), clock.now, training=tiny.training(folder))
    for role in ("trainer", "admin"):
        accounts.add(desk, role, role, PASSWORD)
    worst = (40, 90, 160)
    made = []
    for number in range(200):
        said = WORST if number in worst else [Said("moet ik naar de politie", item="ask_police.default")]
        if 100 <= number < 100 + len(UNKNOWN_WORDS):
            said = [*said, Said(UNKNOWN_WORDS[number - 100], intent="greet", confidence=0.2)]
        if 110 <= number < 110 + len(ALONE):
            said = [*said, Said(ALONE[number - 110], intent="greet", confidence=0.3)]
        made += rows(f"{number:032x}", said, NOON + 1000 * number)
    write(engine, made)
    read_new(desk)
    with serving(desk), pytest.MonkeyPatch.context() as patch:
        # Each test logs in anew, as nobody does within a minute who is no guesser; tests/desk shows that guessing ends.
        patch.setattr(limits, "PER_ACCOUNT_AND_ADDRESS", parse("100/minute"))
        yield Served(url, desk, [number + 1 for number in reversed(worst)])


def log_in(browser: Browser, served: Served, size: str = "desk", name: str = "trainer") -> Page:
    page = browser.new_context(viewport=SIZES[size], locale="nl-NL", reduced_motion="reduce").new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on(
        "request", lambda asked: page.complaints.append(asked.url) if not asked.url.startswith(served.url) else None
    )
    page.goto(served.url)
    page.get_by_label("Naam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gesprekken")).to_be_visible()
    return page
