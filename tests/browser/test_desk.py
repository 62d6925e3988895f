"""The trainers' desk in a real browser, for somebody who has never seen it: from 200 conversations to a trial."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from naast.desk.tables import BATCH, TRIAL
from naast.desk.training.trials import DONE, RUNNING
from tests.browser.desk import ALONE, UNKNOWN_WORDS, Served, log_in
from tests.browser.hand import assert_accessible


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
