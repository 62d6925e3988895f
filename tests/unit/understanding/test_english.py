"""English: facts and blame by the patterns, which need no trained model."""

import numpy as np
import pytest

from naast.understanding.blame.patterns import load_patterns
from naast.understanding.facts.component import _languages
from naast.understanding.facts.extract import extract


def facts(text, language="en"):
    found = {}
    for fact in extract(text, language):
        found.setdefault(fact.name, []).append(fact.value)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my son is 14", {"child_relation": ["son"], "child_age": [14]}),
        ("it began on snapchat", {"platforms": ["snapchat"]}),
        ("they want 300 euros", {"amount_eur": [300], "demands": ["money"]}),
        ("our 13 year old daughter was tricked", {"child_relation": ["daughter"], "child_age": [13]}),
        ("she's fifteen", {"child_age": [15]}),
        ("they want two hundred and fifty euros", {"amount_eur": [250], "demands": ["money"]}),
        ("we haven't paid anything", {"paid": [False]}),
        ("we paid 200 quid already", {"paid": [True]}),
        ("we blocked him and took screenshots", {"contact_cut": [True], "evidence_saved": [True]}),
        ("the pictures are going around the school", {"spread": [True]}),
        ("it's a deepfake, they made a fake nude of her", {"image_origin": ["fabricated"]}),
        ("the coach wants her to meet him", {"demands": ["meeting"]}),
        ("I reported it to the police", {"reported_police": [True], "topic": ["called_police"]}),
        ("should we pay them 500?", {}),
        ("his sister is 9", {}),
        ("we live in Antwerp", {"country": ["be"]}),
    ],
)  # fmt: skip
def test_facts(text, expected):
    found = {name: values for name, values in facts(text).items() if name not in ("circumstance", "offender")}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("they want $650 or it goes online", "demands", "money"),
        ("he demands 80 quid by friday", "demands", "money"),
        ("small correction, she's 12, she turns 13 in may", "child_age", 12),
        ("oops she is 14 not 15", "child_age", 14),
        ("when her dad hears it he will kill her", "circumstance", "home_unsafe"),
        ("my husband beats us and takes her back to Morocco", "circumstance", "home_unsafe"),
        ("our foster daughter is blackmailed", "circumstance", "under_guardianship"),
        ("we got an email, they say they hacked the laptop, they quote his password", "circumstance", "mass_mail"),
        ("the trainer of my son football team has pictures and says he must send more", "circumstance", "institution"),
        ("her gymnastics coach asks nudes from her", "offender", "acquaintance"),
        ("a different account again, it's the same man", "circumstance", "came_back"),
        ("panic, i wiped all her messages", "circumstance", "chat_deleted"),
        ("we changed every password", "steps_done", "secure_accounts"),
        ("we haven't been to the police yet", "reported_police", False),
    ],
)  # fmt: skip
def test_what_is_said_in_many_ways(text, fact, value):
    assert value in facts(text).get(fact, [])


