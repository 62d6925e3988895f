"""kill -9 at any moment: what Telegram was told has arrived is answered, each turn stands once in the conversation, and
at most what was on its way at that moment comes twice."""

import collections
import random
import time

import pytest

from tests.telegram.conftest import telegram
from tests.telegram.test_conversations import conversation_of, lead

SAID = (
    "mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto",
    "hij zit naast me",
    "wat is sextortion eigenlijk",
    "hoe bewaar ik het bewijs?",
    "kan ik een mens spreken",
)


def deduplicated(texts):
    return [text for number, text in enumerate(texts) if number == 0 or text != texts[number - 1]]


def prove(running, chats, kills, said=SAID, seed=20):
    """Parents write at once, each all that is `said`, while the server is killed; every answer is held against what a
    parent hears whom nobody disturbs."""
    calm = running.parent()
    for text in said:
        calm.say(text)
    undisturbed = lead(calm.chat.by_bot())
    parents = [running.parent() for _ in range(chats)]
    chance = random.Random(seed)
    messages = [(parent, text) for text in said for parent in parents]
    killed_at = sorted(chance.sample(range(1, len(messages)), kills))
    sent = 0
    for place in [*killed_at, len(messages)]:
        for parent, text in messages[sent:place]:
            parent.send(text=text)
        sent = place
        if place < len(messages):
            time.sleep(chance.uniform(0.0, 0.5))  # somewhere in a turn or between two
            running.servers.kill("rasa")
            running.servers.start_rasa()
    running.api.wait_for(lambda: not running.api.pending and running.settled(), 400, "all answered")
    twice = 0
    for parent in parents:
        answers = lead(parent.chat.by_bot())
        assert deduplicated(answers) == undisturbed
        twice += len(answers) - len(undisturbed)
        turns = running.rows(
            "SELECT data FROM events WHERE type_name = 'user' AND sender_id = ?", conversation_of(parent)
        )
        assert len(turns) == len(said)
    assert twice <= kills * chats  # each conversation may have one piece on its way
    ids = collections.Counter(row[0] for row in running.rows("SELECT delivery FROM inbox_seen"))
    assert max(ids.values()) == 1 and running.rows("PRAGMA integrity_check") == [("ok",)]
    assert running.api.complaints == []
    return twice


def test_a_kill_loses_nothing(hooked):
    hooked.api.complaints.clear()
    prove(hooked, chats=4, kills=1, said=SAID[:3])


@pytest.mark.prove
def test_ten_kills_in_two_hundred_messages_lose_nothing(tmp_path_factory, action_port):
    with telegram(tmp_path_factory.mktemp("killed"), "webhook", action_port) as running:
        twice = prove(running, chats=40, kills=10)
    assert twice <= 10, "a piece that was on its way may come twice, once for each kill"
