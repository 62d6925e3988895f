"""What is read from a message: the traps one by one, and how much of the development set."""

from __future__ import annotations

import pathlib
from typing import Any, Dict, List, Set, Tuple

import pytest
import yaml

from naast.understanding.facts.extract import LISTS, extract
from naast.understanding.facts.numbers import word_value

DEVELOPMENT = pathlib.Path(__file__).parent / "facts_development.yml"
FLOOR = 0.93
NOT_ANNOTATED = {"circumstance", "retracted", "country", "steps_done", "topic"}
ELSEWHERE = {"blames_child"}


def facts_of(text: str) -> Dict[str, Any]:
    said: Dict[str, Any] = {}
    for fact in extract(text):
        if fact.name in LISTS:
            said.setdefault(fact.name, []).append(fact.value)
        else:
            said[fact.name] = fact.value
    return {name: sorted(value) if isinstance(value, list) else value for name, value in said.items()}


@pytest.mark.parametrize(
    "text, expected",
    [
        # bare answers
        ("veertien", {"child_age": 14}),
        ("14", {"child_age": 14}),
        ("14 jaar", {"child_age": 14}),
        ("300", {"amount_eur": 300}),
        ("op snap", {"platforms": ["snapchat"]}),
        ("nee niks betaald", {"paid": False}),
        ("mijn dochter", {"child_relation": "daughter"}),
        ("een klasgenoot", {"offender": "acquaintance"}),
        # corrections: the last word counts
        ("elf, nee wacht, twaalf", {"child_age": 12}),
        ("tiktok, nee wacht, youtube", {"platforms": ["youtube"], "retracted": ["tiktok"]}),
        ("nee het was geen instagram", {"retracted": ["instagram"]}),
        # who: a sister's age is not the child's, nor is what the offender says of himself
        ("haar zusje van 9 weet van niks", {}),
        ("hij zegt dat hij 16 is", {}),
        # said is not the same as asked, feared, threatened or imagined
        ("moeten we betalen?", {}),
        ("als we niet betalen zet hij het online", {"demands": ["money"]}),
        ("hij dreigt de foto's online te zetten", {}),
        ("er staat nog niets online", {"spread": False}),
        ("het staat al online", {"spread": True}),
        ("ik las op facebook over sextortion", {}),
        ("ik snap het niet", {}),
        # negation reaches one verb only
        ("we hebben niet betaald en hem meteen geblokkeerd", {"paid": False, "contact_cut": True}),
        ("we hebben hem nog niet geblokkeerd", {"contact_cut": False}),
        ("nog geen aangifte gedaan", {"reported_police": False}),
        # typing errors, Flemish, second language
        ("mijn dochtr wordt bedreigd op snapchet", {"child_relation": "daughter", "platforms": ["snapchat"]}),
        ("het was via isntagram", {"platforms": ["instagram"]}),
        ("ons dochter heeft nog nie betaald", {"child_relation": "daughter", "paid": False}),
        ("zij niet betaald", {"paid": False}),
        # amounts
        ("ze willen twee barkies", {"demands": ["money"], "amount_eur": 200}),
        ("hij wil 1.500 euro", {"demands": ["money"], "amount_eur": 1500}),
        ("hij heeft 50 euro betaald", {"paid": True}),
        ("hij krijgt klappen van zijn klas", {}),
        # a helper who keeps the child company is not the offender
        ("zijn begeleidster zit naast hem", {}),
        ("hij zegt dat ze morgen naar hem toe moet komen", {"demands": ["meeting"]}),
    ],
)
def test_what_a_message_says(text: str, expected: Dict[str, Any]) -> None:
    assert facts_of(text) == expected