@pytest.mark.parametrize(
    "text", ["they want $650 or it goes online", "he demands 80 quid by friday", "she asks for 2 bitcoin"]
)
def test_an_amount_in_another_currency_is_no_number_of_euros(text):
    assert "amount_eur" not in facts(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("can my brother wait for him at the bus stop", "someone_goes"),
        ("what do I write in the group chat", "group_message"),
        ("is reporting to the police free", "police_cost"),
        ("we are afraid of the police", "police_fear"),
        ("can we get his account back", "account_back"),
        ("she refuses all help", "refuses_help"),
        ("how do I take a screenshot", "screenshot_what"),
        ("that man keeps texting", "writes_now"),
        ("me and my cousins are on our way to that man's house", "own_threat"),
        ("I'm driving over to his place now", "own_threat"),
        ("her uncles are going to his flat to beat him", "own_threat"),
        ("should we ring the club or the police first", "confronts"),
        ("can we call his parents ourselves", "confronts"),
        ("they have his real password, what do we do about it", "passwords"),
        ("legally she is not mine, who decides", "guardian"),
        ("they are in the same class, what about tomorrow", "school"),
        ("we rang them and she talked to someone herself", "called_help"),
        ("she went as white as a ghost", "gone_quiet"),
        ("how would I even ask him something like that", "how_to_ask"),
        ("I promised her I'd tell nobody", "promise"),
        ("can the bank still stop it", "money_back"),
        ("can he file the complaint himself", "reports_alone"),
        ("what do we do tonight", "tonight"),
        ("can I practise what to say", "practice"),
        ("nobody answers at helpwanted", "nobody_reached"),
        ("should I tell his father", "other_parent"),
    ],
)
def test_topics(text, topic):
    assert topic in facts(text).get("topic", [])


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I rang 112 and they are sending an ambulance", "emergency_called"),
        ("police is coming, I call already 101 and ambulance is coming", "emergency_called"),
        ("we've dialled 999, they're on their way", "emergency_called"),
        ("she's home safe, thank god", "safe_now"),
        ("the police found him at the station", "safe_now"),
        ("we're at A&E with him now", "at_hospital"),
        ("she is still on the call with him", "still_live"),
        ("I pulled the plug out of the router", "stopped_live"),
        ("few scratches on his wrist, not deep", "wounded"),
        ("I can't reach him, it goes straight to voicemail", "unreachable"),
        ("she's at school until four", "at_school"),
        ("my mum is coming over to sit with her", "help_coming"),
        ("he still has the receipts of the gift cards", "receipts_kept"),
        ("she deleted the whole chat", "chat_gone"),
        ("we spoke to her mentor", "called_school"),
        ("that didn't help at all", "not_helped"),
        ("should I tell him anything now", "tell_him"),
        ("should I let her go to training tomorrow", "lets_go"),
        ("the club wants to handle it internally", "inside_club"),
        ("her father doesn't want to go to the police", "parents_disagree"),
        ("he looks in my phone, can he see this", "traces"),
        ("how do I delete this chat from the history", "traces"),
        ("what counts as proof", "evidence_what"),
        ("do snaps really disappear", "vanishing"),
        ("do we bring her phone to the police", "phone_along"),
        ("she says he loves her", "loverboy"),
        ("how do they know my password from the mail", "bluff_mail"),
        ("can that lad be prosecuted", "offender_punishable"),
        ("can I check her phone while she sleeps", "secret_check"),
        ("my mum and dad are abroad until sunday", "parents_away"),
        ("whom can I call in Belgium", "who_is_open"),
        ("can I leave her with her brother tonight", "tonight"),
        ("I'm going to break his legs", "own_threat"),
        ("we're driving round to the lad's parents", "own_threat"),
    ],
)
def test_topics_that_dutch_parents_bring_up_too(text, topic):
    assert topic in facts(text).get("topic", [])


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("should I ring 112", "emergency_called"),
        ("I will call an ambulance if she gets worse", "emergency_called"),
        ("he says the police are on their way to arrest my son", "emergency_called"),
        ("maybe I should have called 112", "emergency_called"),
        ("I hope someone called 112", "emergency_called"),
        ("I don't know if he is safe", "safe_now"),
        ("he found her on instagram", "safe_now"),
        ("they found him in the toilets with a ligature", "safe_now"),
        ("I hope she is safe with her dad", "safe_now"),
        ("he beat her into hospital last year", "at_hospital"),
        ("should I turn off the wifi", "stopped_live"),
        ("he wants her to cut herself", "wounded"),
        ("we cut contact with him", "wounded"),
        ("helpwanted is not answering", "unreachable"),
        ("the school rang us", "called_school"),
        ("my brother is coming over to beat him", "help_coming"),
        ("can he see that we blocked him", "traces"),
        ("can my son be prosecuted", "offender_punishable"),
        ("he says he will break my son's legs", "own_threat"),
    ],
)
def test_what_is_asked_wished_or_said_by_the_offender_was_not_done(text, topic):
    assert topic not in facts(text).get("topic", [])


@pytest.mark.parametrize(
    ("text", "circumstance"),
    [
        ("we don't know where she is", "missing"),
        ("he never came home from school", "missing"),
        ("she lies with her face turned to the wall", "silent"),
        ("her father he will kill her if he see this", "home_unsafe"),
        ("he hit my big daughter with belt, my husband", "home_unsafe"),
        ("he's texting her right now, as we speak", "live_now"),
        ("a month ago my son was blackmailed, since then it is quiet, how do we move on", "after"),
        ("back in October my daughter was blackmailed, it stopped", "after"),
        ("they messaged him again after three weeks", "came_back"),
    ],
)
def test_circumstances(text, circumstance):
    assert circumstance in facts(text).get("circumstance", [])


