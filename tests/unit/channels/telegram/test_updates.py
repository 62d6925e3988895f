"""What is read of an update, for every kind that Telegram sends, and for what it never would."""

import copy
import dataclasses
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.channels.telegram import updates
from naast.channels.telegram.updates import Incoming, read

ME = {"id": 42, "type": "private", "first_name": "Sanne", "username": "sanne_k"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Klas 2b"}
PICTURE = [{"file_id": "AgACAgQAAx", "file_unique_id": "AQAD", "width": 90, "height": 90}]


def update(chat=ME, **content):
    return {"update_id": 7, "message": {"message_id": 3, "from": ME, "chat": chat, "date": 0} | content}


@pytest.mark.parametrize("kind", sorted(updates.PICTURES))
def test_no_picture_voice_or_file_is_known_by_more_than_that_there_was_one(kind):
    seen = read(update(**{kind: PICTURE}))
    assert seen == Incoming(7, updates.MEDIA, 42, 3)
    assert read(update(**{kind: PICTURE}, caption="dit stuurde hij")).text == "dit stuurde hij"


@pytest.mark.parametrize("kind", ["contact", "location", "venue", "poll", "dice", "game", "something_new"])
def test_what_holds_no_words_is_told_so(kind):
    assert read(update(**{kind: {"x": 1}})).kind == updates.NO_WORDS


@pytest.mark.parametrize("kind", sorted(updates.NOTES))
def test_nobody_waits_for_an_answer_to_a_note_of_telegram(kind):
    assert read(update(**{kind: {}})) is None


def test_text_is_read_and_no_name_leaves_the_update():
    seen = read(update(text="hallo"))
    assert seen == Incoming(7, updates.TEXT, 42, 3, "hallo")
    assert "anne" not in json.dumps(dataclasses.asdict(seen))


@pytest.mark.parametrize(
    ("spoken", "offered"), [("en", "en"), ("en-GB", "en"), ("nl", "nl"), ("tr", None), ("", None), (None, None)]
)
def test_the_language_of_the_device_counts_where_naast_speaks_it(spoken, offered):
    sender = {"from": {**ME, "language_code": spoken}}
    edited = {"edited_message": {"message_id": 3, "chat": ME, "text": "anders", **sender}}
    bot = {"message_id": 3, "chat": ME, "date": 0, "from": {"id": 1, "is_bot": True, "language_code": "de"}}
    pressed = {"callback_query": {"id": "99", "data": "abc", "message": bot, **sender}}
    came = [update(text="hallo", **sender), update(photo=PICTURE, **sender), update(location={}, **sender)]
    for each in [*came, {"update_id": 7, **edited}, {"update_id": 7, **pressed}]:
        assert read(each).language == offered


def test_a_group_is_known_by_its_number_alone():
    assert read(update(chat=GROUP, text="iedereen leest mee")) == Incoming(7, updates.GROUP, -100123)


def test_edits_presses_and_membership():
    edited = {"update_id": 7, "edited_message": {"message_id": 3, "chat": ME, "text": "anders"}}
    assert read(edited) == Incoming(7, updates.EDIT, 42, 3, "anders")
    press = {"id": "99", "from": ME, "data": "abc", "message": {"message_id": 3, "chat": ME, "date": 0}}
    assert read({"update_id": 7, "callback_query": press}) == Incoming(7, updates.PRESS, 42, 3, data="abc", press="99")
    link = {"text": "Website", "url": "https://www.helpwanted.nl"}
    rows = [[{"text": "Ja", "callback_data": "abc"}], [link], 7, [None, {"text": "x", "url": "javascript:x"}]]
    press["message"]["reply_markup"] = {"inline_keyboard": rows}
    assert read({"update_id": 7, "callback_query": press}).links == [link]
    for chat, status, kind in (
        (ME, "member", updates.BACK),
        (GROUP, "member", updates.GROUP),
        (GROUP, "administrator", updates.GROUP),
    ):
        changed = {"chat": chat, "new_chat_member": {"status": status}}
        assert read({"update_id": 7, "my_chat_member": changed}).kind == kind
    assert read({"update_id": 7, "my_chat_member": {"chat": ME, "new_chat_member": {"status": "kicked"}}}) is None


@pytest.mark.parametrize(
    "other",
    ["channel_post", "edited_channel_post", "inline_query", "poll", "message_reaction", "business_message", "what"],
)
def test_what_was_not_asked_for_is_left(other):
    assert read({"update_id": 7, other: {"message_id": 3, "chat": ME, "text": "x"}}) is None


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    ["update_id", "message", "edited_message", "callback_query", "my_chat_member", "message_id", "chat", "id"]
    + ["type", "text", "caption", "data", "photo", "new_chat_member", "status", "from", "date"]
)
NEARLY = st.recursive(
    st.sampled_from([7, 42, -1, 2**70, True, "private", "member", "hallo", "", None, 1.5]) | ANYTHING,
    lambda inner: st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=20,
)


