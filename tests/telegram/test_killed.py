"""kill -9 at any moment: what Telegram was told has arrived is answered, each turn stands once in the conversation, and
at most what was on its way at that moment comes twice."""

import collections
import dataclasses
import random
import time

import pytest

from tests.telegram.conftest import both_ways, telegram
from tests.telegram.test_conversations import REPORT, conversation_of, lead, plans


@dataclasses.dataclass(frozen=True)
class Press:
    """A button that is pressed once it is there."""

    title: str


SAID = (
    "mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto",
    "hij zit naast me",
    "wat is sextortion eigenlijk",
    "hoe bewaar ik het bewijs?",
    "kan ik een mens spreken",
)


TICKS = (
    REPORT,
    Press("Thuis, ik ben erbij"),
    "nee, hij heeft niks gezegd",
    "nee, niets betaald",
    "nee, nog niet rondgestuurd",
    "/plan",
    Press("Ja, bewijs is bewaard"),
)


def deduplicated(texts):
    return [text for number, text in enumerate(texts) if number == 0 or text != texts[number - 1]]


def prove(running, chats, kills, said=SAID, seed=20):
    """Parents write at once, each all that is `said`, while the server is killed: `kills` times at any moment and after
    every press. Each answer is held against what a parent hears whom nobody disturbs."""
    calm = running.parent()
    for each in said:
        calm.press(each.title) if isinstance(each, Press) else calm.say(each)
    undisturbed, plan = lead(calm.chat.by_bot()), [message.text for message in plans(calm)]
    parents = [running.parent() for _ in range(chats)]
    chance = random.Random(seed)
    messages = [(parent, each) for each in said for parent in parents]
    killed_at = set(chance.sample(range(1, len(messages)), kills))
    killed_at |= {(place + 1) * chats for place, each in enumerate(said) if isinstance(each, Press)}
    sent = 0
    for place in sorted(killed_at | {len(messages)}):
        for parent, each in messages[sent:place]:
            send(running, parent, each)
        sent = place
        if place in killed_at:
            if isinstance(messages[place - 1][1], Press):
                running.api.wait_for(lambda: not running.api.pending, what="the press received")
            time.sleep(chance.uniform(0.0, 0.5))  # somewhere in a turn or between two
            running.servers.kill("rasa")
            running.servers.start_rasa()
    running.api.wait_for(lambda: not running.api.pending and running.settled(), 400, "all answered")
    twice = 0
    for parent in parents:
        answers = lead(parent.chat.by_bot())
        assert deduplicated(answers) == undisturbed
        assert [message.text for message in plans(parent)[-1:]] == plan
        twice += len(answers) - len(undisturbed)
        turns = running.rows(
            "SELECT data FROM events WHERE type_name = 'user' AND sender_id = ?", conversation_of(parent)
        )
        assert len(turns) == len(said)
    assert twice <= len(killed_at) * chats  # each conversation may have one piece on its way
    ids = collections.Counter(row[0] for row in running.rows("SELECT delivery FROM inbox_seen"))
    assert max(ids.values()) == 1 and running.rows("PRAGMA integrity_check") == [("ok",)]
    assert running.api.complaints == []
    return twice


def send(running, parent, each):
    """Write, or press a button of the answer before."""
    if isinstance(each, Press):
        running.api.wait_for(lambda: each.title in parent.titles(), 60, f"a button {each.title!r}")
        running.api.deliver(parent.tap(each.title))
    else:
        parent.send(text=each)


@both_ways
def test_a_kill_loses_nothing(bot):
    prove(bot, chats=4, kills=1, said=SAID[:3])


@pytest.mark.prove
@pytest.mark.parametrize(("mode", "chats", "kills"), [("webhook", 40, 10), ("polling", 12, 3)])
def test_ten_kills_in_two_hundred_messages_lose_nothing(tmp_path_factory, action_port, mode, chats, kills):
    with telegram(tmp_path_factory.mktemp("killed"), mode, action_port) as running:
        twice = prove(running, chats, kills)
    assert twice <= kills, "a piece that was on its way may come twice, once for each kill"


@pytest.mark.prove
@pytest.mark.parametrize("mode", ["webhook", "polling"])
def test_a_press_and_a_tick_of_the_plan_across_a_kill_count_once(tmp_path_factory, action_port, mode):
    with telegram(tmp_path_factory.mktemp("pressed"), mode, action_port) as running:
        prove(running, chats=3, kills=0, said=TICKS)
