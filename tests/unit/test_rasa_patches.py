"""What is changed in Rasa says what Rasa said."""

import pytest
from rasa.core.actions.action import ActionSessionStart, RemoteAction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot, ListSlot
from rasa.shared.core.trackers import DialogueStateTracker

from naast.rasa_patches import action_result, event_types, session_length
from naast.rasa_patches.session_length import MESSAGES_A_SESSION


@pytest.fixture(autouse=True)
def unpatched(monkeypatch):
    """Each test patches for itself, and what it patched is taken back."""
    monkeypatch.setattr(Event, "resolve_by_type", staticmethod(Event.resolve_by_type))
    monkeypatch.setattr(MessageProcessor, "_has_session_expired", MessageProcessor._has_session_expired)
    events_of = staticmethod(ActionSessionStart._slot_set_events_from_tracker)
    monkeypatch.setattr(ActionSessionStart, "_slot_set_events_from_tracker", events_of)
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)


def test_every_event_is_read_as_before():
    names = ("user", "bot", "slot", "action", "session_started", "restart", "rewind", "pause")
    before = {name: Event.resolve_by_type(name) for name in names}
    for _ in range(2):
        event_types.apply()
        assert {name: Event.resolve_by_type(name) for name in names} == before
    assert Event.resolve_by_type("topic") is None
    for _ in range(2):
        assert Event.resolve_by_type("unheard of", BotUttered) is BotUttered
        with pytest.raises(ValueError, match="unheard of"):
            Event.resolve_by_type("unheard of")


def tracker(*events):
    slots = [AnySlot("age", [], influence_conversation=False), ListSlot("told", [], influence_conversation=False)]
    return DialogueStateTracker.from_events("a", list(events), slots=slots)


def expired(known):
    return MessageProcessor._has_session_expired(Processor, known)


class Processor:
    """As much of Rasa's as the question needs."""

    domain = Domain.empty()


def test_a_session_is_full_after_so_many_messages_of_it():
    for _ in range(2):
        session_length.apply()
    said = [UserUttered("hallo") for _ in range(MESSAGES_A_SESSION)]
    assert expired(tracker(SessionStarted(), *said))
    assert not expired(tracker(SessionStarted(), *said[1:]))
    assert not expired(tracker(SessionStarted(), *said, SessionStarted(), *said[1:]))


def test_each_slot_is_carried_over_once_as_it_is_now():
    session_length.apply()
    known = tracker(SlotSet("age", 13), SlotSet("told", ["a"]), SlotSet("age", 14), SlotSet("told", None))
    carried = ActionSessionStart._slot_set_events_from_tracker(known)
    assert [(event.key, event.value) for event in carried] == [("age", 14)]


def test_an_answer_of_the_action_server_is_checked_as_before():
    action = RemoteAction("action_answer", None)
    action_result.apply()
    assert action._validate_action_result({"events": [], "responses": []})
    with pytest.raises(Exception, match="not of type"):
        action._validate_action_result({"events": "none", "responses": []})
