import time

import pytest

from naast.understanding.safety import patterns
from naast.understanding.safety.patterns import read
from naast.understanding.safety.text import sentences, windows


def kinds(text):
    return {hit.kind for hit in read(text).hits}


@pytest.mark.parametrize(
    "text",
    [
        "hij wil niet meer leven",
        "zelfmort heeft ze het over",
        "z e l f m o o r d",
        "ze denkt aan zelfm00rd",
        "hij appte kms",
        "unalive schrijft ze steeds",
        "voor iedereen beter als ik er niet meer ben",
        "'t hoeft voor mij nie meer",
        "ze snijdt zichzelf",
        "hij krast in zijn armen",
        "ik vond een afscheidsbrief",
        "zij wil niet leven meer",
        "hij zegt dood is beter",
        "ze gaat er een eind aan maken",
        "hij maakt zich van kant",
        "ze heeft haar spullen weggegeven",
        "als het online komt spring ik",
        "ons dochter wil haar eigen iets aandoen",
        "hij wil niet meer wakker worden",
        "ZE WIL DOOD",
        "ik schaam me dood en mijn dochter zegt dat ze dood wil",
        "geen zelfmoordgedachten zegt hij, maar ze snijdt zichzelf",
        "ik weet niet of hij aan zelfmoord denkt",
        "hij zegt dat hij niet aan zelfmoord denkt maar ik geloof hem niet",
        "ze mailde: vertel opa maar dat ik hem altijd graag gezien heb",
        "er stond onder: zeg mama dat ik van haar hield",
        "haar zusje mag haar keyboard hebben, voorgoed",
        "hij wil zijn drumstel ineens aan een neefje geven",
        "dood wil ze niet zegt ze, maar ik geloof het niet",
    ],
)
def test_suicidal(text):
    assert kinds(text) == {"suicidal"}


@pytest.mark.parametrize(
    "text",
    [
        "mijn dochter is vermist",
        "zoon weggelopen",
        "hij is niet thuisgekomen",
        "ze is onderweg naar die man",
        "vanavond heeft ze met hem afgesproken",
        "die man staat voor de deur",
        "ze heeft pillen geslikt",
        "overdosis",
        "hij staat op de brug",
        "ze zit op het dak",
        "ik krijg haar niet wakker",
        "hij wordt nu gedwongen live te gaan",
        "mijn zoon is weer thuis. Maar nu is mijn dochter vermist",
    ],
)
def test_danger(text):
    assert "danger" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "ik schaam me dood",
        "ik ben doodsbang",
        "ik ben doodmoe",
        "ik vermoord hem",
        "mijn telefoon is dood",
        "ik lach me dood",
        "dan ben ik dood als mijn vrouw dit hoort",
        "hij gaat steeds dood in fortnite",
        "die vent mag van mij dood",
        "geen zelfmoordgedachten",
        "nee zulke gedachten heeft hij niet",
        "dat zou ze nooit doen",
        "nee ze denkt niet aan zelfmoord",
        "ze was weggelopen maar is weer thuis",
        "hij was vermist en is terecht",
        "ze was weggelopen vorig jaar",
        "straks staat hij nog voor de deur",
        "hij wil vanavond met haar afspreken",
        "ze zou hem vanavond ontmoeten maar ze is niet gegaan",
        "hoe vaak plegen jongeren zelfmoord na sextortion",
        "hoe snijd ik dit onderwerp aan",
        "hoe maken we hier een eind aan",
        "Zit hier in de auto voor de deur bij mn ex",
    ],
)
def test_no_alarm(text):
    assert not read(text).hits


def test_an_exclusion_names_itself_and_leaves_the_rest():
    reading = read("ik schaam me dood, wat moet ik doen")
    assert reading.excluded == ["idiom_ashamed_to_death"]
    assert reading.rest == ["ik , wat moet ik doen"]


@pytest.mark.parametrize("text", ["", "   ", None, 7, "😢" * 300, "\ud800", "?" * 50, "\x00", "/", "a" * 10_000])
def test_bad_input_is_no_alarm_and_no_error(text):
    assert read(text).hits == []


