"""Coming in: passwords, second factor, and what the database holds of both. How sessions end is promise 19."""

import pyotp
import pytest
import sqlalchemy as sa

from naast.desk.auth import accounts, passwords
from naast.desk.tables import ACCOUNT, SESSION
from tests.desk.conftest import PASSWORD


def test_without_a_session_the_login_leads_back_to_the_page(visitor):
    browser = visitor("")
    answer = browser.get("/conversations/3?flag=safety")
    assert answer.headers["location"] == "/login?next=%2Fconversations%2F3%3Fflag%3Dsafety"
    data = {"name": "reviewer", "password": PASSWORD, "next": "/conversations/3?flag=safety"}
    assert browser.post("/login", data=data).headers["location"] == "/conversations/3?flag=safety"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"])
def test_the_login_leads_nowhere_else(visitor, elsewhere):
    data = {"name": "reviewer", "password": PASSWORD, "next": elsewhere}
    assert visitor("").post("/login", data=data).headers["location"] == "/conversations"


@pytest.mark.parametrize("name, password", [("reviewer", "verkeerd wachtwoord"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_look_the_same(visitor, name, password):
    answer = visitor("").post("/login", data={"name": name, "password": password})
    assert answer.status_code == 403 and "klopt niet" in answer.text and "set-cookie" not in answer.headers


def test_the_database_holds_neither_token_nor_password(desk, visitor):
    browser = visitor("reviewer")
    with desk.engine.connect() as connection:
        kept = str(connection.execute(sa.select(SESSION)).all()) + str(connection.execute(sa.select(ACCOUNT)).all())
    assert PASSWORD not in kept and not any(value in kept for value in browser.cookies.values())


def test_passwords_are_hashed_as_is_recommended_today():
    assert passwords.PasswordHasher().hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords._HASHER.type.name == "ID"


def test_trying_too_often_is_refused_for_that_address_only(desk):
    limits = desk.logins
    assert all(limits.may_try("reviewer", "192.0.2.1") for _ in range(5))
    assert not limits.may_try("reviewer", "192.0.2.1")
    assert limits.may_try("reviewer", "192.0.2.2")  # the owner, elsewhere, is not locked out
    assert not all(limits.may_try(f"name{number}", "192.0.2.3") for number in range(40))


def test_a_stranger_who_guesses_locks_nobody_out_of_where_they_came_in_before(desk):
    limits = desk.logins
    limits.came_in("reviewer", "192.0.2.1")
    limits.may_try("reviewer", "192.0.2.1")
    assert not all(limits.may_try("reviewer", f"198.51.100.{number}") for number in range(101))
    assert limits.may_try("reviewer", "192.0.2.1")
    assert not limits.may_try("reviewer", "192.0.2.2")  # a new address waits


def test_who_came_in_is_spared_there(desk, visitor, monkeypatch):
    came = []
    monkeypatch.setattr(desk.logins, "came_in", lambda *who: came.append(who))
    visitor("").post("/login", data={"name": "reviewer", "password": "x"})
    visitor("reviewer")
    assert came == [("reviewer", "testclient")]


def test_too_many_tries_are_told(visitor):
    browser = visitor("")
    answers = [browser.post("/login", data={"name": "reviewer", "password": "x"}).status_code for _ in range(7)]
    assert answers[:5] == [403] * 5 and answers[5:] == [429] * 2


def test_a_second_factor_is_asked_and_each_code_is_taken_once(desk, clock):
    uri = accounts.set_second_factor(desk, "trainer")
    generator = pyotp.parse_uri(uri)
    assert accounts.log_in(desk, "trainer", PASSWORD, "") is None
    code = generator.at(clock.moment)
    assert accounts.log_in(desk, "trainer", PASSWORD, code)
    assert accounts.log_in(desk, "trainer", PASSWORD, code) is None
    clock.moment += 30
    assert accounts.log_in(desk, "trainer", PASSWORD, generator.at(clock.moment))
    with desk.engine.connect() as connection:
        kept = connection.execute(sa.select(ACCOUNT.c.totp).where(ACCOUNT.c.name == "trainer")).scalar()
    assert generator.secret not in kept


@pytest.mark.parametrize("password", ["kort", "x" * 300, "mijn-reviewer-wachtwoord"])
def test_a_weak_password_is_refused(desk, password):
    with pytest.raises(passwords.WeakPassword):
        accounts.change_password(desk, "reviewer", password)


@pytest.mark.parametrize(
    "name, role", [("Anna", "reviewer"), ("a b", "reviewer"), ("anna", "boss"), ("second", "admin")]
)
def test_an_account_that_cannot_be_is_not_made(desk, name, role):
    with pytest.raises(accounts.WrongAccount):
        accounts.add(desk, name, role, PASSWORD)


def test_a_closed_account_cannot_come_in(desk):
    accounts.close(desk, "reviewer")
    assert accounts.log_in(desk, "reviewer", PASSWORD, "") is None
    assert accounts.log_in(desk, "reviewer", "", "") is None


def test_a_language_chosen_before_the_login_stays_after_it(visitor):
    browser = visitor("")
    browser.post("/language", data={"language": "en", "back": "/login"})
    assert "Log in" in browser.get("/login").text
    browser.post("/login", data={"name": "reviewer", "password": PASSWORD})
    assert '<html lang="en">' in browser.get("/conversations").text
    assert '<html lang="en">' in visitor("reviewer").get("/conversations").text  # and elsewhere too
