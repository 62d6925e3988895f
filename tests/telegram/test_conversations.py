"""A parent is helped in Telegram as on the website, in Telegram's own forms."""

import hashlib
import hmac
import re
from pathlib import Path

import pytest
import yaml

from naast.channels.telegram.texts import telegram_texts
from naast.channels.texts import channel_texts
from tests.http.reading import says
from tests.telegram.conftest import KEY, both_ways
from tests.web import Page

REPORT = "mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto, ze willen 300 euro"
TO_THE_PLAN = (REPORT, "hij zit naast me", "nee, hij heeft niks gezegd", "nee, niets betaald")
SENTENCES = telegram_texts().sentences
DIALOGUES = yaml.safe_load((Path(__file__).parent / "dialogues.yml").read_text(encoding="utf-8"))
ANEW = re.compile(rb"^(UID|DTSTAMP):.*$", re.MULTILINE)
"""What differs in a calendar each time it is made."""


def answers(messages):
    """Without what is said when an answer takes long, as it does on a busy machine: one sentence and the numbers."""
    messages = [message for message in messages if message.text or message.file]
    slow = [place for place, message in enumerate(messages) if message.text == SENTENCES.slow]
    return [message for place, message in enumerate(messages) if place not in slow and place - 1 not in slow]


def lead(messages):
    """Each message's own words, without the people to call that Telegram shows below them."""
    return [message.text.split("\n\n")[0] for message in answers(messages) if message.text]


def bubbles(messages, language="nl"):
    return [{"text": text, "language": language} for text in lead(messages)]


def conversation_of(parent):
    """The id under which the tests' server keeps the conversation."""
    address = f"telegram\0{parent.chat.id}".encode()
    return hmac.new(KEY.encode(), address, hashlib.sha256).hexdigest()[:32]


def plans(parent):
    return [
        message for message in parent.chat.by_bot() if re.search(r"\n\d+ (van|of) \d+ (gedaan|done)$", message.text)
    ]


@both_ways
@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[each["name"] for each in DIALOGUES])
def test_the_same_dialogue_gets_the_same_content_as_on_the_website(parent, bot, dialogue):
    page, language = Page.begin(bot.servers), dialogue.get("language", "nl")
    page.session.headers["Content-Language"], parent.language = language, language
    offered, traces = {}, telegram_texts(language).sentences.traces
    for number, line in enumerate(dialogue["says"]):
        if isinstance(line, dict):
            said, given = parent.press(line["press"]), page.press(offered[line["press"]])
        else:
            said, given = parent.say(line), page.send(line)
        assert given.status_code == 200
        offered |= {button["title"]: button for bubble in given.json() for button in bubble.get("buttons", [])}
        own = [message for message in answers(said) if message.text != traces]
        assert len(answers(said)) - len(own) == (number == 0)
        shown = iter(own)
        for bubble in given.json():
            assert_shown(bubble, shown, parent)
        assert next(shown, None) is None


def assert_shown(bubble, shown, parent):
    """A bubble of the website is what is shown next in Telegram, in Telegram's forms."""
    custom = bubble.get("custom") or {}
    is_plan = custom.get("kind") == "plan"
    (plan,) = plans(parent)[-1:] if is_plan else [None]
    first = plan if is_plan and plan.edits else next(shown)  # a plan that was there before is edited where it stands
    assert first.text.split("\n\n")[0] == (custom["lead"] if is_plan else bubble["text"])
    for contact in custom.get("contacts", []):
        told = [contact["name"], contact["phone"] or "", contact["what_happens"] or ""]
        assert all(part in first.text for part in told)
    marks = [
        f"{'☑' if step['done'] else '☐'} {number}. {step['title']}"
        for number, step in enumerate(custom.get("steps", []), 1)
    ]
    assert not is_plan or first.text.split("\n\n")[1].split("\n") == marks
    files = [next(shown).file for _ in custom.get("files", [])]
    for file, expected in zip(files, custom.get("files", []), strict=True):
        assert file["name"] == expected["name"]
        assert ANEW.sub(b"", file["content"]) == ANEW.sub(b"", expected["text"].encode())
    below = keyboard_below(parent, first, len(files))
    assert [each["text"] for each in below if "callback_data" in each] == [
        button["title"] for button in bubble.get("buttons", [])
    ]
    urls = [contact["url"] for contact in custom.get("contacts", []) if contact["url"]]
    assert [each["url"] for each in below if "url" in each] == urls


def keyboard_below(parent, first, files):
    """The buttons of an answer stand below its last message."""
    messages = parent.chat.by_bot()
    return messages[messages.index(first) + files].keyboard


def test_a_start_tells_first_that_telegram_keeps_the_chat(parent):
    said = parent.say("/start")
    assert said[0].text == SENTENCES.traces and says(bubbles(said), "greet.")
    assert SENTENCES.traces not in lead(parent.say("/start"))


