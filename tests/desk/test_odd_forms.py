"""Whatever an admin's browser sends: no door breaks, and no answer tells what only the machine may know."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naast.desk.pages import DOORS
from naast.desk.shield import HEADERS
from tests.servers import ROOT

FUZZED = [door for door in DOORS if door.path != "/logout"]
TEMPLATES = ROOT / "naast" / "desk" / "templates"
FIELDS = sorted(
    {name for page in TEMPLATES.glob("*.html") for name in re.findall(r'name="([a-z_]+)', page.read_text())}
)
TELLS = (str(ROOT), "Traceback", "sqlalchemy", "sqlite3", "$argon2id$", "SELECT ")
NUMBER = st.one_of(st.integers(0, 5), st.integers(-(2**70), 2**70)).map(str)
LIKELY = ["", "greet", "intent", "facts", "safety", "reviewed", "[]", "{}", "null", "' OR 1=1 --", "<b>x</b>"]
WORDS = st.one_of(NUMBER, st.text(max_size=40), st.sampled_from(LIKELY))
SENT = st.dictionaries(
    st.one_of(st.sampled_from(FIELDS), st.builds("{}-{}".format, st.sampled_from(FIELDS), st.integers(0, 12))), WORDS
)


@st.composite
def asked(draw):
    """A door, the address somebody made of it, and what they filled in."""
    door = draw(st.sampled_from(FUZZED))
    plain = st.text("abcdefghijklmnopqrstuvwxyz0123456789._%-", min_size=1, max_size=20)

    def part(match):
        return draw(NUMBER.filter(lambda each: "-" not in each) if ":int" in match[0] else plain)

    return door.method, re.sub(r"{[\w:]+}", part, door.path), draw(SENT), draw(SENT), draw(st.booleans())


def fuzz(browser, examples):
    @given(asked())
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(each):
        method, path, query, form, by_htmx = each
        headers = {"HX-Request": "true"} if by_htmx else {}
        answer = browser.request(method, path, params=query, data=form if method == "POST" else None, headers=headers)
        assert answer.status_code < 500, each
        assert not [tell for tell in TELLS if tell in answer.text], each
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, each

    ask()


@pytest.fixture
def browser(desk, visitor, addresses, monkeypatch):
    """Of an admin, where something is behind each door. A trial is begun and trains nothing."""
    monkeypatch.setattr(type(desk.trials), "start", lambda *_: 1)
    return visitor("admin")


def test_no_door_breaks(browser):
    fuzz(browser, 200)


@pytest.mark.prove
def test_no_door_breaks_whatever_is_tried(browser):
    fuzz(browser, 10_000)
