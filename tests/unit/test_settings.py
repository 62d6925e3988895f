"""What an installation may set for the desk; what makes no sense stops the start and names the setting."""

import pytest

from naast.desk.database import configured_url
from naast.settings import DESK_URL, UnsafeSettings, desk_url


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
