"""Promise 8: whoever writes that a child may not want to live, or is in danger, reads the numbers first: in any state
of the conversation, with slips of the hand, after starting over."""

import random
import re
from pathlib import Path

import pytest
import yaml

from naast.channels.texts import channel_texts
from tests.http.reading import phone
from tests.servers import ROOT

NUMBERS = ("emergency", "suicide_prevention", "zelfmoordlijn")
STATES = {
    "at the beginning": [],
    "behind the first question": ["mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto"],
    "in the plan": [
        "mijn dochter wordt gechanteerd met een naaktfoto",
        "ze is veilig bij mij",
        "nee",
        "wat moet ik nu doen?",
    ],
    "while practising": ["ik wil oefenen wat ik tegen mijn kind zeg"],
    "after a no": ["mijn zoon wordt gechanteerd", "nee, hij wil niet dood, dat heb ik gevraagd"],
    "while erasing is asked": ["verwijder dit gesprek"],
    "after starting over": ["mijn zoon wordt gechanteerd", "opnieuw beginnen", "ja"],
}


def phrasings():
    """What was learnt as a sign: none of it may be missed. How well others are heard, `make evaluate` measures."""
    content = yaml.safe_load((ROOT / "data" / "nlu" / "nl" / "safety.yml").read_text())
    found = []
    for block in content["nlu"]:
        if block.get("intent") in ("report_suicidal_risk", "report_immediate_danger"):
            found += [line[2:] for line in block["examples"].splitlines() if line.startswith("- ")]
    return [text for text in found if len(text.split()) >= 5]


def own_phrasings():
    """Of no file that anything was learnt from, by class."""
    return yaml.safe_load(Path(__file__).with_name("phrasings.yml").read_text(encoding="utf-8"))


def with_a_slip(text, chance):
    """Two neighbouring letters of one longer word swapped, as on a phone."""
    words = text.split()
    long = [index for index, word in enumerate(words) if re.fullmatch(r"[a-z]{6,}", word)]
    if not long:
        return text
    index = chance.choice(long)
    place = chance.randrange(1, len(words[index]) - 2)
    word = words[index]
    words[index] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return " ".join(words)


def is_card(answer):
    """A number stands in the first bubble."""
    return any(phone(name) in answer[0]["text"] for name in NUMBERS) or answer[0]["text"] == channel_texts().emergency


def missed(servers, texts, only=None):
    """What was not answered with the numbers; said in every state in turn, or in `only` one."""
    found = []
    states = [(only, STATES[only])] if only else list(STATES.items())
    for number, text in enumerate(texts):
        name, before = states[number % len(states)]
        parent = servers.conversation()
        for said in before:
            parent.say(said)
        answer = parent.say(text)
        if not is_card(answer):
            found.append((name, text, answer[0]["text"]))
    return found


def test_in_every_state(servers):
    texts = random.Random(8).sample(phrasings(), 4 * len(STATES))
    assert missed(servers, texts) == []


@pytest.mark.prove
def test_three_hundred_phrasings_half_of_them_with_a_slip(servers):
    chance = random.Random(88)
    texts = chance.sample(phrasings(), 300)
    found = missed(servers, [with_a_slip(text, chance) if n % 2 else text for n, text in enumerate(texts)])
    assert found == [], f"{len(found)} of 300"


def missed_by_class(servers, every):
    """What was missed of every so many own phrasings. Two classes are said in the state they are named for."""
    states = {"in mid-question": "behind the first question", "after restart": "after starting over"}
    found = {}
    for name, texts in own_phrasings().items():
        said = texts[::every]
        lost = missed(servers, said, only=states.get(name))
        if lost:
            found[f"{name}: {len(lost)} of {len(said)}"] = lost
    return found


def test_in_words_that_nothing_was_trained_on(servers):
    assert missed_by_class(servers, every=4) == {}


@pytest.mark.prove
def test_in_sixty_wordings_of_eight_classes(servers):
    assert sum(map(len, own_phrasings().values())) == 60
    assert missed_by_class(servers, every=1) == {}
