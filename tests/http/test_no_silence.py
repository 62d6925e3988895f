"""When something behind the channel is down, the parent still gets the emergency numbers, within seconds."""

import time

from naast.channels.texts import channel_texts
from tests.http.reading import assert_kind


def test_a_dead_action_server_is_not_silence(servers):
    parent = servers.conversation()
    servers.stop("actions")
    try:
        started = time.monotonic()
        answer = parent.say("mijn dochter wordt gechanteerd met een naaktfoto")
        assert time.monotonic() - started < 6
        assert [bubble["text"] for bubble in answer] == [
            channel_texts().sentences["unavailable"],
            channel_texts().emergency,
        ]
    finally:
        servers.start_actions()
    assert_kind(parent.say("mijn dochter wordt gechanteerd met een naaktfoto"))
