"""Few words, read against what was asked: "weet ik niet", "geld", "ze zegt van niet", "vroeg het haar: nee"."""

from __future__ import annotations

import re
from typing import Iterable, Optional, Text, Tuple

from actions.safety_checks import ABOUT_DYING, SAFETY_QUESTIONS
from actions.turn import Turn
from actions.verdict import FALLBACK, SAFETY_INTENTS, calm_verdict
from naast.guidance.conversation import Companion
from naast.guidance.schema import ShortAnswer

MAX_ANSWER_WORDS = 10
BESIDE = ("safety_with_child", "safety_recheck")
SHORT = 5
"""A short answer has so many words at most."""


def normal(text: Text) -> Text:
    """Lower case, letters and digits only, for comparing short answers."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower().replace("'", "")).split())


def confirms(companion: Companion, turn: Turn) -> bool:
    """ "Hij zegt dat hij het meende": after a sign that is about dying. Who was asked whether the child was asked gets
    the careful answer of that question."""
    said = f" {normal(turn.text)} "
    signalled = turn.facts.get("risk_state") == "signalled" and turn.open_question != "asked_about_suicide"
    return signalled and any(f" {words} " in said for words in companion.library.wording.child_meant_it)


def hear(companion: Companion, turn: Turn) -> None:
    """ "Gevraagd, hij zegt nee, hij zit naast me": where safety was spoken of, that is about dying, whatever was asked
    last, and where the child is need not be asked any more."""
    said = f" {normal(turn.text)} "
    wording = companion.library.wording
    spoken_of = turn.open_question in ABOUT_DYING or turn.facts.get("risk_state") == "signalled"
    says_no = says_one(said, wording.child_said_no) and not denies_to_live(companion, said)
    if spoken_of and says_no and not _doubts(companion, said) and not turn.by_pattern:
        if turn.open_question in ABOUT_DYING and says_one(said, wording.absurd_to_the_child):
            # "Nee mam, doe normaal": the child's own words leave no doubt, whatever the classifiers see in them.
            if turn.intent in SAFETY_INTENTS:
                turn.intent, turn.confidence = calm_verdict(turn.ranking)
            turn.weak_alarm, turn.safety_doubt, turn.denies_danger = False, False, True
        elif turn.intent in SAFETY_INTENTS:
            # "He said no papa, I will not do anything": classifiers are sure of a sign, the words are not. So it is
            # neither commanded nor thanked for as a denial.
            turn.intent, turn.weak_alarm = FALLBACK, True
        else:
            turn.weak_alarm, turn.denies_danger = False, True
    if turn.open_question in ABOUT_DYING and set(said.split()) & (set(wording.places) - set(wording.no_place)):
        turn.asked.append("child_safe")  # "zit naast me, ze zegt nee" tells where the child is


def is_told_who_is_with_the_child(companion: Companion, turn: Turn) -> bool:
    """ "Ze zit hier naast me": where the child is need not be asked any more."""
    said = f" {normal(turn.text)} "
    told = any(f" {words} " in said for words in companion.library.wording.with_the_child)
    return told and bool(set(said.split()) & set(companion.library.wording.whereabouts))


def tells_that_it_was_asked(companion: Companion, turn: Turn) -> bool:
    """ "Ik heb het haar recht gevraagd": the child was asked whether it thinks of suicide."""
    return says_one(f" {normal(turn.text)} ", companion.library.wording.child_was_asked)


def is_not_alone(companion: Companion, turn: Turn) -> bool:
    """Behind "is er iemand bij je kind?": "geen plan zegt ze, ze zit nu bij mij" tells that somebody is, whatever else
    the message holds and however long it is. So does "gevraagd, ze heeft geen plan": no "nee" to that question."""
    if turn.open_question not in BESIDE or turn.is_button or turn.by_pattern:
        return False
    if is_told_who_is_with_the_child(companion, turn):
        return True
    alone = says_one(f" {normal(turn.text)} ", companion.library.wording.left_alone)
    return tells_that_it_was_asked(companion, turn) and not alone


def is_in_a_room(companion: Companion, turn: Turn) -> bool:
    """Behind "waar is je kind nu?": "op zijn kamer denk ik, deur dicht". Nobody is beside it, and somebody is near."""
    said = f" {normal(turn.text)} "
    here = turn.open_question == "child_safe" and says_one(said, companion.library.wording.in_a_room)
    return here and not is_told_who_is_with_the_child(companion, turn)


def denies_to_live(companion: Companion, said: Text) -> bool:
    """ "Gevraagd of ze nog wil leven, ze zegt nee" is a sign. Asked "of ze niet meer wil leven" that "nee" is none."""
    wording = companion.library.wording
    first = min((said.find(f" {words} ") for words in wording.child_said_no if f" {words} " in said), default=len(said))
    denied = "|".join(re.escape(words) for words in wording.negations)
    asked = "|".join(re.escape(words) for words in wording.asked_to_live)
    left = re.sub(rf"\b(?:{denied})\b(?: \w+){{0,2}}? (?:{asked})\b", " ", said[: first + 1])
    return says_one(left, wording.asked_to_live)


def _doubts(companion: Companion, said: Text) -> bool:
    """True where a "nee" is not believed; "ik geloof haar" is no doubt, "ik geloof haar niet" is."""
    wording = companion.library.wording
    believed = "|".join(re.escape(words) for words in wording.believing)
    denied = "|".join(re.escape(words) for words in wording.negations)
    left = re.sub(rf"\b(?:{believed})\b(?! (?:{denied})\b)", " ", said)
    return says_one(left, wording.doubting)


def says_one(said: Text, words: Iterable[Text]) -> bool:
    """True where one of these words, or of these words in a row, is in what was said."""
    return any(f" {each} " in f" {said} " for each in words)


def is_unsure(companion: Companion, turn: Turn) -> bool:
    """ "Weet ik niet", and behind a question about safety also "dat weet ik niet, dat durf ik niet te vragen"."""
    if turn.says_unsure:
        return True
    said = normal(turn.text)
    unsure = [normal(words) for words in companion.library.wording.unsure]
    about_safety = turn.open_question in SAFETY_QUESTIONS and len(said.split()) <= MAX_ANSWER_WORDS + SHORT
    return said in unsure or (about_safety and said.startswith(tuple(f"{words} " for words in unsure if " " in words)))


def short_answer(companion: Companion, turn: Turn) -> Tuple[Text, Optional[ShortAnswer]]:
    """What a few words settle, and which question: "geld" behind "wat wil die persoon?", "ze zegt van niet"."""
    questions = companion.library.questions
    said = normal(turn.text)
    about_safety = turn.open_question in SAFETY_QUESTIONS
    if turn.open_question == "home_danger" and len(said.split()) > MAX_ANSWER_WORDS:
        # "Ja ik meen dat. Zijn broer ...": what follows tells why. "Nee, hij meent het" says it behind a comma.
        yes = next((each for each in questions["home_danger"].answers if each.means == "yes"), None)
        if yes and not turn.is_button and says_one(said, [normal(each) for each in yes.words if " " in each]):
            return "home_danger", yes
        said = normal(re.split(r"[.!?,]", turn.text, maxsplit=1)[0])
    if turn.is_button or len(said.split()) > MAX_ANSWER_WORDS * (2 if about_safety else 1):
        return "", None
    asked = [turn.open_question] if turn.open_question in questions else []
    if turn.case_is_known and not turn.facts.get("demands"):
        asked.append("demands")  # a bare "geld" answers it, whatever was asked last
    short = len(said.split()) <= SHORT
    wording = companion.library.wording
    # "Ze zegt van niet, maar ik vertrouw het niet" is no denial, "niet bij mij" no yes.
    spoilt = {"no": wording.doubting, "yes": wording.taking_back}
    for name in asked:
        for answer in questions[name].answers:
            clear = not answer.means or not says_one(said, spoilt[answer.means])
            if answer.means == "no" and name == "home_danger" and _says_why(turn):
                clear = False  # "nee, niet met een mes, maar hij trouwt haar uit": what follows says that it is meant
            if answer.means == "no" and name in ABOUT_DYING and denies_to_live(companion, f" {said} "):
                clear = False
            fits = clear and (short or (about_safety and answer.means))
            if fits and any(f" {normal(words)} " in f" {said} " for words in answer.words):
                return name, answer
    return "", None


def _says_why(turn: Turn) -> bool:
    return "home_unsafe" in turn.new_facts.get("circumstance", [])
