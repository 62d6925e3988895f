"""Each thing the doctor looks at: well as it should be, and with what to do where it is not."""

import os
import sqlite3
import sys
from contextlib import closing

import pytest

from scripts import backup, doctor, restore
from scripts.ready import ACTIONS, RASA, Server, desk


@pytest.fixture(autouse=True)
def without_settings(monkeypatch):
    for name in [name for name in os.environ if name.startswith("NAAST_")]:
        monkeypatch.delenv(name)


def test_the_processor_must_have_avx2(tmp_path):
    (tmp_path / "cpuinfo").write_text("flags : fpu sse2 avx avx2")
    assert doctor.processor(tmp_path / "cpuinfo").remedy is None
    (tmp_path / "cpuinfo").write_text("flags : fpu sse2")
    assert "AVX2" in doctor.processor(tmp_path / "cpuinfo").remedy


def test_little_memory_deserves_a_look(tmp_path):
    (tmp_path / "meminfo").write_text("MemTotal: 4000000 kB\nMemAvailable: 500000 kB\n")
    found = doctor.memory(tmp_path / "meminfo")
    assert found.remedy and not found.stops


def test_a_full_disk_stops(monkeypatch):
    monkeypatch.setattr(doctor, "LEAST_MEGABYTES", 10**12)
    found = doctor.disk()
    assert found.stops and "full disk" in found.remedy


def test_a_setting_that_makes_no_sense_is_named(monkeypatch):
    assert doctor.environment().remedy is None
    senseless = {
        "NAAST_ORIGINS": "*",
        "NAAST_RETENTION_DAYS": "ever",
        "NAAST_DATABASE_URL": "mysql://host/naast",
        "NAAST_REDIS_URL": "localhost",
        "NAAST_DESK_URL": "http://desk.example",
        "NAAST_CHAT_URL": "http://naast.example/",
        "NAAST_TELEGRAM_TOKEN": "secret",
    }
    for name, value in senseless.items():
        monkeypatch.setenv(name, value)
    remedy = doctor.environment().remedy
    assert [name for name in senseless if name not in remedy] == []


def test_all_ports_that_a_start_wants_are_looked_at(monkeypatch):
    free = {ACTIONS.port: True, desk().port: True, RASA.port: True}
    monkeypatch.setattr(doctor, "port_is_free", free.get)
    monkeypatch.setattr(Server, "answers", lambda _server: True)
    assert doctor.ports().remedy is None
    free[desk().port] = False
    assert str(desk().port) in doctor.ports().what and doctor.ports().remedy
    free.update({ACTIONS.port: False, RASA.port: False})
    assert doctor.ports() == doctor.Finding("Naast is running")


def test_a_postgresql_is_looked_at_in_the_place_of_the_file(monkeypatch):
    monkeypatch.setenv("NAAST_DATABASE_URL", "postgresql://naast:secret@127.0.0.1:9/naast")
    found = doctor.conversations()
    assert found.stops and "does not answer" in found.remedy and "secret" not in f"{found}"


@pytest.mark.parametrize("command", [backup, restore], ids=["backup", "restore"])
def test_what_is_for_sqlite_refuses_where_conversations_are_in_postgresql(command, monkeypatch):
    monkeypatch.setenv("NAAST_DATABASE_URL", "postgresql://naast:secret@127.0.0.1:9/naast")
    monkeypatch.setattr(sys, "argv", ["command", "var/backups/a.db"])
    with pytest.raises(SystemExit, match="pg_dump") as refused:
        command.main()
    assert "secret" not in str(refused.value)


def test_the_key_is_looked_at_and_never_made(tmp_path):
    file = tmp_path / "key"
    assert doctor.key(file).remedy is None and not file.exists()
    file.write_text("k" * 40)
    file.chmod(0o644)
    assert "chmod 600" in doctor.key(file).remedy
    file.chmod(0o600)
    assert doctor.key(file).remedy is None


def test_a_database_is_counted_and_a_damaged_one_told(tmp_path):
    file = tmp_path / "naast.db"
    assert doctor.conversations(file).remedy is None
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("CREATE TABLE events (sender_id TEXT)")
        opened.execute("INSERT INTO events VALUES ('a'), ('a'), ('b')")
        opened.commit()
    file.chmod(0o600)
    assert doctor.conversations(file).what.startswith("2 conversations")
    file.chmod(0o644)
    assert "chmod" in doctor.conversations(file).remedy
    file.chmod(0o600)
    file.write_bytes(b"no database at all" * 100)
    assert "damaged" in doctor.conversations(file).remedy


def test_it_ends_with_one_where_something_stops_and_with_nought_where_not(monkeypatch, capsys):
    for finding, code in (
        (doctor.Finding("x"), 0),
        (doctor.Finding("x", "y", stops=False), 0),
        (doctor.Finding("x", "y"), 1),
    ):
        monkeypatch.setattr(doctor, "LOOKED_AT", (lambda finding=finding: finding,))
        with pytest.raises(SystemExit) as ended:
            doctor.main()
        assert ended.value.code == code
    assert "-> y" in capsys.readouterr().out
