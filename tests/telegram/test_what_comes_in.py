"""Whatever a parent sends gets a kind answer; no picture is ever fetched, and no group is helped."""

import pytest

from naast.channels.telegram.texts import telegram_texts
from naast.channels.telegram.updates import PICTURES
from naast.channels.texts import channel_texts
from tests.fakes.bot_api import TOKEN
from tests.http.reading import says
from tests.telegram.conftest import both_ways
from tests.telegram.test_conversations import REPORT, bubbles, lead

SENTENCES = telegram_texts().sentences
FILE = {"file_id": "AgACAgQAAxkBAAICANARY", "file_unique_id": "AQADCANARY", "width": 90, "height": 90, "file_size": 999}


def logged(bot):
    return (bot.servers.folder / "rasa.log").read_bytes()


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_nothing_that_could_be_a_picture_is_fetched_or_known(parent, bot, kind):
    said = parent.give(**{kind: [FILE] if kind == "photo" else FILE})
    assert lead(said)[:2] == [channel_texts().sentences["no_media"], channel_texts().emergency]
    assert {name for name, _ in bot.api.calls} <= {"sendMessage", "answerCallbackQuery", "editMessageReplyMarkup"} | {
        "sendDocument",
        "editMessageText",
        "deleteMessage",
        "leaveChat",
        "getMe",
    }
    assert b"CANARY" not in bot.on_disk() + logged(bot)


def test_a_first_picture_is_answered_in_the_language_of_the_telegram_it_came_from(parent):
    parent.language = "en-GB"
    english = channel_texts("en")
    assert lead(parent.give(photo=[FILE]))[:2] == [english.sentences["no_media"], english.emergency]
    said = parent.give(photo=[FILE], caption="my son")
    assert lead(said)[0] == english.sentences["no_media"]


def test_the_words_below_a_picture_are_read(parent):
    said = parent.give(photo=[FILE], caption="dit kreeg mijn dochter, ze wil niet meer leven")
    assert lead(said)[0] == channel_texts().sentences["no_media"] and "113" in " ".join(lead(said))


@pytest.mark.parametrize("described", [None, 0, 2], ids=["no words", "words first", "words last"])
def test_an_album_is_refused_once_and_its_words_are_read(parent, described):
    album = [{"photo": [FILE], "media_group_id": "139"} for _ in range(3)]
    if described is not None:
        album[described]["caption"] = "mijn zoon wordt hiermee gechanteerd"
    said = parent.answered(*(parent.api.update(message=parent.message(**each)) for each in album))
    assert lead(said).count(channel_texts().sentences["no_media"]) == (2 if described == 2 else 1)
    assert says(bubbles(said), "first_report.") is (described is not None)


@pytest.mark.parametrize("kind", ["location", "contact", "poll", "dice"])
def test_what_holds_no_words_gets_a_kind_answer_and_is_not_kept(parent, bot, kind):
    said = parent.give(**{kind: {"latitude": 52.0912345, "phone_number": "+31612345678", "value": 3}})
    assert lead(said)[0] == SENTENCES.no_words
    kept = bot.on_disk() + logged(bot)
    assert b"52.0912345" not in kept and b"31612345678" not in kept


@both_ways
def test_the_last_message_is_read_again_when_it_is_edited_and_an_older_one_is_not(parent, bot):
    old = parent.message(text="hallo")
    parent.answered(parent.api.update(message=old))
    last = parent.message(text="mijn zoon wordt gechanteerd met een naaktfoto")
    parent.answered(parent.api.update(message=last))
    assert lead(parent.edit(old, "hoi")) == [SENTENCES.old_edit]
    assert parent.edit(last, last["text"]) == []
    again = parent.edit(last, "mijn dochter wordt gechanteerd met een naaktfoto")
    assert again and SENTENCES.old_edit not in lead(again)
    parent.press("Thuis, ik ben erbij")
    assert lead(parent.edit(last, "mijn zoon toch")) == [SENTENCES.old_edit]


@both_ways
def test_a_group_is_left_with_one_explanation(parent, bot):
    parent.chat.type = "supergroup"
    place = {"id": parent.chat.id, "type": "supergroup", "title": "Ouders 2b"}
    bot.api.deliver(parent.membership("member"))
    messages = [parent.message(text=f"hallo {number}") | {"chat": place} for number in range(5)]
    added = parent.membership("member")
    added["my_chat_member"]["chat"] = place
    said = parent.answered(added, *(bot.api.update(message=message) for message in messages))
    assert lead(said) == [SENTENCES.group] and parent.chat.left
    parent.chat.left = False
    again = parent.membership("administrator")
    again["my_chat_member"]["chat"] = place
    assert parent.answered(again) == [] and parent.chat.left


@both_ways
def test_an_update_that_comes_again_is_one_turn(parent, bot):
    update = bot.api.update(message=parent.message(text="hallo"))
    said = parent.answered(update, update)
    assert len([text for text in lead(said) if text.startswith("Hoi")]) == 1
    assert parent.answered(update) == []


@both_ways
def test_who_blocked_naast_and_comes_back_lost_nothing(parent, bot):
    parent.say("hallo")
    before = attempts(parent)
    parent.chat.blocked = True
    bot.api.deliver(parent.membership("kicked"))
    parent.send(text=REPORT)
    bot.api.wait_for(lambda: attempts(parent) > before, what="an attempt")
    bot.api.wait_for(lambda: not bot.api.pending)
    assert not bot.settled()
    parent.chat.blocked = False
    assert says(bubbles(parent.answered(parent.membership("member"))), "first_report.")


def attempts(parent):
    """How often it was tried to say something to this parent."""
    return sum(params["chat_id"] == parent.chat.id for params in parent.api.called("sendMessage"))


def test_a_long_story_in_many_alphabets_is_read(parent):
    story = REPORT + " " + "Mijn zoon 😢 é ж 好 " * 190
    assert says(bubbles(parent.say(story, reply_to_message=parent.message(text="😢" * 2048))), "first_report.")


def test_many_messages_at_once_are_all_answered(parent, bot):
    updates = [bot.api.update(message=parent.message(text="hallo")) for _ in range(8)]
    said = parent.answered(*updates, seconds=90)
    assert len([text for text in lead(said) if text.startswith("Hoi")]) == 8


def test_nothing_kept_says_who_a_parent_is(parent, bot):
    parent.say("mijn dochter heet Zwaluwstaart, bel me op 06 12345678")
    parent.send(text="nog iets")
    bot.api.wait_for(lambda: not bot.api.pending and bot.settled())
    kept, log = bot.on_disk(), logged(bot)
    for canary in (str(parent.chat.id), "sanne_k", "Zwaluwstaart", "12345678"):
        assert canary.encode() not in kept, canary
    for canary in (str(parent.chat.id), "sanne_k", "Zwaluwstaart", TOKEN):
        assert canary.encode() not in log, canary
