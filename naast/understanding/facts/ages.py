"""How old the child is: the writer's own, not a sister, nor the age the offender gives himself. Of a grown-up who
writes about a brother or sister it is the age of that one."""

from __future__ import annotations

from typing import List, Tuple

from naast.understanding.facts.clauses import Reading
from naast.understanding.facts.numbers import Number
from naast.understanding.facts.people import is_own, relation, relations
from naast.understanding.facts.rules import Fact

YOUNGEST, OLDEST = 4, 20
OLDEST_UNNAMED = 18  # "twintig jaar" without a person is a span of time
GROWN_UP = 18
PRONOUN_REACH = 8  # words back in which "hij" finds the person it stands for


def ages(reading: Reading) -> List[Fact]:
    """The child's ages in order; the last one counts."""
    found: List[Fact] = []
    denied = False
    for number in reading.numbers:
        if not YOUNGEST <= number.value <= OLDEST or number.money or _counts_things(reading, number):
            continue
        if "other_case" in reading.clause_of(number.start).flags:
            continue
        if _denied(reading, number):
            denied = True
            continue
        if _is_age(reading, number) or (found or denied) and _corrects(reading, number):
            value = int(number.value) - (1 if _almost(reading, number) else 0)
            start, end = reading.tokens[number.start].start, reading.tokens[number.end - 1].end
            found.append(Fact("child_age", value, start, end))
    return found


def _counts_things(reading: Reading, number: Number) -> bool:
    return (
        reading.has(number.end, "UNIT")
        or reading.word(number.start - 1) in ("€", "$", "£")
        or reading.is_one(number.start - 1, "school_year")
    )


def _denied(reading: Reading, number: Number) -> bool:
    return reading.is_one(number.start - 1, "not")


def _almost(reading: Reading, number: Number) -> bool:
    return reading.has(number.start - 1, "ALMOST")


def _corrects(reading: Reading, number: Number) -> bool:
    """ "elf, nee wacht, twaalf"; "hij is geen vijftien hoor, zestien"."""
    clause = reading.clause_of(number.start)
    before = range(max(0, number.start - 4), number.start)
    small = clause.end - clause.start <= 4
    return small or any(reading.is_one(index, "but") or reading.has(index, "CORRECTION") for index in before)


def _is_age(reading: Reading, number: Number) -> bool:
    if _is_whole_message(reading, number) or _stands_after_child(reading, number):
        return True
    said, referent = _said_as_age(reading, number)
    return said and _is_child(reading, number, referent)


def _is_whole_message(reading: Reading, number: Number) -> bool:
    counted = {index for other in reading.numbers for index in range(other.start, other.end)}
    rest = [index for index in range(len(reading.tokens)) if index not in counted]
    return all(not reading.tokens[index].is_word or reading.has(index, "AROUND_AGE") for index in rest)


def _stands_after_child(reading: Reading, number: Number) -> bool:
    """ "Zoon. Zeventien. Omegle.": a sentence of one number right after the child."""
    alone = not reading.tokens[number.start - 1].is_word if number.start else False
    ends = number.end >= len(reading.tokens) or reading.word(number.end) in (".", ",")
    return (
        alone and ends and any(reading.has(index, "CHILD") for index in range(max(0, number.start - 4), number.start))
    )


def _said_as_age(reading: Reading, number: Number) -> Tuple[bool, int]:
    """Is the number said as an age, and which word before it does it belong to (-1: nothing near)?"""
    before, after = number.start - 1, number.end
    if reading.word(after) == "-":
        after += 1
    unit = reading.has(after, "YEARS") and not reading.has(after + 1, "AFTER_DURATION")
    while not reading.has(before, "TO_BE") and (
        reading.has(before, "BEFORE_AGE") or reading.has(before, "FILLER") or reading.has(before, "ALMOST")
    ):
        before -= 1
    if reading.word(before) in (",", "(", ":", "-"):
        before -= 1
        if reading.has(before, "CHILD") or reading.has(before, "AGE_WORD"):
            return True, before
    elif reading.is_one(before, "of") and (reading.has(before - 1, "ANYONE")):
        return True, before - 1
    elif reading.has(before, "CHILD") or reading.has(before, "AGE_WORD"):
        return True, before
    elif reading.has(before, "TO_BE"):
        subject = _subject(reading, before)
        ends = not reading.has(number.end, "COUNTED") or unit
        return ends and subject >= 0, subject
    if not unit and reading.has(after, "OLD") or (reading.has(after, "TO_BE") and reading.has(before, "PRONOUN")):
        return True, before
    if unit and reading.has(before, "SPAN"):
        return False, -1
    if unit and reading.has(before, "HIS_HER") and reading.is_one(before - 1, "with"):
        return True, before
    if unit:
        person = next(
            (index for index in range(before, max(-1, before - 6), -1) if reading.has(index, "ANYONE")),
            -1,
        )
        follows = reading.at[after]["YEARS"]
        if reading.has(follows, "ANYONE"):
            person = follows
        return True, person
    return False, -1


