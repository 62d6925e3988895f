"""What says who somebody is goes; what the advice needs stays. The labelled set is measured by `make evaluate`."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.privacy.redact import find, redact, without_digits
from scripts.evaluation import redaction
from tests.unit.privacy.development import messages

GONE = {
    "bel me op 06 12345678 of op 0032 470 12 34 56": "bel me op [telefoon] of op [telefoon]",
    "mail jan.jansen@gmail.com": "mail [e-mail]",
    "kijk op https://voorbeeld.nl/abc?x=1 maar niet nu": "kijk op [link] maar niet nu",
    "over naar NL91 ABNA 0417 1643 00 en snel": "over naar [rekening] en snel",
    "mijn bsn is 111222333": "mijn bsn is [bsn]",
    "kaart 4111 1111 1111 1111": "kaart [kaart]",
    "naar 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa": "naar [crypto]",
    "hij staat op 52.3702, 4.8952": "hij staat op [coördinaten]",
    "wij wonen in de Dorpsstraat 12a, 1234 AB Utrecht": "wij wonen in de [adres], [postcode] Utrecht",
    "door @lisa_xx22 op snapchat": "door [gebruikersnaam] op snapchat",
    "gebruikersnaam: lisa_2009x": "gebruikersnaam: [gebruikersnaam]",
    "mijn zoon Daan van 14": "mijn zoon [naam] van 14",
    "mn dochter lotte durft niet": "mn dochter [naam] durft niet",
    "ze heet fatima el amrani": "ze heet [naam]",
    "ik ben Peter de Vries": "ik ben [naam]",
    "groetjes van Karin": "groetjes van [naam]",
    "ons Febe is 13": "ons [naam] is 13",
    "ze zit op het Montessori Lyceum": "ze zit op het [school]",
    "hij zit op sint-jozefcollege": "hij zit op [school]",
    "Lotte en Femke hebben gestuurd": "[naam] en [naam] hebben gestuurd",
    "groetjes van Naima en Youssef": "groetjes van [naam] en [naam]",
    "ik bel met dhr. Poortvliet": "ik bel met dhr. [naam]",
    "van BE09 0016 6475 8557 naar BE53 0631 9204 2453 gestuurd": "van [rekening] naar [rekening] gestuurd",
    "zijn discord is darkvoid#4417": "zijn discord is [gebruikersnaam]",
    "ergens in de Meidoornstraat, denk ik": "ergens in de [adres], denk ik",
    "wij wonen kerkstraat 14 bus 2, 2300 turnhout": "wij wonen [adres] turnhout",
    "my son Jake is being blackmailed": "my son [naam] is being blackmailed",
    "our daughter Aoife Murphy, 14": "our daughter [naam], 14",
    "her name is emma": "her name is [naam]",
    "Hello, this is Karen": "Hello, this is [naam]",
    "thank you, kind regards, Priya Sharma": "thank you, kind regards, [naam]",
    "Mrs O'Neill is his teacher": "Mrs [naam] is his teacher",
    "he goes to Oakwood.": "he goes to [school].",
    "a boy from St Mary's College did it": "a boy from [school] did it",
    "jake sent it to his mates": "[naam] sent it to his mates",
    "we live at 12 Church Street": "we live at [adres]",
    "mijn zoon Daan Jansen is bang": "mijn zoon [naam] is bang",
    "mijn zoon Daan. Hij is bang": "mijn zoon [naam]. Hij is bang",
    "mijn zoon Daan Hij is bang": "mijn zoon [naam] Hij is bang",
    "mijn zoon Daan\nIk weet niets": "mijn zoon [naam]\nIk weet niets",
    "mijn zoon Daan Snapchat gebruikt hij": "mijn zoon [naam] Snapchat gebruikt hij",
    "mijn dochter Lotte Helpwanted gebeld": "mijn dochter [naam] Helpwanted gebeld",
    "met mijn dochter Lotte Zaterdag gebeurd": "met mijn dochter [naam] Zaterdag gebeurd",
    "my son Jake Monday called me": "my son [naam] Monday called me",
    "kaart 4111.1111.1111.1111": "kaart [kaart]",
    "snap: jandeboer": "snap: [gebruikersnaam]",
}
KEPT = [
    "I'm so scared, she said it was a joke and I've told him",
    "It was Monday when Instagram blocked the account, they want 300 euros",
    "my son is 14 and does not want to talk, I called Helpwanted in English",
    "mijn zoon van 14 wordt op snapchat gechanteerd, ze willen 300 euro",
    "hij heeft in 2024 en 2025 ook al 150 euro betaald",
    "onze kleine durft niks meer, mijn man is woest",
    "MIJN ZOON IS 14 EN WORDT GECHANTEERD",
    "Haar ex dreigt haar foto rond te sturen in groep 8",
    "ik heb Helpwanted gebeld en 113",
    "Helpwanted is 020-261 52 75 en 113 is ook 0800-0113",
    "0900-8844 gebeld, 40 min in de wacht",
    "werkt Take It Down ook als ik de foto zelf niet heb?",
    "zijn rekening is leeg, er stond 12345 euro op",
]


@pytest.mark.parametrize(("text", "expected"), GONE.items(), ids=GONE.keys())
def test_what_says_who_it_is_goes(text, expected):
    assert redact(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_what_the_advice_needs_stays(text):
    assert redact(text) == text


def test_of_the_development_messages_all_that_must_go_is_gone_and_nothing_else_is_touched():
    left, changed = [], []
    for text, details in messages().items():
        kept = redact(text)
        left += [(kind, text) for kind, detail in details if any(part in kept for part in redaction.parts(detail))]
        if not details and kept != text:
            changed.append(text)
    assert (left, changed) == ([], [])
    assert sum(len(details) for details in messages().values()) >= 210


def test_a_detail_of_which_a_word_is_left_does_not_count_as_gone(monkeypatch):
    text = "mijn zoon Daan Jansen is bang"
    entry = {"text": text, "found": [{"kind": "naam", "text": "Daan Jansen"}], "cue": True}
    monkeypatch.setattr(redaction, "_read", lambda: [entry])
    monkeypatch.setattr(redaction, "redact", lambda _: "mijn zoon [naam] Jansen is bang")
    assert redaction.counts()[0] == {"naam": (0, 1), redaction.BY_CUE: (0, 1)}
    monkeypatch.setattr(redaction, "redact", redact)
    assert redaction.counts()[0] == {"naam": (1, 1), redaction.BY_CUE: (1, 1)}


def test_digits_of_what_is_taken_out_are_no_numbers_and_nothing_moves():
    text = "mijn zoon van 14, bel 06 12345678, ze willen 300 euro op NL91 ABNA 0417 1643 00"
    read = without_digits(text)
    assert read == "mijn zoon van 14, bel xx xxxxxxxx, ze willen 300 euro op NLxx ABNA xxxx xxxx xx"
    assert len(read) == len(text)


@given(st.text(max_size=300))
def test_whatever_comes_in_it_never_fails_and_finds_do_not_overlap(text):
    found = find(text)
    assert all(one.end <= other.start for one, other in zip(found, found[1:]))
    assert isinstance(redact(text), str)


@pytest.mark.parametrize(
    "piece",
    ["mijn zoon heeft 12 34 56 78 90 12 34 ", "a", "A", "a.", "a_", "0-", "06 ", "Aa ", "Daan van ", "een", "1.2.3."],
)
def test_ten_thousand_characters_take_no_time(piece):
    """Whatever they are: who repeats a letter may not keep a server from everybody else."""
    redact("0612345678")  # what is read once
    text = piece * (10_000 // len(piece))
    started = time.perf_counter()
    redact(text)
    assert time.perf_counter() - started < 4
