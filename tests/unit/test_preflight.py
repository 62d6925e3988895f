"""Before the servers start: a mistake in any language of the guidance, or a token that is not there, stops the start,
in one line."""

import contextlib
import sys

import pytest

from naast.guidance.library import languages
from naast.guidance.reading import GuidanceError
from scripts import preflight, ready


@pytest.mark.parametrize("damaged", languages())
def test_a_mistake_in_any_language_is_named(monkeypatch, damaged):
    def load(language):
        if language == damaged:
            raise GuidanceError(f"guidance/{language}/wording.yml:1: no")

    monkeypatch.setattr(sys, "argv", ["preflight"])
    monkeypatch.setattr(preflight, "port_is_free", lambda _port: True)
    monkeypatch.setattr(preflight.tarfile, "open", lambda _path: contextlib.nullcontext(preflight.tarfile.TarFile))
    monkeypatch.setattr(preflight.tarfile.TarFile, "getmembers", lambda: [])
    monkeypatch.setattr(preflight, "load", load)
    with pytest.raises(SystemExit, match=f"naast: guidance/{damaged}"):
        preflight.main()


@pytest.mark.parametrize("token", [None, "", " "])
def test_telegram_that_was_asked_for_without_a_token_stops_the_start(monkeypatch, token):
    monkeypatch.setattr(sys, "argv", ["preflight"])
    monkeypatch.setattr(preflight, "port_is_free", lambda _port: pytest.fail("the token comes first"))
    monkeypatch.setenv("NAAST_TELEGRAM_MODE", "polling")
    monkeypatch.delenv("NAAST_TELEGRAM_TOKEN", raising=False)
    if token is not None:
        monkeypatch.setenv("NAAST_TELEGRAM_TOKEN", token)
    with pytest.raises(SystemExit, match="NAAST_TELEGRAM_TOKEN is not set"):
        preflight.main()
    monkeypatch.setenv("NAAST_TELEGRAM_TOKEN", "1:x")
    assert not preflight.telegram_lacks_its_token()


@pytest.mark.parametrize(
    "address, port",
    [
        (None, 5080),
        ("http://127.0.0.1:5099", 5099),
        ("http://localhost:5098", 5098),
        ("https://desk.example", 5080),
        ("https://desk.example:8443", 5080),
    ],
)
def test_the_desk_is_waited_for_where_it_listens(monkeypatch, address, port):
    monkeypatch.delenv("NAAST_DESK_URL", raising=False)
    if address:
        monkeypatch.setenv("NAAST_DESK_URL", address)
    assert ready.desk().port == port


def test_the_port_that_the_desk_is_given_is_looked_at(monkeypatch):
    monkeypatch.setenv("NAAST_DESK_URL", "http://127.0.0.1:5099")
    monkeypatch.setattr(sys, "argv", ["preflight"])
    monkeypatch.setattr(preflight, "port_is_free", lambda port: port != 5099)
    with pytest.raises(SystemExit, match="port 5099"):
        preflight.main()