@given(ANYTHING | NEARLY)
def test_whatever_arrives_is_read_or_left_and_never_fails(thing):
    seen = read(thing)
    if seen is not None:
        assert Incoming(**json.loads(json.dumps(seen.as_dict()))) == seen


def valid():
    """One update of every kind."""
    sender = {**ME, "language_code": "nl"}
    message = {"message_id": 3, "from": sender, "chat": ME, "date": 0}
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "abc"}], [{"text": "x", "url": "https://x.nl"}]]}
    shown = {**message, "text": "Is er betaald?", "reply_markup": keyboard}
    changed = {"chat": ME, "from": sender, "date": 0, "new_chat_member": {"user": {"id": 1}, "status": "member"}}
    kinds = [{"message": {**message, **content}} for content in CONTENTS]
    kinds += [{"edited_message": {**message, "text": "anders", "edit_date": 1}}, {"my_chat_member": changed}]
    kinds += [{"callback_query": {"id": "99", "from": sender, "data": "abc", "message": shown}}]
    kinds += [{"message": {**message, "chat": GROUP, "text": "/taal"}}, {"my_chat_member": {**changed, "chat": GROUP}}]
    return json.loads(json.dumps([{"update_id": 7, **kind} for kind in kinds]))


CONTENTS = [{"text": "/taal"}, {"photo": PICTURE, "caption": "kijk"}, {"photo": PICTURE, "media_group_id": "1"}]
CONTENTS += [
    {"location": {"latitude": 52.1, "longitude": 4.9}},
    {"text": "/wis", "reply_to_message": {"message_id": 2}},
]
DROPPED = object()
INSTEAD = st.just(DROPPED) | st.sampled_from([7, -1, 0, 2**62, 2**70, True, "private", "", "x", None, 1.5, [], {}])


def places(thing, above=()):
    """The way to every field and every element."""
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for name, value in inside:
        yield (*above, name)
        yield from places(value, (*above, name))


@st.composite
def one_field_wrong(draw):
    """A valid update of any kind in which one field is another or is not there."""
    update = copy.deepcopy(draw(st.sampled_from(valid())))
    *above, last = draw(st.sampled_from(list(places(update))))
    holder = update
    for name in above:
        holder = holder[name]
    instead = draw(INSTEAD)
    if instead is DROPPED:
        del holder[last]
    else:
        holder[last] = copy.deepcopy(instead)
    return update


@given(one_field_wrong())
def test_an_update_with_one_field_wrong_is_read_or_left_and_never_fails(update):
    seen = read(update)
    if seen is not None:
        assert Incoming(**json.loads(json.dumps(seen.as_dict()))) == seen


def test_a_fair_share_of_what_has_one_field_wrong_is_really_read():
    """Or the property above would be one of what is thrown away at the door."""
    chance, seen = random.Random(7), []
    for update in valid():
        assert read(update) is not None
        for *above, last in places(update):
            broken = copy.deepcopy(update)
            holder = broken
            for name in above:
                holder = holder[name]
            holder[last] = chance.choice([7, True, "x", None, []])
            seen.append(read(broken))
    kinds = {each.kind for each in seen if each}
    assert kinds >= {updates.TEXT, updates.MEDIA, updates.NO_WORDS, updates.EDIT, updates.PRESS, updates.GROUP}
    assert 0.3 < sum(each is not None for each in seen) / len(seen) < 0.9
