import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.channels.guard import MAX_CHARACTERS, Rejected, pressed_payload, typed_text
from naast.channels.language import switch_to

YES, REPORTS = "/affirm", '/report_sextortion{"demands": ["money"]}'


@pytest.mark.parametrize(
    "typed", ["/restart", " /restart", "\u200b/restart", '/report_sextortion{"paid": true}', "\ufeff /intent", "//"]
)
def test_a_typed_slash_is_never_a_command(typed):
    assert not typed_text(typed).strip().startswith("/")


@given(st.text(max_size=200))
def test_any_text_is_either_safe_to_hand_to_rasa_or_rejected_by_name(text):
    try:
        safe = typed_text(text)
    except Rejected as rejected:
        assert rejected.reason == "empty"
    else:
        assert safe.strip() == safe and safe and not safe.startswith("/")
        safe.encode("utf-8")


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\u200b", "\ud800", None, 7, ["hoi"], {"text": "hoi"}])
def test_nothing_to_read_is_said_to_be_empty(nothing):
    with pytest.raises(Rejected) as rejected:
        typed_text(nothing)
    assert rejected.value.reason == "empty"


def test_the_limit_is_exact():
    assert typed_text("a" * MAX_CHARACTERS)
    with pytest.raises(Rejected) as rejected:
        typed_text("a" * (MAX_CHARACTERS + 1))
    assert rejected.value.reason == "too_long"


def test_html_and_emoji_stay_as_they_were_typed():
    assert typed_text("<b>help</b> 😢") == "<b>help</b> 😢"


def tracker_that_offered(payload):
    offered = BotUttered("Is er betaald?", {"buttons": [{"title": "Nee", "payload": payload}]})
    return DialogueStateTracker.from_events("someone", [offered])


def test_only_a_button_of_this_conversation_may_be_a_command():
    tracker = tracker_that_offered('/deny{"paid": false}')
    assert pressed_payload('/deny{"paid": false}', tracker) == '/deny{"paid": false}'
    for invented in ("/restart", '/deny{"paid": true}', "", None, 3, ["/deny"]):
        with pytest.raises(Rejected):
            pressed_payload(invented, tracker)
    with pytest.raises(Rejected):
        pressed_payload('/deny{"paid": false}', None)


def test_an_older_button_that_sends_the_same_is_told_by_its_title():
    older, newer = (BotUttered("?", {"buttons": [{"title": title, "payload": YES}]}) for title in ("Thuis", "Ja, wis"))
    tracker = DialogueStateTracker.from_events("someone", [older, UserUttered("wis dit"), newer])
    assert pressed_payload(YES, tracker, title="Ja, wis") == pressed_payload(YES, tracker) == YES
    with pytest.raises(Rejected):
        pressed_payload(YES, tracker, title="Thuis")


def asked(*payloads):
    return BotUttered("?", {"buttons": [{"title": payload, "payload": payload} for payload in payloads]})


def test_a_yes_or_no_answers_only_what_was_said_last():
    older = [asked(YES, '/deny{"paid": false}', REPORTS), UserUttered("en nu?", message_id="1")]
    newer = [BotUttered("Heeft je kind iets gezegd?"), asked("/deny")]
    tracker = DialogueStateTracker.from_events("someone", older + newer)
    for late in (YES, '/deny{"paid": false}'):
        with pytest.raises(Rejected) as rejected:
            pressed_payload(late, tracker)
        assert rejected.value.reason == "unknown_button"
    assert pressed_payload("/deny", tracker) == "/deny"
    assert pressed_payload(REPORTS, tracker) == REPORTS  # this says by itself what it means


def test_a_press_that_was_kept_already_is_read_as_it_was_then():
    press = UserUttered(YES, message_id="press")
    tracker = DialogueStateTracker.from_events("someone", [asked(YES), press, asked("/deny")])
    assert pressed_payload(YES, tracker, "press") == YES
    with pytest.raises(Rejected):
        pressed_payload("/deny", tracker, "press")


def test_a_language_may_be_switched_without_a_button_and_nothing_else_with_it():
    assert pressed_payload(switch_to("en"), None) == '/greet{"language": "en"}'
    for invented in ('/greet{"language": "xx"}', '/greet{"language": "en", "paid": true}', "/greet"):
        with pytest.raises(Rejected):
            pressed_payload(invented, None)