def _subject(reading: Reading, verb: int) -> int:
    if reading.has(verb, "PRONOUN"):
        return verb  # "she's"
    start = reading.clause_of(verb).start
    for index in [*range(verb - 1, max(start - 1, verb - 7), -1), verb + 1]:
        if reading.has(index, "PRONOUN") or reading.has(index, "ANYONE"):
            return index
    return -1


def _is_child(reading: Reading, number: Number, referent: int) -> bool:
    clause = reading.clause_of(number.start)
    if referent < 0:
        return (
            number.value <= OLDEST_UNNAMED
            and not reading.has(number.start - 1, "ART")
            and clause.end - clause.start <= 8
        )
    if reading.has(referent, "SIBLING") and _is_about_a_sibling(reading):
        return is_own(reading, referent)
    if reading.has(referent, "OTHERS") and not _is_own_child_noun(reading, referent):
        return False
    if reading.has(referent, "CHILD"):
        if reading.has(referent, "ANY_CHILD") and reading.is_one(referent - 1, "a"):
            return False  # "mag een kind van tien dat?" is nobody's age
        return relation(reading, referent) is not None or reading.has(referent - 1, "ART") or referent > number.start
    if reading.has(referent, "HIS_HER"):
        return True
    if reading.has(referent, "PRONOUN"):
        return _pronoun_is_child(reading, number, referent)
    if reading.has(referent, "BOY") or reading.has(referent, "GIRL"):
        bare = referent == 0 or not reading.tokens[referent - 1].is_word
        opens = bare or (referent < 2 and clause is reading.clauses[0])
        same = [fact.value for fact in relations(reading)] == ["son" if reading.has(referent, "BOY") else "daughter"]
        shown = same and reading.is_one(referent - 1, "this")
        parent = reading.any_has((referent - 2, referent - 3), "PARENT_OF")
        return opens or shown or parent or reading.is_one(referent - 2, "am_of") or is_own(reading, referent)
    return reading.has(referent, "AGE_WORD")


def _is_own_child_noun(reading: Reading, index: int) -> bool:
    return reading.has(index, "CHILD") and not reading.has(index, "SIBLING")


def _is_about_a_sibling(reading: Reading) -> bool:
    """ "Ik ben 19, mijn broertje van 13 ...", "mijn zusje wordt gechanteerd": no child of the writer is named, and the
    writer is grown up or the brother or sister is threatened."""
    own = [index for index in range(len(reading.tokens)) if reading.has(index, "SIBLING") and is_own(reading, index)]
    if not own or relations(reading):
        return False
    threatened = any(reading.any_has(range(index, reading.clause_of(index).end), "THREATEN") for index in own)
    return threatened or any(
        number.value >= GROWN_UP and not number.money and reading.is_one(number.start - 1, "am")
        for number in reading.numbers
    )


def _pronoun_is_child(reading: Reading, number: Number, index: int) -> bool:
    """Does "hij" or "ze" mean the child? Not in what the offender says of himself, nor right after another person."""
    if reading.any_has(range(index - 2, index), "IMAGINED_AGE"):
        return False
    if reading.is_one(index, "i"):
        return not (number.value >= GROWN_UP and _is_about_a_sibling(reading))
    for before in range(index - 1, max(-1, index - 5), -1):
        if before < reading.clause_of(index).start:
            break
        if reading.has(before, "CLAIMS") and not reading.has(before - 1, "WE"):
            return False
    child = relations(reading)
    male = reading.is_one(index, "he")
    known = child[0].value if child else "child"
    if known != "child" and not reading.is_one(index, "that_one") and male is not (known == "son"):
        return False
    return not _means_another(reading, index, "MALE" if male else "FEMALE")


def _means_another(reading: Reading, index: int, gender: str) -> bool:
    """Was the last person of this gender somebody else, and the subject ("haar zus ..., ze is 9")?"""
    for before in range(index - 1, max(-1, index - 1 - PRONOUN_REACH), -1):
        if not reading.has(before, gender) and not reading.has(before, "CHILD"):
            continue
        if relation(reading, before):
            return False
        place = before - 1
        while reading.has(place, "HIS_HER") or reading.has(place, "POSSESSIVE") or reading.has(place, "ART"):
            place -= 1
        if reading.has(before, gender) and not reading.has(place, "PREPOSITION"):
            return True
    return False
