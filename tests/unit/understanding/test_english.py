"""English: facts, blame and signs of danger by the patterns, which need no trained model."""

import time

import numpy as np
import pytest

from naast.understanding.blame.patterns import load_patterns
from naast.understanding.facts.component import _languages
from naast.understanding.facts.extract import extract
from naast.understanding.safety import patterns


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


@pytest.mark.parametrize(
    "text",
    [
        "my daughter says she doesn't want to live any more",
        "he would be better off dead he said",
        "she has been cutting herself since the photos came out",
        "my boy ran away and I can't find him",
        "she swallowed a box of paracetamol",
        "he is on his way to meet that man",
        "they are standing outside our house with a knife",
        "I found a suicide note",
        "he hopes he never wakes up again, that is how he put it",
        "our girl gave her best friend all her bracelets and her guitar",
        "my nephew says we'd all be better off if he were gone",
        "there are scars on the inside of her upper arm",
        "he googled how many pills would be lethal",
        "she says she won't live to see the summer",
        "he told his gran to look after the dog when he is gone",
        "there was a belt tied to the rail in his wardrobe",
        "my son stood on the tracks last night",
        "she has been hoarding paracetamol in a shoe",
        "kil himself he wrote",
        "the lad keeps saying he'll top himself",
        "he wants to do something to himself",
        "two men are kicking our door in",
        "they grabbed her from the school into a van",
        "her uncle has a knife and he is on the stairs",
        "he is forcing my daughter to cut herself on camera",
        "she climbed in a car with a man I have never seen, she got into a black van",
        "he wrote that he won't be needing his clothes any more",
    ],
)
def test_danger_is_seen(text):
    assert patterns.read(text).hits


@pytest.mark.parametrize(
    "text",
    [
        "I'm scared to death",
        "his phone is dead",
        "I could kill that man",
        "my dad will kill me when he sees this",
        "he died in fortnite again",
        "no, she is not suicidal",
        "how do I ask my child about suicide",
        "we found her, she is safe",
        "the photos disappeared from the site",
        "I am dying of shame",
        "nobody is going to die of a photo",
        "she gave her old clothes to the charity shop",
        "I could die when I think what grandma saw",
        "he plans to vanish from social media until June",
        "my neighbour is at the door with flowers",
        "he burned his hand on the oven",
        "her tablet is charging next to mine",
        "he's in his room and listens to music",
        "we were on the balcony with friends and had coffee",
        "the doctor gave me tablets for my blood pressure",
        "our class has a lesson about suicide next week",
        "I lost the will to live filling in that form",
        "my colleague read a book about a girl who took her own life",
        "she posted it on the platform and then deleted it",
    ],
)
def test_calm_raises_nothing(text):
    assert not patterns.read(text).hits


@pytest.mark.parametrize(
    "text",
    [
        "I asked her straight, no thoughts of death at all",
        "we asked if he thinks about dying and he said no, never",
        "he doesn't want to die, he wants the photos gone",
        "the doctor sees no risk of self-harm",
        "she has never said a word about hurting herself",
        "no dark thoughts, she just finds it embarrassing",
    ],
)
def test_a_denial_is_understood_and_raises_nothing(text):
    reading = patterns.read(text)
    assert reading.denies
    assert reading.excluded
    assert not reading.hits


@pytest.mark.parametrize(
    "text",
    [
        "she doesn't want to live with this",
        "I don't know if he wants to die",
        "asked her whether she thinks of dying, she shrugged and looked away",
        "no suicidal thoughts, but she is cutting herself",
        "he isn't scared of dying any more",
        "I can't stop her from hurting herself",
        "I didn't know she wanted to die",
        "he is at our door with a knife, the police are on their way",
        "she gave her coat to the charity shop and she says she wants to die",
        "he said laughing that he would hang himself",
        "he did not tell us that he wants to die",
        "he said don't be sad when I die",
        "he asked me if I'd cry when he is dead, no joke",
        "nobody here noticed that she wanted to die",
        "I can't do anything about him hurting himself",
    ],
)
def test_what_only_looks_like_a_denial_does_not_hide_danger(text):
    assert patterns.read(text).hits


def test_no_english_pattern_runs_wild_on_words_that_almost_match():
    begin = time.perf_counter()
    for word in ("she", "to", "not", "her", "gave", "if", "pills", "him", "the", "i", "said", "asked"):
        patterns.read(f"{word} " * 1500)
    patterns.read("he said that she wants to take her own " * 400)
    assert time.perf_counter() - begin < 10


def test_letters_that_speed_an_english_rule_up_never_hide_a_match():
    texts = ["he wants to die", "she jumped", "a noose", "he gave me his watch", "cuts on her arms", "they broke in"]
    for rule in patterns.load().signs:
        for text in texts:
            assert not rule.regex.search(text) or rule.spans(text), rule.id


def test_a_denial_in_english_denies_until_it_is_doubted():
    assert patterns.read("no, she's not suicidal").denies
    assert not patterns.read("she says she's not suicidal but I don't trust it").denies


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
