"""What `make bench` does itself: the messages it sends, the database it fills, the table it prints."""

import contextlib
import http.server
import json
import sqlite3
import threading
from types import SimpleNamespace

import pytest
import yaml

from naast.channels.texts import channel_texts
from scripts.bench import __main__ as bench
from scripts.bench import measures, projects, side_by_side
from scripts.bench.__main__ import table


def test_every_project_gets_the_same_messages_and_enough_of_them():
    texts = measures.messages()
    assert texts == measures.messages()
    assert len(texts) >= max(measures.LATE) and all(texts)


def test_a_database_is_filled_with_conversations_that_look_like_one(tmp_path):
    database = tmp_path / "conversations.db"
    columns = "sender_id TEXT, type_name TEXT, timestamp FLOAT, intent_name TEXT, action_name TEXT, data TEXT"
    with sqlite3.connect(database) as connection:
        connection.execute(f"CREATE TABLE events (id INTEGER PRIMARY KEY, {columns})")
        for kind in ("session_started", "user", "bot"):
            connection.execute("INSERT INTO events (sender_id, type_name, data) VALUES ('one', ?, '{}')", (kind,))
    measures.fill(database, 50)
    with sqlite3.connect(database) as connection:
        counted = "SELECT count(*), count(DISTINCT sender_id) FROM events"
        assert connection.execute(counted).fetchone() == (51 * 3, 51)


def test_a_figure_that_one_project_lacks_is_left_open():
    lines = table(
        {"Naast": {"start-up, s": 12.34, "model, MB": 26.0}, "the floor": {"start-up, s": 9.0, "training, s": 120.0}}
    )
    assert lines[0] == "| | Naast | the floor |"
    assert lines[2:] == ["| start-up, s | 12.3 | 9.0 |", "| model, MB | 26.0 |  |", "| training, s |  | 120 |"]


def test_both_stock_projects_answer_every_message_with_the_same_action(monkeypatch, tmp_path):
    monkeypatch.setattr(projects, "KEPT", tmp_path)
    monkeypatch.setattr(projects, "_train", lambda folder, name: 1.0)
    made = projects.floor(), projects.default()
    for project in made:
        domain = (project.model.parent / "domain.yml").read_text()
        assert projects.ANSWER in domain and "nlu_fallback" in domain
    assert "pipeline" not in (made[1].model.parent / "config.yml").read_text(), "Rasa fills its default in"


@contextlib.contextmanager
def answering(*answers):
    """A server that gives these answers, each to the next request."""
    left = iter(answers)

    class Server(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(next(left)).encode())

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_nothing_and_the_safety_reply_are_no_answers(monkeypatch):
    monkeypatch.setattr(measures, "AMONG_OTHERS", 4)
    no_answers = [], channel_texts("nl").safety_reply("unavailable"), channel_texts("en").safety_reply("unavailable")
    with answering([{"text": "Adem eerst rustig uit."}], *no_answers) as url:
        parent = measures.Parent(url)
        assert parent.seconds("hallo") > 0
        for _ in no_answers:
            with pytest.raises(measures.NotAnswered):
                parent.seconds("hallo")
    with answering([{"text": "Goed."}], no_answers[1], [{"text": "Goed."}], [{"text": "Goed."}]) as url:
        answered, not_answered = measures.a_second([url], ["hallo"], 1)
    assert answered > 0 and not_answered == 25


def test_no_message_makes_a_conversation_begin_anew():
    begins_anew = {
        line[2:]
        for path in measures.MESSAGES.glob("*.yml")
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        if block["intent"] in measures.BEGINS_ANEW
        for line in block["examples"].splitlines()
    }
    assert begins_anew and not begins_anew & set(measures.messages())


def test_two_servers_are_measured_at_the_same_time_on_one_database(monkeypatch):
    started, asked = [], []

    @contextlib.contextmanager
    def running(_project, folder):
        started.append(folder)
        yield SimpleNamespace(url=f"http://server/{len(started)}")

    def a_second(urls, _texts, _at_once):
        asked.append(list(urls))
        return 5.0 * len(urls), 0

    monkeypatch.setattr(side_by_side, "running", running)
    monkeypatch.setattr(side_by_side.measures, "a_second", a_second)
    monkeypatch.setattr(side_by_side.schema, "engine", lambda address: address)
    monkeypatch.setattr(side_by_side.schema, "upgrade", lambda engine: None)
    monkeypatch.setenv("NAAST_DATABASE_URL", "postgresql://user:password@host/name")
    with pytest.raises(SystemExit, match="NAAST_REDIS_URL"):
        side_by_side.lines()
    monkeypatch.setenv("NAAST_REDIS_URL", "redis://host:6379/0")
    assert side_by_side.lines()[-1].endswith("| 2.00 |")
    assert [len(urls) for urls in asked] == [1, 2] and len(set(started)) == 3


def test_what_is_written_takes_the_place_of_what_stood_there(monkeypatch, tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(bench.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(bench, "PAGE", page)
    for begin, end in ((bench.BEGIN, bench.END), (bench.TWO_BEGIN, bench.TWO_END)):
        bench.write(begin, ["| as measured |"], end)
    assert page.read_text(encoding="utf-8").count("| as measured |") == 2
    assert "Not measured yet: no machine" not in page.read_text(encoding="utf-8")
