"""English: signs of danger, calm and denials by the patterns, which need no trained model."""

import time

import pytest

from naast.understanding.safety import patterns


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


def test_a_lost_reputation_is_no_wish_to_die_unless_the_child_says_so():
    assert not patterns.read("for the family her life is over, our name is gone").hits
    assert patterns.read("she cries that for the family her life is over").hits
