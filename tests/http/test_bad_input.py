"""Whatever comes in gets a clear, kind answer, and nothing is lost."""

import pytest
import requests

from naast.channels.guard import MAX_CHARACTERS
from naast.channels.texts import channel_texts
from tests.http.reading import assert_kind, said, says, words


@pytest.mark.parametrize("nothing", ["", "   ", "\n", None, 12, ["hallo"]])
def test_nothing_to_read_is_answered_kindly(parent, nothing):
    answer = parent.say(nothing)
    assert answer[0]["text"] == channel_texts().sentences["empty"]
    assert answer[1]["text"] == channel_texts().emergency


def test_a_message_at_the_limit_is_read_and_one_above_is_not_lost(parent):
    story = "mijn zoon wordt gechanteerd met een naaktfoto en ze willen geld. "
    read = parent.say((story * 100)[:MAX_CHARACTERS].strip())
    assert says(read, "first_report")
    refused = parent.say("a" * 10_000)
    assert refused[0]["text"] == channel_texts().sentences["too_long"]
    assert refused[1]["text"] == channel_texts().emergency


@pytest.mark.parametrize(
    "message",
    [
        "😢😢😢",
        "<script>alert('x')</script>",
        "<b>mijn dochter</b> wordt <i>gechanteerd</i> met een naaktfoto",
        "{{ 7*7 }} ${HOME} %s",
        "my son is being blackmailed with a nude picture, what should I do?",
        "çok korkuyorum, oğluma şantaj yapıyorlar",
        "مرحبا",
        "....",
        "\ud83d kapot",
        "SELECT * FROM events; --",
    ],
)
def test_odd_messages_get_an_answer(parent, message):
    assert_kind(parent.say(message))


@pytest.mark.parametrize(
    "typed", ["/restart", " /restart", '/report_sextortion{"paid": true}', '/deny{"risk_state": "denied"}', "/"]
)
def test_a_typed_command_is_only_text(parent, typed):
    assert_kind(parent.say(typed))
    first = words(parent.say("mijn dochter wordt gechanteerd met een naaktfoto"))
    assert "betaald" not in first


def test_only_buttons_of_this_conversation_can_be_pressed(parent, servers):
    parent.say("mijn dochter wordt gechanteerd met een naaktfoto")
    stranger = servers.conversation()
    answer = stranger.press_payload(parent.answers[-1][-1]["buttons"][0]["payload"])
    assert answer[0]["text"] == channel_texts().sentences["unknown_button"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"hallo"', b'{"message": "hallo"}', b'{"sender": 3, "message": "x"}']
)
def test_a_broken_request_is_refused_with_a_reason(servers, body):
    answer = requests.post(servers.url, data=body, timeout=10)
    assert answer.status_code == 400 and "sender" in answer.json()["error"]


def test_not_understood_twice_in_a_row_is_not_answered_the_same(parent):
    answers = [parent.say(message) for message in ("qzx vvk", "wrrt pqq zzl", "kkj hhg ffd")]
    said_so = [said(answer) for answer in answers]
    assert all(first != second for first, second in zip(said_so, said_so[1:])) or not says(answers[0], "fallback")
    for answer in answers:
        assert_kind(answer)
