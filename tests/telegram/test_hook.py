"""The webhook: whatever it is told does no harm, and what comes late is answered. Who may tell it is promise 11."""

import json
import signal

import requests
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans

from naast.channels.telegram.channel import MAX_UPDATE, SECRET_HEADER
from naast.channels.telegram.updates import read
from naast.channels.telegram.worker import AT_ONCE
from naast.channels.texts import channel_texts
from tests.fakes.bot_api import Chat
from tests.http.reading import says
from tests.telegram.conftest import SECRET
from tests.telegram.test_conversations import REPORT, SENTENCES, bubbles, lead
from tests.unit.channels.telegram.test_updates import ANYTHING, ME, NEARLY, one_field_wrong


def post(bot, body, secret=SECRET):
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    return requests.post(bot.hook, data=body, headers=headers, timeout=30).status_code


def test_a_thousand_malformed_updates_raise_no_error_and_lose_no_later_message(parent, bot):
    senders = []
    with requests.Session() as session:
        session.headers[SECRET_HEADER] = SECRET

        @given(booleans().flatmap(lambda valid_once: one_field_wrong() if valid_once else ANYTHING | NEARLY))
        @settings(max_examples=1000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def send(thing):
            sender = bot.parent()
            body = json.dumps(thing).replace(f'"id": {ME["id"]},', f'"id": {sender.chat.id},')
            body = body.replace('"update_id": 7,', f'"update_id": {next(bot.api.numbers)},')
            seen = read(json.loads(body))
            if seen is not None:
                senders.append(sender)
                bot.api.chats.setdefault(seen.chat, Chat(seen.chat))
            assert session.post(bot.hook, data=body, timeout=30).status_code == 200

        send()
    assert len(senders) > 100
    bot.api.wait_for(bot.settled, 240, "an answer to all that can be read")
    heard = [sender for sender in senders if not sender.chat.left]
    for sender in heard[-5:]:
        assert SENTENCES.languages in lead(sender.say("/taal"))
    for body in (
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"null",
        b'{"update_id": NaN}',
        b"7" * 5000,
        b'{"update_id": 1e999}',
    ):
        assert post(bot, body) == 200
    # Refused, it would be delivered again and again, and all that comes after would wait behind it.
    assert post(bot, b"x" * (MAX_UPDATE + 70_000)) == 200
    assert says(bubbles(parent.say(REPORT)), "first_report.")
    assert "Traceback" not in (bot.servers.folder / "rasa.log").read_text()


def test_what_arrives_late_is_answered_too(parent, bot):
    late = bot.api.update(message=parent.message(text="hij zit naast me"))
    early = bot.api.update(message=parent.message(text=REPORT))
    said = parent.answered(early, late)
    assert says(bubbles(said), "first_report.") and len(lead(said)) >= 5


def test_telegram_asks_to_wait_and_goes_down_and_the_answers_come_in_order(parent, bot):
    bot.api.fail("sendMessage", times=1, status=429, retry_after=2)
    bot.api.fail("sendMessage", times=2, status=500)
    expected = bot.servers.conversation()
    said = lead(
        parent.answered(*(bot.api.update(message=parent.message(text=text)) for text in (REPORT, "hij zit naast me")))
    )
    assert [text for text in said if not text.startswith("Let op: Telegram")] == [
        bubble["text"] for message in (REPORT, "hij zit naast me") for bubble in expected.say(message)
    ]


def test_while_the_action_server_is_silent_all_have_the_numbers_and_then_their_answer(bot, actions):
    parents = [bot.parent() for _ in range(2 * AT_ONCE + 1)]  # more than there are turns at once
    actions.processes["actions"].send_signal(signal.SIGSTOP)
    try:
        for each in parents:
            each.send(text=REPORT)
        bot.api.wait_for(lambda: all(is_told_to_wait(each) for each in parents), what="the numbers for all")
        assert not any(says(bubbles(each.chat.by_bot()), "first_report.") for each in parents)
    finally:
        actions.processes["actions"].send_signal(signal.SIGCONT)
    bot.api.wait_for(lambda: all(says(bubbles(each.chat.by_bot()), "first_report.") for each in parents))


def is_told_to_wait(parent):
    said = [message.text for message in parent.chat.by_bot()]
    return said[:2] == [SENTENCES.slow, channel_texts().emergency]
