"""What Naast says, in Telegram's forms; every call is one that the Bot API takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.core.events import BotUttered, UserUttered

from naast.channels.telegram.keyboards import pressed, token
from naast.channels.telegram.render import MOST_CHARACTERS, pieces, plain, remove_keyboard, split
from naast.guidance.library import load
from naast.guidance.payloads import payload
from tests.fakes.bot_rules import check

BUTTONS = [{"title": "Ja, dat wel", "payload": '/affirm{"paid": true}'}, {"title": "Nee", "payload": "/deny"}]


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("NAAST_KEY", "a key of at least thirty-two characters")


def rendered(*messages):
    made = pieces(messages)
    for piece in made:
        file = piece.get("file")
        params = {"chat_id": 1, **piece["params"]}
        if file:
            params["document"] = {"name": file["name"], "content": file["text"].encode()}
        assert check(piece["method"], params) is None, piece
    return made


def test_buttons_become_a_keyboard_with_short_tokens():
    (piece,) = rendered({"text": "Is er betaald?", "buttons": BUTTONS})
    rows = piece["params"]["reply_markup"]["inline_keyboard"]
    assert [row[0]["text"] for row in rows] == ["Ja, dat wel", "Nee"]
    assert len({row[0]["callback_data"] for row in rows}) == 2
    assert "paid" not in str(rows)


def test_every_button_of_the_guidance_fits_telegram():
    library = load()
    offered = [button for holder in [*library.items(), *library.questions.values()] for button in holder.buttons]
    assert offered
    for button in offered:
        rendered({"text": "x", "buttons": [{"title": button.title, "payload": payload(button)}]})


def test_a_button_is_found_only_in_the_conversation_that_offered_it():
    events = [BotUttered("Is er betaald?", {"buttons": BUTTONS})]
    assert pressed(events, token(BUTTONS[1])) == BUTTONS[1]
    assert pressed(events, token({"title": "Nee", "payload": "/restart"})) is None
    assert pressed([], token(BUTTONS[1])) is None


def test_an_older_yes_or_no_is_no_button_any_more():
    events = [BotUttered("Is er betaald?", {"buttons": BUTTONS}), UserUttered("en nu?"), BotUttered("Adem eerst uit.")]
    assert pressed(events, token(BUTTONS[1])) is None
    assert pressed(events[:1], token(BUTTONS[1])) == BUTTONS[1]


def test_an_older_no_is_no_answer_to_a_question_whose_buttons_say_the_same():
    asks = BotUttered("Is er gevaar?", {"buttons": BUTTONS})
    events = [UserUttered("een", message_id="1"), asks, UserUttered("twee", message_id="2"), asks]
    shown = [
        piece["params"]["reply_markup"] for turn in "12" for piece in pieces([{"text": "x", "buttons": BUTTONS}], turn)
    ]
    older, newest = (keyboard["inline_keyboard"][1][0]["callback_data"] for keyboard in shown)
    assert pressed(events, older) is None and pressed(events, newest) == BUTTONS[1]


def test_an_older_button_that_answers_no_question_still_means_what_it_said():
    more = {"title": "Wie helpt mij?", "payload": "/ask_parent_support"}
    offers = BotUttered("Zo.", {"buttons": [more]})
    events = [UserUttered("een", message_id="1"), offers, UserUttered("twee", message_id="2"), offers]
    assert token(more, "1") == token(more, "2") and pressed(events, token(more, "1")) == more


def test_links_stay_when_the_buttons_beside_them_are_taken_away():
    people = [{"id": "a", "name": "Helpwanted", "phone": None, "url": "https://www.helpwanted.nl"}]
    (piece,) = rendered({"text": "Bel.", "custom": {"kind": "contact", "contacts": people}, "buttons": BUTTONS})
    rows = piece["params"]["reply_markup"]["inline_keyboard"]
    left = remove_keyboard(3, rows[-1])["params"]
    assert left["reply_markup"]["inline_keyboard"] == rows[-1:]
    assert check("editMessageReplyMarkup", {"chat_id": 1, **left}) is None


def test_people_to_call_keep_number_state_and_website():
    people = [
        {"id": "a", "name": "Helpwanted", "phone": "020-261 52 75", "url": "https://www.helpwanted.nl"},
        {
            "id": "b",
            "name": "112",
            "phone": "112",
            "url": None,
            "open_now": True,
            "what_happens": "Je noemt de plaats.",
        },
    ]
    (piece,) = rendered({"text": "Bel.", "custom": {"kind": "contact", "contacts": people}, "buttons": BUTTONS})
    assert piece["params"]["text"] == ("Bel.\n\nHelpwanted\n020-261 52 75\n\n112 (nu open)\nJe noemt de plaats.")
    assert piece["params"]["reply_markup"]["inline_keyboard"][-1][0]["url"] == "https://www.helpwanted.nl"


def test_the_plan_is_one_message_that_counts_its_steps():
    steps = [{"title": "Bewijs is bewaard", "done": True}, {"title": "Verbreek het contact", "done": False}]
    made = rendered({"text": "weg", "custom": {"kind": "plan", "lead": "Zo:", "steps": steps}}, {"text": "Nu dit."})
    assert made[0]["params"]["text"] == "Zo:\n\n☑ 1. Bewijs is bewaard\n☐ 2. Verbreek het contact\n\n1 van 2 gedaan"
    assert made[0]["plan"] == {"steps": 2, "done": 1} and made[1]["after_plan"]


def test_files_go_as_documents_and_the_buttons_stand_below_them():
    files = [
        {"name": "stappen.txt", "type": "text/plain", "text": "1"},
        {"name": "dagen.ics", "type": "x", "text": "2"},
    ]
    made = rendered({"text": "Hier.", "custom": {"kind": "attachment", "files": files}, "buttons": BUTTONS})
    assert [piece["method"] for piece in made] == ["sendMessage", "sendDocument", "sendDocument"]
    assert ["reply_markup" in piece["params"] for piece in made] == [False, False, True]


def test_markup_and_braces_are_shown_as_they_are():
    steps = [{"title": "{0} <b>*_[x](y)", "done": False}]
    made = rendered({"text": "<b>*_`"}, {"text": "", "custom": {"kind": "plan", "lead": "{x}", "steps": steps}})
    assert made[0]["params"]["text"] == "<b>*_`" and "<b>*_[x](y)" in made[1]["params"]["text"]


def test_words_without_what_telegram_may_not_take():
    (piece,) = rendered({"text": "Is er betaald?", "buttons": BUTTONS})
    assert plain(piece)["params"] == {"text": "Is er betaald?"}
    assert plain(plain(piece)) is None
    assert check("editMessageReplyMarkup", {"chat_id": 1, **remove_keyboard(3)["params"]}) is None


@given(st.text(min_size=1, max_size=300), st.integers(2, 60))
def test_a_split_text_fits_and_loses_no_word(text, most):
    parts = split(text, most)
    assert all(0 < len(part.encode("utf-16-le", "surrogatepass")) // 2 <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_the_longest_text_goes_out_in_parts():
    made = rendered({"text": "woord " * 3000, "buttons": BUTTONS})
    assert len(made) > 1 and all(len(piece["params"]["text"]) <= MOST_CHARACTERS for piece in made)
    assert ["reply_markup" in piece["params"] for piece in made] == [False] * (len(made) - 1) + [True]