def test_a_link_says_where_the_parent_lives_and_what_it_is_about(parent, bot):
    assert says(bubbles(parent.say("/start be")), "greet.")
    assert says(bubbles(parent.say("kan ik met een mens praten?")), "human_handover.belgium")
    assert says(bubbles(bot.parent().say("/start politie")), "ask_police.")
    assert says(bubbles(bot.parent().say("/start weet_ik_niet")), "greet.")


@pytest.mark.parametrize(
    ("command", "expected"),
    [("/help", "ask_capabilities."), ("/bellen", "who_is_open."), ("/START@naast_bot", "greet.")],
)
def test_commands_do_what_the_menu_says(parent, command, expected):
    assert says(bubbles(parent.say(command)), expected)


@pytest.mark.parametrize(
    "typed", ["/restart", '/deny{"paid": false}', "/wis alles van mijn zoon", "/plan mijn dochter wil dood"]
)
def test_other_commands_are_only_text(parent, bot, typed):
    parent.say(REPORT)
    said = parent.say(typed)
    assert SENTENCES.wiped not in lead(said)
    events = bot.rows("SELECT data FROM events WHERE type_name = 'user' ORDER BY id DESC LIMIT 1")[0][0]
    assert '"text": "\\uff0f' in events
    assert ("113" in " ".join(lead(said))) is ("dood" in typed)


@both_ways
def test_the_plan_is_one_message_that_is_edited_as_steps_are_ticked_to_the_last(parent, bot):
    for message in (*TO_THE_PLAN, "nee, nog niet rondgestuurd", "/plan"):
        parent.say(message)
    (plan,) = plans(parent)
    before = plan.text
    said = parent.press("Ja, bewijs is bewaard")
    assert plans(parent) == [plan] and plan.edits == 1 and plan.text != before and "☑ 1." in plan.text
    assert answers(said)[0].quotes == plan.id
    again = parent.say("/plan@naast_bot")
    (plan,) = plans(parent)
    assert plan in again and plan.edits == 0
    while "☐" in plan.text:
        said = parent.press([title for title in parent.titles() if title.startswith("Ja")][-1])
        (plan,) = plans(parent)
    done, steps = re.search(r"(\d+) van (\d+) gedaan$", plan.text).groups()
    assert done == steps and "☐" not in plan.text and says(bubbles(said), "plan_done.")
    below = parent.say("/plan")
    assert len(plans(parent)) == 1 and plans(parent)[0] in below and plans(parent)[0].text == plan.text


def test_a_parent_chooses_a_language_and_telegram_s_own_counts_from_the_start(parent, bot):
    english = telegram_texts("en").sentences
    parent.say("/start")
    assert lead(parent.say("/taal")) == [SENTENCES.languages]
    said = parent.press("English")
    assert said and not says(bubbles(said), "greet.")  # the same, and no longer in Dutch
    assert lead(parent.give(location={"latitude": 52.1})) == [english.no_words]
    other = bot.parent()
    other.language = "en-GB"
    assert lead(other.say("/start"))[0] == english.traces
    assert lead(other.say("/wis")) == [english.wiped, english.telegram_keeps]


def test_a_pressed_keyboard_is_gone_and_a_second_tap_is_nothing(parent, bot):
    parent.say(REPORT)
    tap, again = parent.tap("Thuis, ik ben erbij"), parent.tap("Niet bij mij, wel veilig")
    said = parent.answered(tap, again)
    assert len([message for message in said if message.keyboard]) == 1
    assert "Niet bij mij, wel veilig" not in parent.titles()
    bot.api.wait_for(lambda: all(bot.api.press_ids.values()), what="both taps confirmed")
    sender = conversation_of(parent)
    assert bot.rows("SELECT COUNT(*) FROM events WHERE type_name = 'user' AND sender_id = ?", sender) == [(2,)]


def test_an_older_no_does_not_answer_the_question_about_suicide(parent, bot):
    parent.say("/bellen")
    old = parent.tap("Ik kreeg niemand te pakken")
    parent.say(REPORT)
    parent.say("hij zit naast me")
    said = parent.answered(old)
    assert lead(said) == [channel_texts().sentences["unknown_button"], channel_texts().emergency]
    denied = "SELECT COUNT(*) FROM events WHERE sender_id = ? AND type_name = 'slot' AND data LIKE '%\"denied\"%'"
    assert bot.rows(denied, conversation_of(parent)) == [(0,)]
    assert says(bubbles(parent.press("Nee, dat niet")), "denied.")