@pytest.mark.parametrize(
    "text, circumstance",
    [
        ("hij heeft de hele chat gewist", "chat_deleted"),
        ("de berichten verdwijnen vanzelf na 24 uur", "disappearing_messages"),
        ("hij zegt dat hij van de politie is", "fake_police"),
        ("ze dreigen hem in elkaar te slaan", "violence_threatened"),
        ("ze zit nu voor de camera", "live_now"),
        ("nu op dit moment is hij weer aan het typen", "live_now"),
        ("hij heeft al 50 euro betaald maar nu willen ze meer", "paid_partly"),
        ("hij begint weer opnieuw met een nieuw account", "came_back"),
        ("haar vader vermoordt haar als hij het weet", "home_unsafe"),
        ("mijn zoon is nog niet uit de kast", "outing_risk"),
        ("mijn dochter heeft autisme", "disability"),
        ("ze wil geen hulp", "refuses_help"),
        ("mijn zoon heeft een foto van een ander meisje doorgestuurd", "child_forwarded"),
        ("de voogd weet ervan", "under_guardianship"),
        ("ze wordt gechanteerd door haar trainer", "institution"),
        ("dit is al maanden aan de gang", "long_abuse"),
        ("ik kreeg een mail dat ze mijn webcam gehackt hebben", "mass_mail"),
        ("in die mail staat een oud wachtwoord van hem", "mass_mail"),
        ("er komt mail en zij schrijven wij hebben video van uw dochter, betaal met bitcoin", "mass_mail"),
        ("politie schrijft op zijn laptop: jij keek verboden film, boete 300 euro met kaart", "fake_police"),
        ("haar vriend van 27 betaalt alles en nu moet ze met zijn maten mee", "long_abuse"),
        ("twee maanden geleden is ze afgeperst en sindsdien is het stil", "after"),
        ("wij waren hier in de zomer al, het is achter de rug", "after"),
        ("ze zegt dat ze thuis slaag krijgt als het uitkomt", "home_unsafe"),
        ("hij moet 90 euro betalen voor 23 uur", "deadline"),
        (
            "zes weken terug werd onze dochter afgedreigd, we hebben hem toen geblokkeerd. ze is nog altijd zo bang",
            "after",
        ),
        ("vorige zomer is mijn zoon gechanteerd en hij slaapt sindsdien slecht", "after"),
        ("ik was hier in maart ook, er is niks online gekomen. nu wil ik weten waar ik op moet letten", "after"),
    ],
)
def test_circumstances(text: str, circumstance: str) -> None:
    assert circumstance in facts_of(text).get("circumstance", [])


@pytest.mark.parametrize(
    "text",
    [
        "drie weken geleden werd hij gechanteerd en nu begint het opnieuw",
        "een week geleden is ze afgeperst, ze willen nu 200 euro",
        "twee maanden geleden leerde hij haar kennen en nu chanteert ze hem. hoe nu verder",
    ],
)
def test_what_goes_on_is_not_over(text: str) -> None:
    assert "after" not in facts_of(text).get("circumstance", [])


