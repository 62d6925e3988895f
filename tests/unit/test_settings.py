"""What an installation may set for the desk; what makes no sense stops the start and names the setting."""

import pytest

from naast.desk.database import configured_url
from naast.settings import CHAT_URL, DESK_URL, UnsafeSettings, chat_url, desk_url


def test_the_desk_is_on_this_machine_unless_said_otherwise(monkeypatch):
    monkeypatch.delenv("NAAST_DESK_URL", raising=False)
    assert desk_url() == DESK_URL
    monkeypatch.setenv("NAAST_DESK_URL", "https://desk.example/")
    assert desk_url() == "https://desk.example"


@pytest.mark.parametrize(
    "given", ["http://desk.example", "desk.example", "https://", "ftp://desk.example", "https://x/y"]
)
def test_an_address_where_passwords_would_travel_in_the_open_is_refused(monkeypatch, given):
    monkeypatch.setenv("NAAST_DESK_URL", given)
    with pytest.raises(UnsafeSettings, match="NAAST_DESK_URL"):
        desk_url()


def test_the_desk_reads_where_rasa_writes(monkeypatch, tmp_path):
    monkeypatch.delenv("NAAST_DATABASE_URL", raising=False)
    assert configured_url() == "sqlite:///var/naast.db"
    (tmp_path / "endpoints.yml").write_text("tracker_store: {type: somewhere}\n")
    with pytest.raises(UnsafeSettings, match="NAAST_DATABASE_URL"):
        configured_url(str(tmp_path / "endpoints.yml"))
    monkeypatch.setenv("NAAST_DATABASE_URL", "postgresql://naast@127.0.0.1/naast")
    assert configured_url() == "postgresql://naast@127.0.0.1/naast"


def test_guests_are_sent_to_the_chat_on_this_machine_unless_said_otherwise(monkeypatch):
    monkeypatch.delenv("NAAST_CHAT_URL", raising=False)
    assert chat_url() == CHAT_URL
    monkeypatch.setenv("NAAST_CHAT_URL", "https://chat.example/naast/")
    assert chat_url() == "https://chat.example/naast/"


@pytest.mark.parametrize(
    "given", ["http://chat.example/", "chat.example", "https://", "https://x/?a=b", "https://x/#a"]
)
def test_an_address_that_no_guest_can_safely_open_is_refused(monkeypatch, given):
    monkeypatch.setenv("NAAST_CHAT_URL", given)
    with pytest.raises(UnsafeSettings, match="NAAST_CHAT_URL"):
        chat_url()
