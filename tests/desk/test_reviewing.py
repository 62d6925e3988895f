"""A conversation's page, and what reviewers write there, alone and two at a time."""

import html
import json
import re

import pytest
import sqlalchemy as sa

from naast.desk.conversations.sync import read_new
from naast.desk.reviews import doubtful
from naast.desk.tables import AUDIT, CONVERSATION, CORRECTION, MESSAGE
from tests.desk.events import NOON, Said, rows, write
from tests.desk.judging import kept


@pytest.fixture
def messages(desk):
    """The event ids of what was typed in conversation 3, in order."""
    with desk.engine.connect() as connection:
        wanted = sa.select(MESSAGE.c.event_id).where(MESSAGE.c.conversation_id == 3).order_by(MESSAGE.c.event_id)
        return list(connection.execute(wanted).scalars())


def judge(browser, event_id, kind, **fields):
    return browser.post(f"/conversations/3/messages/{event_id}", data={"kind": kind, "seen": 0, **fields})


def test_the_page_shows_what_was_said_understood_and_where_it_is_from(visitor):
    text = visitor("reviewer").get("/conversations/3").text
    for shown in (
        "<mark",
        "gechanteerd op snapchat",
        "Vertelt dat het kind gechanteerd wordt",
        "leeftijd = 14",
        "Naast gaf geen antwoord",
        "no_more_life",
        "Hoe bewaar ik bewijs?",
        "first_report.default",
        "Dit is sextortion",
        "28%",
    ):
        assert shown in text, shown


def test_html_of_a_parent_is_only_text(desk, visitor):
    write(desk.engine, list(rows("e" * 32, [Said("<script>alert(1)</script><b>hoi</b> {{ 7 * 7 }}")], NOON)))
    read_new(desk)
    for path in ("/conversations/4", "/messages", "/conversations"):
        text = visitor("reviewer").get(path).text
        assert "<script>alert" not in text and "<b>hoi" not in text
    assert "{{ 7 * 7 }}" in visitor("reviewer").get("/conversations/4").text


def test_seeing_a_conversation_is_recorded_without_its_words(desk, visitor):
    visitor("reviewer").get("/conversations/3")
    with desk.engine.connect() as connection:
        entry = connection.execute(sa.select(AUDIT).order_by(AUDIT.c.id.desc())).first()
        everything = str(connection.execute(sa.select(AUDIT)).all())
    assert (entry.account, entry.action, entry.object) == ("reviewer", "conversation_seen", "conversation 3")
    assert "zoon" not in everything


def test_an_intent_with_a_second_act_is_kept(desk, visitor, messages):
    browser = visitor("reviewer")
    answer = judge(browser, messages[1], "intent", intent="ask_evidence", also=["express_panic", "ask_evidence", ""])
    assert answer.status_code == 303 and answer.headers["location"].endswith(f"#m{messages[1]}")
    assert kept(desk, "intent") == [(1, {"intent": "ask_evidence", "also": ["express_panic"]}, None)]
    judge(browser, messages[1], "intent", intent="ask_police")
    assert kept(desk, "intent") == [(1, {"intent": "ask_police", "also": []}, None)]
    assert "Vraagt naar de politie" in browser.get("/conversations/3").text


def test_facts_are_kept_dropped_and_added_by_words(desk, visitor, messages):
    browser = visitor("reviewer")
    judge(browser, messages[0], "facts", keep=["0"], words="snapchat", start="39", fact="platforms=snapchat")
    (_, value, _) = kept(desk, "facts")[0]
    text = "mijn zoon van 14 wordt gechanteerd op snapchat"
    assert [(f["entity"], f["value"], text[f["start"] : f["end"]]) for f in value["facts"]] == [
        ("child_age", 14, "14"),
        ("platforms", "snapchat", "snapchat"),
    ]
    judge(browser, messages[0], "facts", keep=["1"], words="14", fact="child_age=", amount="15")
    (_, value, _) = kept(desk, "facts")[0]
    assert [(f["entity"], f["value"]) for f in value["facts"]] == [("platforms", "snapchat"), ("child_age", 15)]
    judge(browser, messages[0], "facts", words="zoon", fact="paid=false")
    (_, value, _) = kept(desk, "facts")[0]
    assert [(f["entity"], f["value"]) for f in value["facts"]] == [("paid", False)]