@pytest.mark.parametrize(
    "text, topic",
    [
        # may the child go where that person is
        ("zaterdag is er wedstrijd. mag ze gaan of houd ik haar thuis", "lets_go"),
        ("moeten we hem gewoon laten gaan naar die afspraak?", "lets_go"),
        ("laten we haar gaan zodat die man geen argwaan krijgt", "lets_go"),
        ("moet hij morgen wel naar school?", "to_school"),
        # before the police
        ("ik wil die kerel vanavond bellen", "confronts"),
        ("we houden het liever binnen de kerk", "inside_club"),
        ("het bestuur wil het eerst zelf uitzoeken", "inside_club"),
        ("mijn man wil het laten rusten", "parents_disagree"),
        ("haar moeder vindt politie niet nodig", "parents_disagree"),
        ("mijn man en ik hebben ruzie hierover", "other_parent"),
        # who reads along
        ("kan mijn man dit lezen?", "traces"),
        ("wij hebben samen een laptop, kan hij zien wat ik typ", "traces"),
        ("hoe wis ik mijn sporen", "traces"),
        # it did not help
        ("dat hielp ons niet echt", "not_helped"),
        ("daar schieten we niks mee op", "not_helped"),
        ("dat wist ik al", "not_helped"),
        # the night, the calendar
        ("hij slaapt vannacht bij ons, moet ik ergens op letten", "tonight"),
        ("mag ik die kalender graag hebben", "reminders"),
        ("wanneer kan ik het best weer polsen bij hem", "reminders"),
        # evidence and the police
        ("wat is dat, bewijs? wat bedoel je met bewijs", "evidence_what"),
        ("de bonnetjes hebben we nog", "receipts_kept"),
        ("verdwijnen die snaps echt?", "vanishing"),
        ("ze heeft uit paniek het hele gesprek gewist", "chat_gone"),
        ("wat moet ik klaarleggen als ik ze bel", "preparation"),
        ("moet haar telefoon mee naar de politie?", "phone_along"),
        ("is die jongen strafbaar, hij is 15", "offender_punishable"),
        ("is mijn zoon strafbaar", "punishable"),
        # what was done
        ("ik heb de mentor gesproken", "called_school"),
        ("heb de flikken gebeld", "called_police"),
        ("mijn zus is onderweg", "help_coming"),
        # others
        ("mag ik dat zelf beslissen als pleegmoeder", "guardian"),
        ("hij is juridisch niet van mij, ik bedoel niet wettelijk van mij", "guardian"),
        ("hoe maak ik duidelijk dat hij geen vriend is", "loverboy"),
        ("mag ik stiekem in haar telefoon kijken", "secret_check"),
        ("zijn ouders zijn op reis, moet ik die bellen", "parents_away"),
        ("in die mail staat zijn wachtwoord, is dat echt", "bluff_mail"),
        ("moet het bestuur van de club het weten", "inside_club"),
        ("mijn vrouw vindt dat het binnen de vereniging moet blijven", "inside_club"),
        ("het was drie maanden geleden, ze werd gechanteerd. hoe nu verder", "afterwards"),
        # who goes where
        ("ik kruip er straks even bij haar in, ik ga bij haar liggen", "goes_to_her"),
        ("merci, ik loop nu naar hem toe", "goes_to_him"),
        ("ik telefoneer hem morgen eens", "calls_him"),
        ("ik ga nu terug naar mijn kleindochter", "goes_to_child"),
        ("ik rij nu naar die gast toe", "own_threat"),
        ("laat maar, kga er nie meer naartoe", "stays_home"),
        ("mijn zwager wil hem gaan opzoeken", "someone_goes"),
        ("kunnen we die kerel niet samen opwachten aan de bushalte", "someone_goes"),
        # the group, the image
        ("wat zet ik in de ouderapp", "group_message"),
        ("hoe vertel ik het aan de leerlingen", "group_message"),
        ("de rector wil dat ik die foto laat zien", "image_as_evidence"),
        ("mag ik het filmpje naar helpwanted mailen", "image_as_evidence"),
        # the police
        ("moet je betalen voor een aangifte", "police_cost"),
        ("ik heb schrik van de politie", "police_fear"),
        ("staan er dan agenten voor de deur bij ons", "police_fear"),
        # a hacked account, a mass mail
        ("kan hij zijn insta ooit terugkrijgen", "account_back"),
        ("moet zijn paswoord ook anders", "passwords"),
        ("mag die e-mail in de vuilbak", "mail_away"),
        ("ben je zeker dat ze geen filmpje hebben", "bluff_sure"),
        # the child will not
        ("ze wil niet geholpen worden, laat me met rust roept ze", "refuses_help"),
        ("een gesprek heeft geen zin, ze zucht alleen", "talking_fails"),
        ("schermafdruk, hoe doe je dat", "screenshot_what"),
        # now and tonight
        ("die man blijft maar berichten sturen", "writes_now"),
        ("en als het middernacht is, wat dan", "deadline_passed"),
        ("is ons manneke nu ondeugend? is hij stout geweest", "naughty"),
        # the own child forwarded
        ("moet ze zich verontschuldigen, sorry zeggen bedoel ik", "say_sorry"),
        ("zal ik de vader van dat meisje opbellen", "other_childs_parents"),
        ("mag ik spreken met de moeder van die knul", "confronts"),
        ("wij gaan praten met zijn ouders", "his_parents"),
        ("ik ga bij haar moeder langs en bel met haar vader", "her_parents"),
        ("die gasten weten waar wij wonen", "has_address"),
        ("ze stuurden een foto en ze kennen ons adres", "has_address"),
        ("hij dreigt langs te komen", "has_address"),
        ("camera staat aan en die vent dwingt haar", "forced_live"),
        ("hij zit in een call en moet zich uitkleden van die groep", "forced_live"),
        ("vanwaar kennen zij dat paswoord", "password_leak"),
        ("hoe komt zo iemand aan zijn wachtwoord", "password_leak"),
        ("en wat moeten we met dat oude paswoord doen", "passwords"),
        ("wat zegt mijn zoon nu tegen die klasgenote", "words_for_the_other"),
        ("ze heeft gewoon een vriendje, dat is alles", "all_clear"),
        ("oef, vals alarm, hij bleek verliefd", "all_clear"),
    ],
)
def test_what_a_question_or_news_is_about(text: str, topic: str) -> None:
    assert topic in facts_of(text).get("topic", [])


@pytest.mark.parametrize(
    "text, topic",
    [
        ("we gaan nu samen naartoe, naar het bureau", "own_threat"),
        ("is die gast strafbaar", "punishable"),
        ("ik moet de mentor nog bellen", "called_school"),
        ("ze dreigen onderweg te zijn", "help_coming"),
        ("de bonnetjes zijn weggegooid", "receipts_kept"),
        ("ik moet naar de huisarts gaan met haar", "lets_go"),
        ("kan hij de foto nog zien", "traces"),
        ("helpt blokkeren niet?", "not_helped"),
        ("hoe gaan we verder met het plan", "afterwards"),
        ("ik ga nu naar haar toe", "own_threat"),
        ("nee hoor, ik ga niet naar die jongen toe", "own_threat"),
        ("ik bel hem zo even", "confronts"),
        ("hij dreigt de foto naar school te sturen", "image_as_evidence"),
        ("hij wil 200 euro en de politie weet het al", "police_cost"),
        ("hij is bang voor de politie, die afperser", "police_fear"),
        ("ze schrijft haar naam op het formulier", "writes_now"),
        ("was dat fout van mij", "naughty"),
        ("mijn zus komt bij ons langs", "someone_goes"),
        ("hoe weet je zo zeker dat ze geen foto hebben", "sources"),
        ("ze hebben ons adres niet", "has_address"),
        ("de politie heeft ons adres", "has_address"),
        ("gisteren dwongen ze hem met de camera aan", "forced_live"),
        ("wij gaan niet praten met zijn ouders", "his_parents"),
        ("ze is verliefd op een vent die foto's vraagt", "all_clear"),
        ("hoe moet ik het wachtwoord veranderen", "password_leak"),
    ],
)
def test_what_sounds_like_a_topic(text: str, topic: str) -> None:
    assert topic not in facts_of(text).get("topic", [])