def test_an_older_no_does_not_answer_another_question_whose_buttons_say_the_same(parent, bot):
    for message in (REPORT, "hij zit naast me"):
        parent.say(message)
    old = parent.tap("Nee, dat niet")
    parent.say("nee, dat niet")
    again = parent.say("de foto is nu naar zijn hele klas gestuurd")
    assert says(bubbles(again), "question.suicide_check_again")
    state = "SELECT COUNT(*) FROM events WHERE sender_id = ? AND type_name = 'user'"
    before = bot.rows(state, conversation_of(parent))
    said = parent.answered(old)
    assert lead(said) == [channel_texts().sentences["unknown_button"], channel_texts().emergency]
    assert bot.rows(state, conversation_of(parent)) == before
    assert says(bubbles(parent.press("Nee, dat niet")), "denied.")


@both_ways
def test_a_restart_in_mid_conversation_changes_nothing_for_buttons(parent, bot):
    parent.say(REPORT)
    parent.press("Thuis, ik ben erbij")
    bot.servers.kill("rasa")
    bot.servers.start_rasa()
    assert says(bubbles(parent.press("Nee, dat niet")), "denied.")


def test_links_stay_below_a_message_whose_button_was_pressed(parent):
    parent.say("/bellen")
    title = "Ik kreeg niemand te pakken"
    shown = next(each for each in parent.chat.by_bot() if title in [button["text"] for button in each.keyboard])
    links = [button for button in shown.keyboard if "url" in button]
    parent.press(title)
    assert links and shown.keyboard == links


def test_a_button_of_somebody_else_opens_nothing(parent, bot):
    parent.say(REPORT)
    stranger = bot.parent()
    stranger.say("hallo")
    shown = next(message for message in stranger.chat.by_bot() if message.keyboard)
    data = parent.tap("Thuis, ik ben erbij")["callback_query"]["data"]
    said = stranger.answered(stranger._press(shown, data))
    assert "hoort niet meer bij dit gesprek" in said[0].text


def test_the_plan_to_take_away_and_the_days_to_ask_again_are_documents(parent):
    for message in TO_THE_PLAN:
        parent.say(message)
    files = [message.file["name"] for message in parent.say("kan ik het plan bewaren of printen?") if message.file]
    assert [name.split(".")[-1] for name in files] == ["txt", "html"]
    said = parent.say("kun je me er later aan herinneren?")
    calendar = [message.file for message in said if message.file]
    assert calendar and calendar[0]["name"].endswith(".ics") and b"BEGIN:VCALENDAR" in calendar[0]["content"]


def test_what_is_kept_is_a_document_without_what_is_kept_of_nobody(parent):
    parent.say("mijn dochter Roosmarijn van 15 wordt op tiktok gechanteerd")
    said = parent.say("/bewaard")
    (file,) = [message.file for message in said if message.file]
    assert lead(said)[0] == SENTENCES.kept and file["name"] == "wat-naast-weet.txt"
    text = file["content"].decode()
    assert "Leeftijd: 15" in text and "gechanteerd" in text and "Roosmarijn" not in text


def test_wis_erases_at_once_and_tells_what_telegram_keeps(parent, bot):
    parent.say("mijn zoon wordt gechanteerd en op zijn trui staat koninginnepage")
    sender = conversation_of(parent)
    kept = "SELECT COUNT(*) FROM (SELECT sender_id FROM events UNION ALL SELECT sender_id FROM messenger_view)"
    kept += " WHERE sender_id = ?"
    assert bot.rows(kept, sender)[0][0] > 2
    assert lead(parent.say("/wis")) == [SENTENCES.wiped, SENTENCES.telegram_keeps]
    assert bot.rows(kept, sender) == [(0,)]
    assert b"koninginnepage" not in bot.on_disk()
    assert SENTENCES.traces in lead(parent.say("hallo"))


@both_ways
def test_wis_goes_first_and_what_waited_is_dropped(parent, bot):
    bot.api.fail("sendMessage", status=429, retry_after=2)  # the first answer is held up, and the rest behind it
    waiting = [bot.api.update(message=parent.message(text=f"{REPORT} {number}")) for number in range(3)]
    said = lead(parent.answered(*waiting, bot.api.update(message=parent.message(text="/wis"))))
    assert said[-2:] == [SENTENCES.wiped, SENTENCES.telegram_keeps] and len(said) <= 3
    assert bot.rows("SELECT COUNT(*) FROM events WHERE sender_id = ?", conversation_of(parent)) == [(0,)]


def test_a_conversation_erased_by_a_word_is_told_the_same(parent, bot):
    parent.say(REPORT)
    parent.say("verwijder dit gesprek")
    said = parent.press("Ja, wis het gesprek")
    assert says(bubbles(said), "erased.default") and lead(said)[-1] == SENTENCES.telegram_keeps
    assert bot.rows("SELECT COUNT(*) FROM events WHERE sender_id = ?", conversation_of(parent)) == [(0,)]
