"""What `make bench` does itself: the messages it sends, the database it fills, the table it prints."""

import sqlite3

from scripts.bench import measures, projects
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