@pytest.mark.parametrize(
    "text",
    [
        "she wants to run away",
        "he says it would be better if he's gone",
        "the blackmailer has disappeared",
        "they told him to keep quiet",
        "my husband will never hit her",
        "she was on webcam last week",
        "a month ago my son was blackmailed and now they want money again",
        "he's back from school",
    ],
)
def test_circumstances_that_are_not_there(text):
    absent = {"missing", "silent", "home_unsafe", "live_now", "after", "came_back"}
    assert not absent & set(facts(text).get("circumstance", []))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Bruges", ["be"]),
        ("we're Irish but live outside Ghent", ["be"]),
        ("I am from near Louvain", ["be"]),
        ("we're in Ostend", ["be"]),
        ("we live in The Hague", ["nl"]),
        ("he has to meet her in Antwerp", []),
        ("the man lives in Brussels", []),
        ("we're not in Belgium", []),
    ],
)
def test_the_country_by_its_towns(text, country):
    assert facts(text).get("country", []) == country


@pytest.mark.parametrize(
    "text",
    [
        "we are driving to the police station",
        "he knows where we live",
        "I want to help him out of bed",
        "he is afraid I will hit him, I never hit",
        "it went quiet after we blocked him",
        "her dad knows and he is calm",
        "the man called him names",
    ],
)
def test_what_only_looks_like_it(text):
    found = facts(text)
    said = {*found.get("topic", []), *found.get("circumstance", [])}
    assert not said & {"own_threat", "home_unsafe", "gone_quiet", "called_help"}


def test_a_message_is_read_by_the_patterns_of_its_language_and_a_mixed_one_by_both():
    assert _languages({"code": "en", "gap": 0.3, "words": 8}) == ["en"]
    assert _languages({"code": "nl", "gap": 0.3, "words": 8}) == ["nl"]
    assert _languages({"code": "nl", "gap": 0.1, "words": 8}) == ["nl", "en"]
    assert _languages({"code": "tr", "gap": 0.3, "words": 8}) == ["nl"]
    assert _languages(None) == ["nl"]


def kinds(text):
    patterns_ = load_patterns()
    said = np.max([reading.said for reading in patterns_.read(text)], axis=0)
    return {kind for kind, one in zip(patterns_.blame, said) if one}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("it is her own fault", "reproach"),
        ("why did he send that picture", "why_question"),
        ("I told him a hundred times not to", "i_told_you_so"),
        ("if she hadn't sent it we would not be here", "conditional"),
        ("no phone until he is eighteen", "punishment"),
        ("what a stupid girl", "insult"),
    ],
)
def test_blame(text, kind):
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "it's not her fault",
        "how do I tell her without blaming",
        "my husband says it is her own fault",
        "I was so stupid, I gave him that phone",
    ],
)
def test_no_blame(text):
    assert not kinds(text)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("her stepdad has videos of her on his laptop", "offender", "family"),
        ("my partner forces her to pose naked", "offender", "family"),
        ("he is on the bus to them right now", "circumstance", "missing"),
        ("it's a photo of another boy, and mine sent it on to three mates", "circumstance", "child_forwarded"),
        ("must we pay, or block him?", "topic", "whether_to_pay"),
        ("must we pay, or block him?", "topic", "whether_to_block"),
        ("I'm ringing them now", "topic", "calls_now"),
        ("ok, I am calling now", "topic", "calls_now"),
        ("she is on the phone with 113", "topic", "on_the_line"),
        ("what kind of people are these, is it that 764?", "topic", "harm_group"),
        ("my husband must not know of it", "topic", "keeps_secret"),
        ("nobody may find out", "topic", "keeps_secret"),
        ("my wife took a screenshot of the nude itself as proof", "topic", "image_as_evidence"),
    ],
)
def test_what_parents_told_in_the_second_round(text, fact, value):
    assert value in facts(text).get(fact, [])


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("should we pay them 500?", "topic", "whether_to_pay"),
        ("my husband has seen the photos", "offender", "family"),
        ("I will call tomorrow", "topic", "calls_now"),
        ("in our community her life is over, the family name is gone", "circumstance", "life_ruined"),
        ("his counsellor wants to meet him and us", "demands", "meeting"),
    ],
)
def test_what_they_did_not_tell(text, fact, value):
    assert value not in facts(text).get(fact, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("moeten we gewoon betalen en hem blokkeren?", "whether_to_pay"),
        ("moeten we gewoon betalen en hem blokkeren?", "whether_to_block"),
        ("ik ga nu meteen bellen", "calls_now"),
        ("onze dochter is nu aan het praten met de kindertelefoon", "on_the_line"),
        ("wat zijn dat voor mensen, die groep 764", "harm_group"),
        ("mijn schoonfamilie mag dit nooit weten", "keeps_secret"),
    ],
)
def test_their_twins_in_dutch(text, value):
    assert value in facts(text, "nl").get("topic", [])
