"""The trainers' desk in a real browser, for somebody who has never seen it: from 200 conversations to a trial."""

from __future__ import annotations

import dataclasses
import html
import json
from pathlib import Path
from typing import Dict, Iterator, List

import pytest
import sqlalchemy as sa
import yaml
from limits import parse
from playwright.sync_api import Browser, Page, expect

from naast.desk import clock, database
from naast.desk.auth import accounts, limits
from naast.desk.conversations.sync import read_new
from naast.desk.desk import Desk
from naast.desk.reviews import corrections
from naast.desk.tables import BATCH, MESSAGE, TRIAL
from naast.desk.teaching import lessons
from naast.desk.texts import load_texts
from naast.desk.training import batches
from naast.desk.training.batches import Item
from naast.desk.training.trials import DONE, FAILED, RUNNING
from tests.browser.hand import assert_accessible
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


def test_from_the_worst_conversations_to_a_trial(browser, served):
    page = log_in(browser, served)

    # The three worst of two hundred, by one link and the keyboard.
    page.get_by_role("link", name="Zorgelijkste eerst").click()
    page.wait_for_url("**sort=worst**")
    shown = page.locator("tbody th a").all_inner_texts()[:4]
    assert [int(number) for number in shown[:3]] == served.worst and int(shown[3]) not in served.worst
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Gesprek {served.worst[0]}")).to_be_visible()
    expect(page.locator(".silence")).to_have_count(1)

    # A fact, by selecting its words with the mouse.
    page.get_by_role("link", name="Beoordeel beurt 1").click()
    panel = page.locator(".panel").first
    words = panel.locator(".selectable")
    words.evaluate(
        """(text) => {
        const at = text.textContent.indexOf("snapchat");
        const range = document.createRange();
        range.setStart(text.firstChild, at);
        range.setEnd(text.firstChild, at + "snapchat".length);
        document.getSelection().removeAllRanges();
        document.getSelection().addRange(range);
    }"""
    )
    expect(panel.get_by_label("Nieuw feit: selecteer de woorden")).to_have_value("snapchat")
    panel.locator("select[name=fact]").select_option("platforms=snapchat")
    assert_accessible(page)
    panel.get_by_role("button", name="Bewaar feiten").click()
    expect(page.locator(".judged").first).to_contain_text("Snapchat")

    # Another intent, and what was wrong with an answer.
    page.get_by_role("link", name="Beoordeel beurt 2").click()
    panel = page.locator(".panel").nth(1)
    panel.get_by_label("Bedoeling").select_option("ask_parent_support")
    panel.get_by_role("button", name="Bewaar bedoeling").click()
    page.get_by_role("link", name="Beoordeel beurt 3").click()
    panel = page.locator(".panel").nth(2)
    panel.get_by_label("er ontbrak iets").check()
    panel.get_by_label("Waarom?").fill("113 had er moeten staan")
    panel.get_by_role("button", name="Bewaar oordeel").click()
    expect(page.locator(".judged")).to_have_count(3)
    page.wait_for_load_state()  # keys are heard once the script is there
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name=f"Gesprek {served.worst[1]}")).to_be_visible()

    # Messages that are alike, in one go.
    page.get_by_role("link", name="Losse berichten").click()
    group = page.locator(".group").filter(has_text="flobber")
    group.get_by_role("combobox").select_option("ask_evidence")
    group.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status")).to_contain_text(f"{len(UNKNOWN_WORDS)} keer bewaard")

    # Into a batch: read once more, in words that a trial can learn from.
    page.get_by_role("navigation").get_by_role("link", name="Verbeteringen").click()
    for candidate in page.locator(".candidate").all():
        if "flobber" not in candidate.get_by_label("Woorden waarvan Naast leert").input_value().lower():
            candidate.get_by_label("Neem mee").uncheck()
    assert_accessible(page)
    page.get_by_label("Naam van de bundel").fill("Flobbers")
    page.get_by_label("Ik las elk bericht").check()
    page.get_by_role("button", name="Maak bundel").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="nlu_nl.yml").click()
    learnt = yaml.safe_load(Path(download.value.path()).read_text(encoding="utf-8"))["nlu"]
    assert [block["intent"] for block in learnt] == ["ask_evidence"]
    assert len(learnt[0]["examples"].splitlines()) == len(UNKNOWN_WORDS)

    # Tried beside the running model: real training and real measuring, of a small assistant.
    page.get_by_role("button", name="Probeer nu").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert_accessible(page)
    expect(page.get_by_role("heading", name="Beslissing")).to_be_visible(timeout=280_000)
    expect(page.locator(".sums")).to_contain_text(f"van de {len(UNKNOWN_WORDS)} berichten uit de bundel")
    assert page.locator(".sums strong").first.inner_text() == str(len(UNKNOWN_WORDS))
    expect(page.get_by_role("rowheader", name="Bedoeling goed")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Overnemen", exact=True).click()
    expect(page.locator("main")).to_contain_text("pull request")
    assert page.complaints == []


def test_one_key_after_the_other_labels_group_after_group(browser, served):
    page = log_in(browser, served)
    page.get_by_role("link", name="Losse berichten").click()
    page.wait_for_url("**/messages")
    waiting = page.locator("[data-group]:has(button.first)")
    count = waiting.count()
    assert count >= len(ALONE)
    page.keyboard.press("j")
    for left in range(count - 1, -1, -1):
        page.keyboard.press("1")
        expect(waiting).to_have_count(left)
        if left:
            expect(waiting.first.locator("button.first")).to_be_focused()
    assert page.complaints == []


@pytest.fixture
def trial(served) -> int:
    """The number of a trial that seems to run; nothing does."""
    with served.desk.writing.begin() as connection:
        batch = connection.execute(BATCH.insert().values(account_id=1, name="x", made=1)).inserted_primary_key[0]
        values = {"batch_id": batch, "account_id": 1, "state": RUNNING, "stage": "training 1/2", "started": 1}
        return connection.execute(TRIAL.insert().values(**values)).inserted_primary_key[0]


def goes_on(served: Served, trial: int, **values) -> None:
    with served.desk.writing.begin() as connection:
        connection.execute(TRIAL.update().where(TRIAL.c.id == trial).values(**values))


def test_a_trial_is_stopped_by_keyboard_while_its_progress_is_shown_anew(browser, served, trial):
    page = log_in(browser, served)
    page.goto(f"{served.url}/trials/{trial}")
    page.get_by_role("button", name="Stop de proef").focus()
    goes_on(served, trial, stage="training 2/2")
    expect(page.get_by_role("status")).to_contain_text("stap 2 van 2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("gestopt")).to_be_visible()
    assert page.complaints == []


def test_the_page_of_a_trial_shows_by_itself_what_came_of_it(browser, served, trial):
    page = log_in(browser, served)
    page.goto(f"{served.url}/trials/{trial}")
    expect(page.get_by_role("progressbar")).to_be_visible()
    result = '{"numbers": [], "changes": {"better": [], "worse": []}, "patched": [], "reviewed": []}'
    goes_on(served, trial, state=DONE, result=result)
    expect(page.get_by_role("heading", name="Beslissing")).to_be_visible()
    assert page.complaints == []


@pytest.fixture(scope="module")
def more(served) -> Dict[str, int]:
    """What the pages show that only come of work: a batch, a trial that ended, one that failed, a lesson."""
    desk, conversation = served.desk, served.worst[-1]
    with desk.writing.begin() as connection:
        own = MESSAGE.c.conversation_id == conversation
        message = connection.execute(sa.select(sa.func.min(MESSAGE.c.event_id)).where(own)).scalar()
        about = {"conversation_id": conversation, "event_id": message, "account_id": 1, "reason": ""}
        judged = {**about, "seen": corrections.ALL_SEEN, "now": 1}
        corrections.correct(connection, kind="intent", value={"intent": "ask_police", "also": ["greet"]}, **judged)
        corrections.correct(connection, kind="answer", value={"answer": "late"}, **judged)
        item = Item(message, conversation, "hoe lang duurt zoiets", "ask_police", {"paid": True}, also=("greet",))
        batch = batches.make(connection, name="Bundel", account_id=1, items=[item], known={}, now=1)
        found = {"event_id": message, "label": ["ask_police", "greet"], "before": ["greet"], "after": ["ask_police"]}
        found.update(was_right=False, is_right=False)
        moved = {
            "measure": "intents",
            "set": "first",
            "place": 1,
            "label": "greet",
            "before": "thank",
            "after": "greet",
        }
        numbers = {"measure": "intents", "set": "first", "number": "accuracy", "of": 3, "before": 0.5, "after": 0.6}
        result = {"numbers": [{**numbers, "more_is_better": True}], "changes": {"better": [moved], "worse": [moved]}}
        result.update(patched=[found], reviewed=[{**found, "was_right": True}])
        trial = {"batch_id": batch, "account_id": 1, "stage": "measuring 2/2", "started": 1}
        trials = [{"state": DONE, "result": json.dumps(result)}, {"state": FAILED, "cause": "two_intents"}]
        done, failed = (
            connection.execute(TRIAL.insert().values(**trial, **each)).inserted_primary_key[0] for each in trials
        )
        lesson = lessons.make(connection, "Les", 1, 1)
        parts = [lessons.Part(message, "een bericht", asks=True)]
        lessons.add(connection, lesson, conversation, parts, ["Wat zou jij zeggen?"])
        (extract,) = lessons.extracts(connection, lesson)
        lessons.save(connection, extract, parts, extract.questions, "trainer")
    return {
        "worst": conversation,
        "message": message,
        "batch": batch,
        "done": done,
        "failed": failed,
        "lesson": lesson,
        "extract": extract.id,
    }


def test_what_was_refused_in_the_background_is_told(browser, served):
    page = log_in(browser, served)
    page.goto(f"{served.url}/conversations/{served.worst[-1]}")
    page.route("**/messages/*", lambda route: route.fulfill(status=500, body="no"))
    page.get_by_role("link", name="Beoordeel beurt 1").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit lukte niet")
    assert_accessible(page)
    page.unroute("**/messages/*")
    page.get_by_role("link", name="Beoordeel beurt 1").click()
    expect(page.get_by_label("Bedoeling")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_who_was_logged_out_goes_to_log_in_and_back(browser, served):
    page = log_in(browser, served)
    page.goto(f"{served.url}/conversations/{served.worst[-1]}?flag=suicidal")
    page.context.clear_cookies()
    page.get_by_role("link", name="Beoordeel beurt 1").click()
    page.wait_for_url("**/login?next=*")
    page.get_by_label("Naam").fill("trainer")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/conversations/{served.worst[-1]}?flag=suicidal")


def test_a_link_in_a_mail_on_a_website_opens_the_conversation(browser, served):
    page = log_in(browser, served)
    address = f"{served.url}/conversations/{served.worst[-1]}?flag=suicidal&sort=worst"
    page.route(
        "http://mail.example/",
        lambda route: route.fulfill(body=f'<a href="{html.escape(address)}">kijk</a>', content_type="text/html"),
    )
    page.goto("http://mail.example/")
    page.get_by_role("link", name="kijk").click()
    expect(page.get_by_role("heading", name=f"Gesprek {served.worst[-1]}")).to_be_visible()
    assert page.url == address


def test_who_opens_it_as_localhost_can_log_in(browser, served):
    page = browser.new_context(locale="nl-NL").new_page()
    page.goto(served.url.replace("127.0.0.1", "localhost") + "/conversations?flag=suicidal")
    page.get_by_label("Naam").fill("trainer")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gesprekken")).to_be_visible()
    assert page.url == f"{served.url}/conversations?flag=suicidal"


PLACES = [
    "/conversations",
    "/conversations/{worst}",
    "/messages",
    "/batches",
    "/lessons",
    "/figures?since=2026-11-01&until=2026-11-30",
    "/guests",
    "/audit",
    "/guidance/ask_police.default",
    "/conversations/{worst}/messages/{message}",
    "/batches/{batch}",
    "/trials/{done}",
    "/trials/{failed}",
    "/lessons/{lesson}",
    "/lessons/{lesson}/handout",
    "/lessons/{lesson}/practice/{extract}/{message}",
    "/nowhere",
]


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_for_everyone_in_both_languages(browser, served, more, size):
    page = log_in(browser, served, size, "admin")
    for language in ("nl", "en"):
        assert page.locator("html").get_attribute("lang") == language
        for place in PLACES:
            page.goto(served.url + place.format(**more))
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), place
        page.goto(served.url)
        page.get_by_role("button", name="English" if language == "nl" else "Nederlands").click()
    page.get_by_role("button", name="Uitloggen").click()
    assert_accessible(page)
    page.goto(served.url + "/conversations/999")
    assert "/login" in page.url
    assert [said for said in page.complaints if "404" not in said] == []  # Chromium tells of every refusal


def test_without_scripts_a_message_is_judged_too(browser, served):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{served.url}/conversations/{served.worst[-1]}")
    page.get_by_label("Naam").fill("trainer")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("link", name="Beoordeel beurt 1").click()
    page.get_by_label("Bedoeling").select_option("ask_police")
    page.get_by_role("button", name="Bewaar bedoeling").click()
    expect(page.locator(".judged").filter(has_text="Vraagt naar de politie").first).to_be_visible()
    context.close()


def test_a_conversation_is_taught_with(browser, served):
    page = log_in(browser, served)
    page.goto(f"{served.url}/conversations/{served.worst[0]}")
    page.get_by_label("Of nieuwe les").fill("Eerste les")
    page.get_by_role("button", name="Neem mee naar les").click()
    first = page.get_by_label("Wat de ouder schreef").first
    expect(first).to_have_value("mijn dochter van [leeftijd] wordt op snapchat gechanteerd")
    first.fill("mijn kind wordt op een app gechanteerd")
    assert_accessible(page)

    # Refused while it says who somebody is; nothing that was typed is lost.
    page.get_by_label("Wat de ouder schreef").nth(1).fill("bel 06 12345678")
    page.get_by_label("Ik las elk bericht").check()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    assert ["409" in said for said in page.complaints] == [True]  # Chromium tells of every refusal
    page.complaints.clear()
    expect(first).to_have_value("mijn kind wordt op een app gechanteerd")
    page.get_by_label("Wat de ouder schreef").nth(1).fill("dat helpt niet")
    page.get_by_label("Vragen om te bespreken").fill("Wat zou jij zeggen?\nEn daarna?")
    page.get_by_label("Ik las elk bericht").check()
    page.get_by_role("button", name="Bewaar", exact=True).click()

    # On paper: the conversation and the questions, without what belongs to the desk.
    lesson = page.url.partition("#")[0]
    page.get_by_role("link", name="Hand-out om te printen").click()
    assert_accessible(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("En daarna?")).to_be_visible()
    for hidden in (page.locator("header.top"), page.get_by_role("link", name="Naar de les")):
        expect(hidden).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(lesson)
    with page.expect_download() as download:
        page.get_by_role("link", name="Hand-out als Markdown").click()
    assert "mijn kind wordt op een app" in Path(download.value.path()).read_text(encoding="utf-8")

    # A trainee answers first, and sees what Naast said afterwards.
    page.get_by_role("link", name="Oefen", exact=True).click()
    assert_accessible(page)
    expect(page.locator(".bubble.naast")).to_have_count(0)
    page.get_by_label("Wat zeg jij tegen deze ouder?").fill("Wat naar. Ik luister.")
    page.get_by_role("button", name="Laat zien wat Naast zei").click()
    expect(page.locator(".compared .bubble.naast")).to_have_count(1)
    expect(page.locator(".bubble.own")).to_have_text("Wat naar. Ik luister.")
    assert_accessible(page)
    page.get_by_role("link", name="Volgend punt").click()
    expect(page.get_by_label("Wat zeg jij tegen deze ouder?")).to_be_empty()
    assert page.complaints == []


def test_how_it_goes_is_seen_read_and_taken_along(browser, served):
    page = log_in(browser, served)
    page.get_by_role("link", name="Hoe het gaat").click()
    page.get_by_label("Vanaf").fill("2026-11-01")
    page.get_by_label("Tot en met").fill("2026-11-30")
    page.get_by_role("button", name="Toon").click()
    figure = page.locator("section").filter(has=page.get_by_role("heading", name="Gesprekken per dag"))
    expect(figure.get_by_role("img")).to_be_visible()
    figure.locator("summary").click()
    numbers = [int(each) for each in figure.locator("td.figure").all_inner_texts()]
    assert sum(numbers) == 200
    with page.expect_download() as download:
        figure.get_by_role("link", name="Download als CSV").click()
    assert len(Path(download.value.path()).read_text(encoding="utf-8").splitlines()) == 31
    for shape in figure.locator("svg rect[class]").all():
        assert shape.evaluate("(drawn) => getComputedStyle(drawn).fill") != "rgb(0, 0, 0)"
    assert page.complaints == []
