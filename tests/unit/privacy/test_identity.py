"""Keyed ids: the same address gives the same id, and without the key nobody finds it back."""

import hashlib
import os
import stat

import pytest

from naast import settings
from naast.privacy import identity


@pytest.fixture(autouse=True)
def fresh_key(monkeypatch):
    monkeypatch.setenv("NAAST_KEY", "k" * 40)
    identity._key.cache_clear()
    yield
    identity._key.cache_clear()


def test_the_same_address_gives_the_same_id_and_another_channel_another():
    assert identity.conversation_id("telegram", "12345") == identity.conversation_id("telegram", "12345")
    assert identity.conversation_id("telegram", "12345") != identity.conversation_id("web", "12345")
    assert identity.conversation_id("a", "b\0c") == identity.conversation_id("a", "b\0c")


def test_the_id_says_nothing_of_the_address_and_hangs_on_the_key(monkeypatch):
    first = identity.conversation_id("telegram", "12345")
    assert "12345" not in first and first not in hashlib.sha256(b"telegram\x0012345").hexdigest()
    monkeypatch.setenv("NAAST_KEY", "another key, that is long enough, too")
    identity._key.cache_clear()
    assert identity.conversation_id("telegram", "12345") != first


def test_a_key_is_made_once_and_read_by_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("NAAST_KEY")
    file = tmp_path / "var" / "key"
    made = settings.key(file)
    assert settings.key(file) == made and len(made) >= settings.LEAST_KEY
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(file.parent) == ["key"]


@pytest.mark.parametrize("days", ["0", "-1", "366", "veel", ""])
def test_a_retention_that_makes_no_sense_stops_the_start(monkeypatch, days):
    monkeypatch.setenv("NAAST_RETENTION_DAYS", days)
    with pytest.raises(settings.UnsafeSettings, match="NAAST_RETENTION_DAYS"):
        settings.retention_days()


def test_a_short_key_and_a_key_that_others_can_read_stop_the_start(tmp_path, monkeypatch):
    monkeypatch.setenv("NAAST_KEY", "short")
    with pytest.raises(settings.UnsafeSettings, match="NAAST_KEY"):
        settings.key(tmp_path / "key")
    monkeypatch.delenv("NAAST_KEY")
    (tmp_path / "key").write_text("k" * 40)
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(settings.UnsafeSettings, match="chmod 600"):
        settings.key(tmp_path / "key")
