"""Promise 1: nothing that says who somebody is stands on the disk, whatever file, however the turn ended."""

from tests.promises.canaries import CANARIES
from tests.promises.disk import files, holding
from tests.servers import ROOT

BUILT = {"naast.tar.gz"}


def test_forty_things_that_say_who_it_is_are_found_nowhere(told, breakable):
    _, started = told
    kept = files(breakable.folder)
    assert {"naast.db", "rasa.log", "actions.log"} <= {path.name for path in kept}
    assert any(path.parent.name == "backups" for path in kept)
    written = [path for folder in ("models", "logs", "var") for path in files(ROOT / folder)]
    written = [path for path in written if path.name not in BUILT and path.stat().st_mtime > started]
    assert len(CANARIES) == 40
    found = {piece: holding(piece, kept + written) for piece in CANARIES.values()}
    assert {piece: where for piece, where in found.items() if where} == {}