def test_a_sign_among_lone_surrogates_and_emoji_is_still_read():
    assert kinds("\ud800 hij 😢 wil 💔 dood \udfff") == {"suicidal"}


def test_the_last_sentence_of_a_long_message_is_read_in_time():
    text = "Mijn zoon wordt afgeperst op Snapchat en wij weten niet wat wij moeten doen. " * 120
    begin = time.perf_counter()
    assert kinds(text + "Hij zegt dat hij dood wil.") == {"suicidal"}
    assert time.perf_counter() - begin < 1.0


def test_no_pattern_runs_wild_on_words_that_almost_match():
    begin = time.perf_counter()
    for word in ("bed", "ligt", "over een half", "zelfm", "zich", "nu", "wil", "dood", "naar", "niet"):
        read(f"{word} " * 1500)
    assert time.perf_counter() - begin < 10


def test_sentences_are_folded_and_windows_overlap():
    assert sentences("Héél erg!!  Zij wil ‘dood’?") == ["heel erg", "zij wil dood ?"]
    assert [len(each.split()) for each in windows([" ".join("woord" for _ in range(45))])] == [20, 20, 20, 15]


def test_letters_that_speed_a_rule_up_never_hide_a_match():
    texts = ["hij wil dood", "ze is weggelopen", "overdosis genomen", "ze snijdt zichzelf", "afscheidsbrief"]
    for rule in patterns.load().signs:
        for text in texts:
            assert not rule.regex.search(text) or rule.spans(text), rule.id


@pytest.mark.parametrize(
    "place",
    [
        "hij zit beneden bij mn vrouw",
        "hij zit hier in de auto naast me",
        "ze zit bij ons beneden",
        "ok dankjewel, ik ga naar hem toe",
    ],
)
def test_a_child_beside_its_parent_is_no_danger(place):
    assert not read(place).hits


@pytest.mark.parametrize(
    "place",
    [
        "hij staat bij ons voor de deur",
        "ze is bij die man in de auto",
        "ze zit bij hem in de auto",
        "ik ga nu naar hem toe",
    ],
)
def test_a_child_beside_the_offender_is(place):
    assert any(hit.kind == "danger" for hit in read(place).hits)


@pytest.mark.parametrize(
    "text",
    [
        "nee oma, dood wil ik echt niet",
        "van doodgaan is geen sprake, hij schaamt zich",
        "over sterven of zo heeft hij ni gesproken",
        "neen, niet dood, gewoon kwaad",
        "ze heeft geen zin om dood te gaan",
        "ze zit lekker bij haar broertje beneden. nee over sterven praat ze niet",
        "doodgaan? neen, daar spreekt hij nooit over",
        "van zelfmoord wil ze niets horen",
        "over er niet meer zijn heeft ze het nooit gehad",
    ],
)
def test_a_denial_in_the_words_of_a_parent(text):
    assert read(text).denies and not read(text).hits


@pytest.mark.parametrize(
    "text",
    [
        "de coach laat ze rondgaan als ze niet elke week bij hem thuis komt",
        "de leraar eist dat hij regelmatig bij hem langskomt",
        "ze is hier, tekent wat en is rustig",
        "hij zit bij een agente op het bureau",
        "hij gaf zijn oude lego aan zijn neefje, want hij is te groot",
        "wil je dat hij zijn fiets mag houden",
        "ze wil gewoon dat het weg is",
    ],
)
def test_calm_words_beside_a_threat(text):
    assert not read(text).hits


@pytest.mark.parametrize(
    "text",
    [
        "ze praat over sterven, daar kan ik niet tegen",
        "hij wil dood. daar slaap ik niet van",
        "twee gasten zitten bij de auto beneden voor de deur",
    ],
)
def test_what_only_sounds_like_a_denial_or_company(text):
    assert read(text).hits and not read(text).denies


def test_a_child_that_finds_the_question_absurd_takes_its_own_words_off_the_scale():
    reading = read("gevraagd. neen papa, doe niet zo zot zei ze")
    assert "child_finds_the_question_absurd" in reading.excluded and not reading.hits
