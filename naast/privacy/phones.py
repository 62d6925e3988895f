"""Phone numbers: those that the library knows, and those that people write in ways of their own.

Numbers of helplines and of services that everybody calls stay, and so do times and dates that look alike.
"""

from __future__ import annotations

import functools
import re
from typing import FrozenSet, Iterator, Tuple

import phonenumbers

from naast.guidance.library import load
from naast.privacy.found import Finder, Found, matches

KIND = "telefoon"
REGIONS = ("NL", "BE", "GB")
_TYPE = phonenumbers.PhoneNumberType
MOST_TRIES = 300
"""Groups of digits that are no number, in one message, before the library gives up: five thousand take it seconds."""
FOR_EVERYONE = (_TYPE.TOLL_FREE, _TYPE.PREMIUM_RATE, _TYPE.SHARED_COST, _TYPE.UAN)
"""Kinds of numbers that belong to a service, not to a person."""
_SERVICE = re.compile(r"0?(?:800|808|90[0369]|84[345])\d*|0?7[08]\d{6}")
"""What their numbers look like in the countries of REGIONS, where the library finds no valid one."""
_TIMES = r"[0-2]?\d[.:][0-5]\d\s+[0-2]?\d[.:][0-5]\d\b"
_DATE = r"\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d\b"
_NEITHER = rf"(?<!\d[-/])(?!{_TIMES}|{_DATE})"
_BEGINS = re.compile(_NEITHER)
_ABROAD = r"(?:\+|\b00)\s?(?:3[12]|44)[ .-]?(?:\(0\))?"
_DIALLED = re.compile(rf"(?<![\d,.]){_NEITHER}(?:{_ABROAD}|0)\s?[1-9](?:[ ./_()–-]{{0,3}}\d){{7,9}}(?!\d)")
"""Groups of their own, a digit too few."""
_GAP = r"[ ./_,:=()–-]{0,3}"
_MOBILE = re.compile(
    rf"(?<![\w,.]){_NEITHER}[0oO]{_GAP}(?:6(?:{_GAP}\d){{8}}|4(?:{_GAP}\d){{8}}|7(?:{_GAP}\d){{9}})(?!\d)"
    r"|(?<![\w,.+-])(?:6[ -]?\d{8}|6(?:[ .-]\d\d){4}|4[5-9]\d(?:[ ./]\d\d){3}|7\d{3}[ -]\d{3}[ -]?\d{3})(?![\d,]*\d)"
    r"|(?<![\w,.+])(?:31[ -]?6(?:[ -]?\d){8}|32[ -]?4(?:[ -]?\d){8}|44[ -]?7(?:[ -]?\d){9})(?!\d)"
)
"""With a letter o, commas or a colon; with the number of the country and no plus; without the nought."""
_FOREIGN = re.compile(r"(?<!\w)(?:\+\s?|00\s?)(?!3[12]|44)[1-9](?:[ ./()–-]{0,3}\d){8,13}(?!\d)")
_BEHIND_A_CUE = re.compile(
    r"(?i:\b(?:tel|telefoon(?:nummer)?|tel\.?\s?nr|nummer|nr|gsm|mobiel|bel(?:len)?|app(?:en)?|whatsapp|sms"
    r"|phone|mobile|number|call|text|ring)\b[^\d\n]{0,16}?)"
    rf"(?P<name>{_NEITHER}\d(?:[ ./-]{{0,2}}\d){{6,11}})(?!\d|\s?(?:euro|€|%))"
)
"""Without the nought in front, or without the number of the town."""
_DIGIT = (
    "nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|dubbel"
    "|zero|oh|one|two|three|four|five|six|seven|eight|nine|double"
)
_TENS = (
    r"(?:[a-zé]+en|[a-z]+ën)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)"
    r"|tien|elf|twaalf|[a-z]+tien"
)
_SPOKEN = re.compile(rf"(?i:\b(?:0|nul|zero|oh)(?:[\s,.-]*(?:\b(?:{_DIGIT}|{_TENS})\b|\d{{1,2}}(?!\d))){{5,}})")
""" "nul zes twaalf vierendertig": written as it is said."""


@functools.lru_cache(maxsize=1)
def _helplines() -> FrozenSet[str]:
    return frozenset(re.sub(r"\D", "", contact.phone) for contact in load().contacts.values() if contact.phone)


def _is_private(number: str) -> bool:
    """The number of a helpline says nothing about who writes."""
    return re.sub(r"\D", "", number) not in _helplines()


def _is_of_somebody(number: str) -> bool:
    """No service, and no round number: what stands behind "app kreeg" may be counted."""
    digits = re.sub(r"\D", "", number)
    return _is_private(number) and not _SERVICE.fullmatch(digits) and not digits.endswith("000")


def _is_said(number: str) -> bool:
    return len(re.findall(r"[^\W\d_]+", number)) > 1


def _valid(text: str) -> Iterator[Found]:
    for region in REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region, phonenumbers.Leniency.VALID, MOST_TRIES):
            is_service = phonenumbers.number_type(match.number) in FOR_EVERYONE
            if _is_private(match.raw_string) and not is_service and _BEGINS.match(text, match.start):
                yield Found(KIND, match.start, match.end)


FINDERS: Tuple[Finder, ...] = (
    matches(KIND, _FOREIGN),
    _valid,
    matches(KIND, _DIALLED, _is_of_somebody),
    matches(KIND, _MOBILE),
    matches(KIND, _BEHIND_A_CUE, _is_of_somebody, group="name"),
    matches(KIND, _SPOKEN, _is_said),
)
