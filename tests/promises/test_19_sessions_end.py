"""Promise 19: a session ends, by itself, by its owner and by a change of the account, and stays ended."""

import pytest
import sqlalchemy as sa

from naast.desk.auth import accounts, sessions
from naast.desk.tables import SESSION


def is_in(browser) -> bool:
    return browser.get("/conversations").status_code == 200


def test_a_session_ends_after_an_hour_of_silence_and_after_a_day_of_work(visitor, clock):
    browser = visitor("reviewer")
    for _ in range(11):
        clock.moment += sessions.IDLE - 60
        assert is_in(browser)
    clock.moment += sessions.IDLE
    assert not is_in(browser)
    browser = visitor("reviewer")
    for _ in range(20):
        clock.moment += sessions.IDLE - 60
        browser.get("/conversations")
    assert not is_in(browser)


def test_sessions_that_ended_by_themselves_are_forgotten_when_somebody_comes_in(desk, visitor, clock):
    visitor("reviewer")
    clock.moment += sessions.IDLE
    browser = visitor("second")
    with desk.engine.connect() as connection:
        assert len(connection.execute(sa.select(SESSION)).all()) == 1
    assert is_in(browser)


def test_logging_out_ends_it_on_the_server(visitor):
    browser = visitor("reviewer")
    stolen = dict(browser.cookies)
    assert browser.get("/logout").status_code == 405
    browser.post("/logout")
    browser.cookies.update(stolen)
    assert not is_in(browser)


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: accounts.change_password(desk, "reviewer", "heel wat anders dan dat"),
        lambda desk: accounts.change_role(desk, "reviewer", "trainer"),
        lambda desk: accounts.close(desk, "reviewer"),
        lambda desk: accounts.end_sessions(desk, "reviewer"),
        lambda desk: accounts.set_second_factor(desk, "reviewer"),
    ],
)
def test_a_change_of_the_account_ends_its_sessions_and_no_others(desk, visitor, change):
    browser, other = visitor("reviewer"), visitor("second")
    change(desk)
    assert not is_in(browser) and is_in(other)


def test_a_session_that_is_ended_while_it_is_read_stays_ended(desk, visitor, clock, monkeypatch):
    browser = visitor("reviewer")
    clock.moment += 120  # old enough to be written when it is seen
    found = sessions.SESSION.update

    def end_first(*arguments, **options):
        with desk.engine.execution_options(writes=True).begin() as connection:
            connection.execute(SESSION.delete())
        return found(*arguments, **options)

    monkeypatch.setattr(sessions.SESSION, "update", end_first)
    assert not is_in(browser)
    monkeypatch.undo()
    assert not is_in(browser)
