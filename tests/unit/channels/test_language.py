"""The language of a conversation, as channels see it."""

import pytest
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from naast.channels.history import conversation
from naast.channels.language import language_of, offered, switch_to
from naast.channels.texts import channel_texts


def test_a_channel_knows_the_language_of_a_conversation():
    tracker = DialogueStateTracker("someone", [TextSlot("language", mappings=[], influence_conversation=False)])
    assert language_of(tracker) is None and language_of(None) is None
    tracker.update(SlotSet("language", "en"))
    assert language_of(tracker) == "en"
    assert language_of(DialogueStateTracker("someone", [])) is None


def test_only_a_language_that_is_spoken_can_be_switched_to():
    with pytest.raises(KeyError):
        switch_to("tr")


@pytest.mark.parametrize(
    ("asked", "given"), [("en", "en"), ("nl", "nl"), ("tr", None), ("../en", None), (7, None), (None, None)]
)
def test_what_a_page_asks_for_is_taken_where_it_is_spoken(asked, given):
    assert offered(asked) == given


def test_the_channels_own_words_come_in_the_nearest_language():
    assert channel_texts("en").safety_reply("empty")[0]["language"] == "en"
    assert channel_texts("tr").language == "en" and channel_texts(None).language == "nl"


def test_a_switch_reads_as_the_name_of_the_language_and_each_answer_keeps_its_own():
    events = [UserUttered(switch_to("en")), BotUttered("Of course.", metadata={"language": "en", "item": "x"})]
    assert conversation(events) == [
        {"from": "parent", "text": "English"},
        {"from": "naast", "text": "Of course.", "language": "en"},
    ]