def test_a_number_is_read_from_the_words(desk, visitor, messages):
    browser = visitor("reviewer")
    judge(browser, messages[0], "facts", words="zoon van 14", fact="child_age=")
    (_, value, _) = kept(desk, "facts")[0]
    assert [(f["entity"], f["value"]) for f in value["facts"]] == [("child_age", 14)]
    judge(browser, messages[0], "facts", words="zoon van 14", fact="child_age=", amount="15")  # what is typed counts
    (_, value, _) = kept(desk, "facts")[0]
    assert value["facts"][-1]["value"] == 15


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"fact": "platforms=snapchat", "words": "niet gezegd"}, "staan niet zo in het bericht"),
        ({"fact": "child_age=", "words": "zoon"}, "geen getal gevonden"),
        ({"fact": "platforms=nergens", "words": "snapchat"}, "bestaat niet"),
    ],
)
def test_what_was_filled_in_is_still_there_after_a_refusal(visitor, messages, fields, said):
    answer = judge(visitor("reviewer"), messages[0], "facts", **fields)
    assert answer.status_code == 400 and said in answer.text and 'role="alert"' in answer.text
    assert f'name="words" value="{fields["words"]}"' in answer.text
    assert 'name="keep" value="0">' in answer.text  # it was not ticked
    assert "nergens" in fields["fact"] or f'value="{fields["fact"]}" selected' in answer.text


def test_facts_judged_in_two_tabs_do_not_overwrite_each_other(desk, visitor, messages):
    browser = visitor("reviewer")
    place = f"/conversations/3/messages/{messages[0]}"
    seen = re.search(r'name="own_facts" value="(\d+)"', browser.get(place).text)[1]
    first = judge(browser, messages[0], "facts", own_facts=seen, words="snapchat", fact="platforms=snapchat")
    assert first.status_code == 303
    late = judge(browser, messages[0], "facts", own_facts=seen, keep=["0"], words="zoon", fact="child_relation=son")
    assert late.status_code == 400 and "ander tabblad" in late.text and 'value="0" checked' in late.text
    ((_, value, _),) = kept(desk, "facts")
    assert [f["entity"] for f in value["facts"]] == ["platforms"]


def test_why_a_blame_flag_fired_is_shown(desk, visitor):
    fact = {"entity": "blames_child", "value": True, "start": 0, "end": 4, "confidence_entity": 0.83}
    said = [Said("hoe kon ze zo stom zijn", intent="express_blame", blame="insult", facts=(fact,))]
    write(desk.engine, list(rows("d" * 32, said, NOON)))
    read_new(desk)
    assert "scheldwoord 83%" in visitor("reviewer").get("/conversations/4").text


def test_a_helpline_is_shown_as_the_parent_saw_it(desk, visitor):
    contact = {"id": "x", "name": "Helpwanted", "phone": "020-1234567", "url": "https://helpwanted.nl/chat"}
    custom = {"kind": "contact", "contacts": [{**contact, "what_happens": "Je spreekt een mens.", "open_now": False}]}
    made = list(rows("d" * 32, [Said("wie helpt")], NOON))
    for row in made:
        row["data"] = row["data"].replace('"custom": null', f'"custom": {json.dumps(custom)}')
    write(desk.engine, made)
    read_new(desk)
    text = visitor("reviewer").get("/conversations/4").text
    for shown in ("Helpwanted", "nu dicht", "020-1234567", "https://helpwanted.nl/chat", "Je spreekt een mens."):
        assert shown in text


def test_where_an_answer_is_from_is_read_in_the_language_it_was_said_in(desk, visitor):
    english = [Said("do we call the police", slots=(("language", "en"),))]
    write(desk.engine, list(rows("d" * 32, english, NOON)))
    read_new(desk)
    browser = visitor("reviewer")
    assert "/guidance/ask_police.default?language=en" in browser.get("/conversations/4").text
    dutch, other = (browser.get(f"/guidance/ask_police.default{query}").text for query in ("", "?language=en"))
    assert dutch != other and "guidance/en/" in other and "guidance/nl/" in dutch


