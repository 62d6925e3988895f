"""The amount that is asked: not what was paid, nor what is promised, nor how many followers there are.

An amount in another currency asks for money and is no number of euros: "$900" is not told again as 900 euros.
"""

from __future__ import annotations

from typing import List

from naast.understanding.facts.clauses import Reading
from naast.understanding.facts.numbers import Number
from naast.understanding.facts.rules import Fact

LEAST_BARE = 25  # a bare "14" is an age, a bare "300" an amount
EMERGENCY = ("101", "102", "106", "112", "113", "1712", "1813", "116", "0900", "8844")
_SIGN = ("€", "$", "£")


def amounts(reading: Reading) -> List[Fact]:
    """Amounts asked, in order; the last one counts. Who asks an amount asks for money."""
    found = []
    for number in reading.numbers:
        if _is_asked(reading, number):
            start, end = reading.tokens[number.start].start, reading.tokens[number.end - 1].end
            value = int(number.value) if float(number.value).is_integer() else round(number.value)
            other = in_another_currency(reading, number)
            if not other:
                found.append(Fact("amount_eur", value, start, end))
            if other or not _is_bare(reading, number):
                found.append(Fact("demands", "money", start, end))
    return found


def in_another_currency(reading: Reading, number: Number) -> bool:
    """ "900 dollars", "£250": said of what stands beside the number."""
    return reading.has(number.end, "OTHER_CURRENCY") or reading.has(number.start - 1, "OTHER_CURRENCY")


def _is_asked(reading: Reading, number: Number) -> bool:
    if not 2 <= number.value <= 1_000_000 or _is_telephone(reading, number):
        return False
    if reading.has(number.end, "GIFT_CARD") and number.value < LEAST_BARE:
        return False  # "twee paysafecards" counts cards
    if _is_bare(reading, number):
        taken_back = reading.has(number.start - 1, "NEG") and not reading.is_one(number.start - 1, "no")
        return not taken_back and (number.value > LEAST_BARE or _is_money(reading, number))
    clause = reading.clause_of(number.start)
    if "other_case" in clause.flags or reading.is_one(number.start - 1, "few") or _is_past(reading, number):
        return False
    denied = reading.has(number.start - 1, "NEG") and "condition" not in clause.flags
    if denied or "question" in clause.flags and "threat" not in clause.flags:
        return False
    if "AMOUNT_ASKED" in clause.present and _near(reading, number, "AMOUNT_ASKED"):
        return _is_money(reading, number) or _plain(reading, number)
    imagined = (
        "hypothetical" in clause.flags and "NEG" not in clause.present
    )  # not "als we geen 300 euro betalen, dan..."
    if _is_money(reading, number) and not imagined:
        return not ({"PAID", "NOT_ASKED"} & clause.present) and not _is_gift(reading, number)
    return False


def _is_bare(reading: Reading, number: Number) -> bool:
    """Nothing but amounts, as in "nee, niet 300 maar 200": an answer, or a correction."""
    counted = {index for other in reading.numbers for index in range(other.start, other.end)}
    rest = [index for index in range(len(reading.tokens)) if index not in counted]
    return all(
        not reading.tokens[index].is_word or reading.has(index, "AROUND_AMOUNT") or reading.has(index, "NEG")
        for index in rest
    )


def _is_money(reading: Reading, number: Number) -> bool:
    return (
        number.money
        or reading.has(number.end, "CURRENCY")
        or reading.word(number.start - 1) in _SIGN
        or reading.word(number.end) in _SIGN
    )


def _plain(reading: Reading, number: Number) -> bool:
    """A number without "euro" in a demand: "hij wil 300", not "hij wil binnen 24 uur" nor "van 14"."""
    return (
        number.value >= LEAST_BARE - 5
        and not reading.has(number.end, "UNIT")
        and not reading.has(number.end, "YEARS")
        and not reading.has(number.end, "IMAGE")
        and not reading.is_one(number.start - 1, "no_amount_after")
        and not (reading.is_one(number.start - 1, "there") and number.value < 2 * LEAST_BARE)
    )


def _is_telephone(reading: Reading, number: Number) -> bool:
    word = reading.word(number.start)
    return word in EMERGENCY or (word.startswith("0") and len(word) > 1) or reading.word(number.start - 1) == "0900"


def _is_past(reading: Reading, number: Number) -> bool:
    """ "vorige week was het nog een meier": the demand has changed since."""
    clause = reading.clause_of(number.start)
    before = range(clause.start, number.start)
    return any(reading.is_one(index, "earlier") for index in before) and any(
        reading.is_one(index, "was") for index in before
    )


def _near(reading: Reading, number: Number, concept: str) -> bool:
    """Is the demand nearer to the number than a payment is?"""
    clause = reading.clause_of(number.start)
    if any(reading.has(index, "TO_PAY") for index in range(number.end, min(number.end + 4, clause.end))):
        return True
    demand, payment = 1000, 1000
    for index in range(clause.start, clause.end):
        distance = abs(index - number.start)
        if reading.has(index, concept):
            demand = min(demand, distance)
        if reading.has(index, "PAID") or reading.has(index, "NOT_ASKED"):
            payment = min(payment, distance)
    return demand <= payment or payment > 6


def _is_gift(reading: Reading, number: Number) -> bool:
    return any(reading.has(index, "NOT_ASKED") for index in range(max(0, number.start - 6), number.start))