@pytest.mark.parametrize(
    "text, step",
    [
        ("ik heb child focus gebeld", "helpwanted"),
        ("ik moet child focus nog bellen", None),
        ("de voogd is gebeld", "guardian"),
        ("alle wachtwoorden veranderd", "secure_accounts"),
        ("de hacker heeft het wachtwoord veranderd", None),
        ("zijn vrienden zijn gewaarschuwd", "recipients"),
        ("take it down ingevuld", "removal"),
        ("de telefoon ligt vannacht beneden", "tonight"),
    ],
)
def test_steps_told_to_be_done(text: str, step: Any) -> None:
    assert facts_of(text).get("steps_done") == ([step] if step else None)


@pytest.mark.parametrize("text", ["er is geen geld gevraagd", "geld is niet gevraagd", "ze vragen geen geld"])
def test_a_demand_that_is_not_there(text: str) -> None:
    assert facts_of(text) == {"retracted": ["money"]}


@pytest.mark.parametrize(
    "text, writer",
    [
        ("mijn kleinzoon van 13 wordt afgeperst", "grandparent"),
        ("oma hier", "grandparent"),
        ("ik ben mentor en een leerling van mij wordt gechanteerd", "professional"),
        ("ik ben haar tante", "relative"),
        ("mijn zoon heeft een foto van mijn nichtje doorgestuurd", None),
        ("ik ben bang dat mijn moeder het weet", None),
        ("ik ben zijn moeder", "adult"),
    ],
)
def test_who_is_typing(text: str, writer: Any) -> None:
    assert facts_of(text).get("writer") == writer


@pytest.mark.parametrize(
    "text, country", [("wij wonen in Antwerpen", "be"), ("we wonen in Zwolle", "nl"), ("hoi", None)]
)
def test_country_only_when_said(text: str, country: str) -> None:
    assert facts_of(text).get("country") == country


@pytest.mark.parametrize(
    "word, value",
    [
        ("tweehonderd", 200),
        ("driehonderdvijftig", 350),
        ("eenentwintig", 21),
        ("twaalfhonderd", 1200),
        ("zonder", None),
    ],
)
def test_number_words(word: str, value: int) -> None:
    assert word_value(word) == value


@pytest.mark.parametrize(
    "text, amount",
    [
        ("anderhalf honderd euro willen ze", 150),
        ("ze eisen driehonderd vijftig euro", 350),
        ("hij wil 2 keer 50 euro", 100),
        ("drie meier wil die gast", 300),
    ],
)
def test_amounts_in_words(text: str, amount: int) -> None:
    assert facts_of(text)["amount_eur"] == amount


@pytest.mark.parametrize(
    "text, age",
    [("een 14-jarige dochter", 14), ("ze is bijna vijftien", 14), ("mijn zoon is veertien en een half", 14)],
)
def test_ages_in_words(text: str, age: int) -> None:
    assert facts_of(text)["child_age"] == age


def _pairs(facts: Dict[str, Any]) -> Set[Tuple[str, str]]:
    return {
        (name, repr(value))
        for name, values in facts.items()
        if name not in NOT_ANNOTATED | ELSEWHERE
        for value in (values if isinstance(values, list) else [values])
    }


def test_development_set() -> None:
    entries: List[Dict[str, Any]] = yaml.safe_load(DEVELOPMENT.read_text(encoding="utf-8"))
    right = wrong = missed = 0
    for entry in entries:
        expected, found = _pairs(entry["facts"]), _pairs(facts_of(entry["text"]))
        right += len(expected & found)
        wrong += len(found - expected)
        missed += len(expected - found)
    assert len(entries) >= 300
    assert 2 * right / (2 * right + wrong + missed) >= FLOOR


def test_a_grown_up_who_writes_about_a_brother_or_sister():
    facts = facts_of("ik ben 20 en mijn zusje van 14 wordt afgeperst")
    assert (facts["child_age"], facts["writer"]) == (14, "relative")
    assert facts_of("ik ben 15, mijn broertje van 9 weet van niks")["child_age"] == 15
