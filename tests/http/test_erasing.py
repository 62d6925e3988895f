""" "Verwijder dit gesprek": asked once, then gone from the disk, and only mine."""

from tests.http.reading import said

PLANTED = "koninginnepage"


def on_disk(servers) -> bytes:
    return b"".join(path.read_bytes() for path in servers.folder.glob("naast.db*"))


def test_nothing_of_an_erased_conversation_is_left(servers):
    mine, hers = servers.conversation(), servers.conversation()
    mine.say(f"mijn zoon wordt gechanteerd en op zijn trui staat {PLANTED}")
    hers.say("mijn dochter wordt gechanteerd met een naaktfoto en op haar tas staat dagpauwoog")
    assert PLANTED.encode() in on_disk(servers)

    mine.say("verwijder dit gesprek")
    assert "erased.default" in said(mine.say("ja"))

    left = on_disk(servers)
    assert PLANTED.encode() not in left and mine.sender.encode() not in left
    assert b"dagpauwoog" in left


def test_a_no_keeps_it(parent, servers):
    parent.say("mijn zoon heeft een trui waarop atalanta staat")
    parent.say("wis alles wat ik heb gezegd")
    assert "kept.default" in said(parent.press("Nee, laat het staan"))
    assert b"atalanta" in on_disk(servers)