def test_what_naast_knows_is_told_in_words(desk, visitor):
    slots = (("paid", False), ("told", ["ask_police.default"]), ("asked", ["child_safe"]), ("demands", ["money"]))
    slots += (("open_question", "step.evidence.default"),)
    write(desk.engine, list(rows("d" * 32, [Said("ja", slots=slots)], NOON)))
    read_new(desk)
    browser = visitor("reviewer")
    text = browser.get("/conversations/4").text
    held = re.findall(r"<dd>([^<]*)</dd>", text)
    title = desk.guidance.item("ask_police.default").title
    step = desk.guidance.item("evidence.default").title
    assert [html.unescape(each) for each in held] == ["nee", title, "waar is het kind", "geld", step]
    assert f"<td>{html.escape(step)}</td>" in browser.get("/conversations").text.replace("&#39;", "&#x27;")
    conditions = browser.get("/guidance/ask_police.default").text
    assert "False" not in conditions and "[&#39;" not in conditions


@pytest.mark.parametrize(
    "kind, fields",
    [
        ("intent", {"intent": "no_such_intent"}),
        ("intent", {"intent": "ask_police", "also": "nonsense"}),
        ("facts", {"fact": "platforms=nonsense", "words": "snapchat"}),
        ("facts", {"fact": "child_age=", "amount": "x", "words": "14"}),
        ("facts", {"fact": "platforms=snapchat", "words": "not in the message"}),
        ("facts", {"fact": "platforms=snapchat", "words": ""}),
        ("answer", {"answer": "nonsense"}),
        ("safety", {"safety": ""}),
        ("nonsense", {}),
        ("answer", {"answer": "wrong", "reason": "x" * 3000}),
        ("answer", {"answer": "wrong", "seen": "x"}),
        ("answer", {"answer": "wrong", "seen": "9" * 18}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(desk, visitor, messages, kind, fields):
    assert judge(visitor("reviewer"), messages[0], kind, **fields).status_code == 400
    with desk.engine.connect() as connection:
        assert connection.execute(sa.select(CORRECTION)).first() is None


def test_a_message_of_another_conversation_is_not_there(visitor, messages):
    browser = visitor("reviewer")
    assert browser.get(f"/conversations/1/messages/{messages[0]}").status_code == 404
    assert browser.post(f"/conversations/1/messages/{messages[0]}", data={"kind": "intent"}).status_code == 404
    assert browser.get("/conversations/99999999999999999999").status_code == 404


def test_two_reviewers_each_keep_their_own_and_neither_overrules_in_silence(desk, visitor, messages):
    first, second = visitor("reviewer"), visitor("second")
    judge(first, messages[1], "intent", intent="ask_evidence")
    late = judge(second, messages[1], "intent", intent="ask_police", reason="telt niet")
    assert late.status_code == 409 and "reviewer" in late.text and 'value="ask_police"' in late.text
    assert len(kept(desk, "intent")) == 1
    seen = re.search(r'name="seen" value="(\d+)"', late.text)[1]
    assert judge(second, messages[1], "intent", intent="ask_police", seen=seen).status_code == 303
    assert sorted(value["intent"] for _, value, _ in kept(desk, "intent")) == ["ask_evidence", "ask_police"]


def reviews(browser, **fields):
    """What the button of conversation 3 sends, as its page shows it now."""
    form = re.search(r'action="/conversations/3/status">(.+?)</form>', browser.get("/conversations/3").text, re.S)[1]
    return {**dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)), **fields}


def test_status_and_tags_are_guarded_by_a_version(desk, visitor):
    first, second = visitor("reviewer"), visitor("second")
    late = reviews(second, status="open")
    first.post("/conversations/3/status", data=reviews(first))
    for path, fields in (("status", late), ("tags", {"tags": "nazorg", "event_id": 0, "seen": 0})):
        late = second.post(f"/conversations/3/{path}", data=fields)
        assert late.status_code == 409 and "heeft dit gewijzigd" in late.text
        seen = re.search(r'name="seen" value="(\d+)"', late.text)[1]
        assert second.post(f"/conversations/3/{path}", data={**fields, "seen": seen}).status_code == 303
    with desk.engine.connect() as connection:
        line = connection.execute(sa.select(CONVERSATION).where(CONVERSATION.c.id == 3)).one()
    assert (line.status, line.changed_by, line.version) == ("open", "second", 3)
    assert "/conversations/3?" in second.get("/conversations?tag=nazorg").text
    assert "/conversations/3?" not in second.get("/conversations?tag=x").text


def test_what_a_parent_wrote_since_the_page_was_opened_is_not_reviewed(desk, visitor):
    browser = visitor("reviewer")
    opened = reviews(browser)
    write(desk.engine, list(rows(f"{3:032x}", [Said("ze heeft pillen genomen")], NOON + 9000)))
    read_new(desk)
    late = browser.post("/conversations/3/status", data=opened)
    assert late.status_code == 409 and "Er kwam iets bij" in late.text and status(desk) == "open"
    looked = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', late.text))
    assert browser.post("/conversations/3/status", data=looked).status_code == 303 and status(desk) == "reviewed"


def status(desk):
    with desk.engine.connect() as connection:
        return connection.execute(sa.select(CONVERSATION.c.status).where(CONVERSATION.c.id == 3)).scalar()


def test_reviewed_and_on_goes_to_the_next_in_the_filter(visitor):
    browser = visitor("reviewer")
    data = reviews(browser, and_on="1", filters="status=open")
    assert browser.post("/conversations/3/status", data=data).headers["location"] == "/conversations/2?status=open"


def test_who_may_do_what_next_is_said_where_it_is_judged(visitor):
    for place in ("/messages", "/conversations/3"):
        assert "Een beoordelaar mag dat niet" in visitor("reviewer").get(place).text
        assert 'bij <a href="/batches">' in visitor("trainer").get(place).text


def test_notes_are_added_with_who_and_roughly_when(visitor, messages):
    visitor("reviewer").post("/conversations/3/notes", data={"text": "goed gezien", "event_id": messages[0]})
    visitor("second").post("/conversations/3/notes", data={"text": "eens", "event_id": 0})
    text = visitor("reviewer").get("/conversations/3").text
    assert "goed gezien" in text and "eens" in text and "second" in text


def test_a_judgement_is_taken_back_by_its_own_maker_only(desk, visitor, messages):
    judge(visitor("reviewer"), messages[1], "intent", intent="ask_evidence")
    path = f"/conversations/3/messages/{messages[1]}/take-back"
    visitor("second").post(path, data={"correction": 1})
    assert len(kept(desk, "intent")) == 1
    visitor("reviewer").post(path, data={"correction": 1})
    assert kept(desk, "intent") == []
    with desk.engine.connect() as connection:
        assert doubtful.waiting(connection) == 1  # it waits for a label again


def test_the_language_is_changed_where_one_is_and_not_where_nobody_can_come_back(visitor):
    browser = visitor("reviewer")
    page = browser.get("/conversations?flag=suicidal&sort=worst").text
    back = html.unescape(re.search(r'name="back" value="([^"]*)"', page)[1])
    answer = browser.post("/language", data={"language": "en", "back": back})
    assert answer.headers["location"] == "/conversations?flag=suicidal&sort=worst"
    browser.post("/language", data={"language": "nl", "back": "/"})
    late = browser.post("/conversations/3/status", data=reviews(browser, seen=9))
    assert late.status_code == 409 and 'action="/language"' not in late.text


def test_the_log_is_read_by_the_administrator_page_by_page(visitor):
    visitor("reviewer").get("/conversations/3")
    text = visitor("admin").get("/audit?account=reviewer&object=conversation+3").text
    assert text.count("<tr>") == 2 and "gesprek gezien" in text
