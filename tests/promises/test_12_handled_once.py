"""Promise 12: a message that is delivered again, or twice at once, is one message with one answer."""

import json
from concurrent.futures import ThreadPoolExecutor

from tests.telegram.test_conversations import REPORT, conversation_of, lead
from tests.telegram.test_hook import post
from tests.web import Page


def test_a_message_sent_twice_is_one_turn_with_one_answer(servers):
    page = Page.begin(servers)
    first, again = page.send(REPORT, "once").json(), page.send(REPORT, "once").json()
    assert first == again
    assert len([each for each in page.shown() if each["from"] == "parent"]) == 1


def test_a_message_sent_twice_at_once_is_one_turn(servers):
    page = Page.begin(servers)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: page.send(REPORT, "once").json(), range(2)))
    assert answers[0] == answers[1]
    assert len([each for each in page.shown() if each["from"] == "parent"]) == 1


def test_an_update_delivered_ten_times_at_once_is_one_turn(bot):
    parent = bot.parent()
    update = json.dumps(bot.api.update(message=parent.message(text=REPORT)))
    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(lambda _: post(bot, update), range(10))) == {200}
    bot.api.wait_for(bot.settled)
    assert post(bot, update) == 200
    bot.api.wait_for(bot.settled)
    assert len([text for text in lead(parent.chat.by_bot()) if text.startswith("Ik begrijp")]) == 1
    turns = bot.rows("SELECT COUNT(*) FROM events WHERE type_name = 'user' AND sender_id = ?", conversation_of(parent))
    assert turns == [(1,)]
