import re

from naast.channels.texts import channel_texts
from naast.guidance.library import load
from naast.guidance.schema import MAX_CHARACTERS


def test_the_emergency_text_holds_the_numbers_of_the_contacts():
    contacts = load().contacts
    emergency = channel_texts().emergency
    for name in ("emergency", "suicide_prevention", "zelfmoordlijn", "helpwanted"):
        assert contacts[name].phone in emergency
    known = "".join(re.findall(r"\d", "".join(contact.phone or "" for contact in contacts.values()))) + "113"
    for number in re.findall(r"[\d][\d -]*\d", emergency):
        assert re.sub(r"\D", "", number) in known


def test_every_sentence_fits_a_bubble():
    texts = channel_texts()
    for sentence in [texts.emergency, *texts.sentences.values()]:
        assert 0 < len(sentence) <= MAX_CHARACTERS
