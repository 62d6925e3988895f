"""Promise 22: the log holds no message, no address and no token, and there is no access log."""

from tests.promises.canaries import UNUSUAL
from tests.promises.disk import files, holding


def test_the_log_holds_no_message_no_address_and_no_token(told, breakable):
    pages, _ = told
    logs = [breakable.folder / "rasa.log", breakable.folder / "actions.log"]
    assert holding(UNUSUAL, files(breakable.folder / "backups"))  # it was said and kept, else this proves nothing
    assert holding("naast.turn.failed", logs)
    assert holding(UNUSUAL, logs) == []
    for page in pages:
        assert holding(page.token, files(breakable.folder)) == []
        address = page.session.get_adapter("http://")._address
        assert holding(address, files(breakable.folder)) == []
