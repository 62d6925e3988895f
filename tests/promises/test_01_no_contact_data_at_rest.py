"""Promise 1: nothing that says who somebody is stands on the disk, whatever file, channel or end of the turn."""

from tests.promises.canaries import CANARIES, PAIRS, SAID
from tests.promises.disk import files, holding
from tests.servers import ROOT

BUILT = {"naast.tar.gz"}


def found_in(paths, said):
    pieces = [piece for each in said for piece in SAID[each]]
    where = {piece: holding(piece, paths) for piece in pieces}
    return {piece: names for piece, names in where.items() if names}


def test_over_the_web_they_are_found_nowhere(told, breakable):
    _, started = told
    kept = files(breakable.folder)
    assert {"naast.db", "rasa.log", "actions.log"} <= {path.name for path in kept}
    assert any(path.parent.name == "backups" for path in kept)
    written = [path for folder in ("models", "logs", "var") for path in files(ROOT / folder)]
    written = [path for path in written if path.name not in BUILT and path.stat().st_mtime > started]
    assert (len(CANARIES), len(PAIRS)) == (40, 12)
    assert found_in(kept + written, SAID) == {}


def test_over_telegram_they_are_found_nowhere_nor_is_who_sent_them(bot):
    """Every other one, and every pair of names; what is sent waits in a table of its own until it is answered."""
    said = [*list(CANARIES)[::2], *PAIRS]
    parent = bot.parent()
    for each in said:
        parent.say(each)
    kept = files(bot.servers.folder)
    answered = bot.rows("SELECT COUNT(*) FROM events WHERE type_name = 'user'")[0][0]
    assert answered >= len(said) and {"naast.db", "rasa.log"} <= {path.name for path in kept}
    assert found_in(kept, said) == {}
    assert [holding(piece, kept) for piece in (str(parent.chat.id), parent.person["username"])] == [[], []]
