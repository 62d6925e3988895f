"""Takes out of a text what says who somebody is, before it is stored, logged or shown: pseudonymised, not anonymous.

Ages, platforms and amounts stay, since the advice needs them. What is found becomes its kind: "[telefoon]". Kinds with
a checksum (IBAN, BSN, card) are only taken out where it fits, so that an amount or a year is left alone.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import Callable, FrozenSet, Iterator, List, Tuple

import phonenumbers
from stdnum import iban, luhn
from stdnum.nl import bsn

from naast.guidance.library import load
from naast.privacy.names import names

REGIONS = ("NL", "BE")
_TYPE = phonenumbers.PhoneNumberType
FOR_EVERYONE = (_TYPE.TOLL_FREE, _TYPE.PREMIUM_RATE, _TYPE.SHARED_COST, _TYPE.UAN)
"""Kinds of numbers that belong to a service, not to a person."""
_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\sat\s)\s?[\w-]+(?:\s?(?:\.|\(dot\)|\spunt\s)\s?[\w-]+)+", re.I)
_TLD = (
    "nl|be|com|net|org|eu|info|io|me|gg|ly|tv|cc|co|app|dev|link|site|online|shop|club|live|xyz|ru|uk|de|fr|us|example"
)
_URL = re.compile(
    rf"(?:https?://|www\.)[^\s<>\"']+|\b(?:[\w-]+\.)+(?:{_TLD})\b(?:/[^\s<>\"']*)?|\b(?:[\w-]+\.)+[a-z]{{2,}}/[^\s<>\"']+",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w@])@\w[\w.]{0,28}\w")
_TAG = re.compile(r"(?<!\w)[\w.]{2,32}#\d{4}\b")
_MADE_UP = re.compile(
    r"(?<![\w/@.-])(?=[\w.]*[^\W\d_])(?:[\w.]*[^\W_]_[\w.]*|[^\W\d_]{3,}[\w.]*\d{2,}[\w.]*|[^\W\d_]{2,}\.[^\W\d_]+\d+)\b"
)
_USER_NAME = re.compile(
    r"(?i)\b(?:gebruikersnaam|accountnaam|username|nickname|account|profiel|snap(?:chat)?naam|insta(?:gram)?naam|nick)"
    r"(?:\s+(?:is|heet|was|van\s+(?:hem|haar|die)\s+is))?\s*[:=]?\s+(?=[\w.]*[\d_.])(?P<name>[A-Za-z][\w.]{2,29})"
)
_DIALLED = re.compile(r"(?<![\d,.])(?:(?:\+|00)3[12]\s?(?:\(0\))?|0)\s?[1-9](?:[ ./-]{0,2}\d){7,8}(?!\d)")
"""Written as people write them, where the library finds no valid number: groups of their own, a digit too few."""
_IBAN = re.compile(r"\b[A-Za-z]{2}\s?\d{2}(?:[\s.-]?[A-Za-z0-9]){11,30}\b")
_NINE_DIGITS = re.compile(r"(?<![\d,])\d(?:[ .-]?\d){8}(?![\d,]*\d)")
_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")
_CRYPTO = re.compile(
    r"\b(?:bc1[a-z0-9]{20,60}|0x[a-fA-F0-9]{40}|(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z])[A-Za-z0-9]{26,95})\b"
)
_COORDINATES = re.compile(
    r"(?<![\d.])-?\d{1,2}[.,]\d{3,}\s*°?\s*[NZ]?\s*(?:[,;/]|\ben\b)?\s*-?\d{1,3}[.,]\d{3,}\s*°?\s*[OEW]?\b"
    r"|\d{1,2}\s?°\s?\d{1,2}\s?['’′](?:\s?[\d.,]+\s?[\"”″])?\s?[NZ]?[\s,]*(?:\d{1,3}\s?°\s?\d{1,2}\s?['’′](?:\s?[\d.,]+\s?[\"”″])?\s?[OEW]?)?"
)
_POSTCODE = re.compile(
    r"(?i:\b[1-9]\d{3}\s?(?!(?:SA|SD|SS)\b)[A-Z]{2}\b|\b(?:post\s?code|postnummer|zip)(?:\s+is)?\s*:?\s*[1-9]\d{3}(?:\s?[A-Z]{2}\b)?)"
    r"|\b[1-9]\d{3}(?=\s+[A-Z][a-zà-ÿ-]{2,})|(?<=\b(?:in|te) )[A-Z][a-zà-ÿ-]{2,}\s[1-9]\d{3}\b"
)
_STREET = re.compile(
    r"(?i)\b[A-Za-zÀ-ÿ'’-]{3,}(?:straat|straatje|laan|weg|dijk|plein|gracht|kade|singel|hof|steeg|pad|"
    r"dreef|steenweg|lei|markt|park|wal|kerkhof|baan|ring|plantsoen)\s+(?:nr\.?\s?|nummer\s)?\d{1,4}\s?[a-zA-Z]?\b"
    r"(?:\s?bus\s?\w{1,4})?(?:,?\s+(?:in\s+)?[1-9]\d{3}\b(?!\s?(?:euro|€|[A-Za-z]{2}\b)))?"
    r"(?!\s?(?:euro|jaar|uur|keer|dagen|jarig\w*|minuten|%|€))"
)
_STREET_NAME = re.compile(
    r"\b(?i:in|op|aan|langs|naar)\s+(?i:de|het)\s+"
    r"(?P<name>[A-Z][\w'’-]{3,}(?:straat|laan|weg|dijk|plein|gracht|kade|singel|steeg|dreef|steenweg|lei))\b"
)
_HOUSE = re.compile(
    r"\b(?i:woon|woont|wonen|woonde|adres(?:\s+is)?|logeert)\s+(?:[a-z']+\s+){0,2}"
    r"(?P<name>[A-ZÀ-Ö][\wÀ-ÿ'’-]+(?:\s+[\wÀ-ÿ'’-]+){0,2}?\s+\d{1,4}\s?[a-zA-Z]?)\b"
)
_YEAR_AND_WORD = re.compile(r"\d{4}\s?(?:is|en|om|of|op|in|te|we|ze|hi|ik|al|er|je|na|ja|uu|jr|eu)\b", re.I)


@dataclasses.dataclass(frozen=True)
class Found:
    """Characters `start` to `end` of the text are a `kind`."""

    kind: str
    start: int
    end: int


def _matches(kind: str, pattern: re.Pattern, valid: Callable[[str], bool] = lambda _: True, group: str | int = 0):
    def find(text: str) -> Iterator[Found]:
        for match in pattern.finditer(text):
            if valid(match[group]):
                yield Found(kind, match.start(group), match.end(group))

    return find


@functools.lru_cache(maxsize=1)
def _helplines() -> FrozenSet[str]:
    return frozenset(re.sub(r"\D", "", contact.phone) for contact in load().contacts.values() if contact.phone)


def _is_private(number: str) -> bool:
    """The number of a helpline says nothing about who writes."""
    return re.sub(r"\D", "", number) not in _helplines()


def _phones(text: str) -> Iterator[Found]:
    for region in REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID):
            if _is_private(match.raw_string) and phonenumbers.number_type(match.number) not in FOR_EVERYONE:
                yield Found("telefoon", match.start, match.end)


def _ibans(text: str) -> Iterator[Found]:
    """The longest stretch that fits the checksum: behind a number written in groups the sentence simply goes on."""
    match = _IBAN.search(text)
    while match:
        ends = (end for end in range(match.end(), match.start() + 14, -1) if text[end - 1].isalnum())
        fits = (end for end in ends if iban.is_valid(text[match.start() : end], check_country=False))
        end = next(fits, None)
        if end is not None:
            yield Found("rekening", match.start(), end)
        match = _IBAN.search(text, end or match.start() + 2)


def _is_bsn(digits: str) -> bool:
    return bsn.is_valid(re.sub(r"\D", "", digits))


def _is_card(digits: str) -> bool:
    digits = re.sub(r"\D", "", digits)
    return 13 <= len(digits) <= 19 and luhn.is_valid(digits)


def _is_postcode(text: str) -> bool:
    """1234 AB and 3010 Leuven are; "2024 en" and "in 2024 Snapchat", which are written alike, are not."""
    if text.isdecimal():
        return not 1980 <= int(text) <= 2040
    return not _YEAR_AND_WORD.fullmatch(text) or text.split()[-1].isupper()


FINDERS: Tuple[Callable[[str], Iterator[Found]], ...] = (
    _matches("e-mail", _EMAIL),
    _matches("link", _URL),
    _ibans,
    _matches("crypto", _CRYPTO),
    _matches("kaart", _CARD, _is_card),
    _phones,
    _matches("telefoon", _DIALLED, _is_private),
    _matches("bsn", _NINE_DIGITS, _is_bsn),
    _matches("coördinaten", _COORDINATES),
    _matches("adres", _STREET),
    _matches("adres", _HOUSE, group="name"),
    _matches("adres", _STREET_NAME, group="name"),
    _matches("postcode", _POSTCODE, _is_postcode),
    _matches("gebruikersnaam", _HANDLE),
    _matches("gebruikersnaam", _TAG),
    _matches("gebruikersnaam", _USER_NAME, group="name"),
    _matches("gebruikersnaam", _MADE_UP),
)


def find(text: str) -> List[Found]:
    """Everything in a text that says who somebody is, in order and without overlaps; the first finder wins."""
    found: List[Found] = []
    taken = bytearray(len(text))

    def take(each: Found) -> None:
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = b"\x01" * (each.end - each.start)
            found.append(each)

    for finder in FINDERS:
        for each in finder(text):
            take(each)
    for kind, start, end in names(text):
        take(Found(kind, start, end))
    return sorted(found, key=lambda each: each.start)


def redact(text: str) -> str:
    """The text with everything that `find` finds replaced by its kind, between brackets."""
    parts: List[str] = []
    position = 0
    for each in find(text):
        parts += [text[position : each.start], f"[{each.kind}]"]
        position = each.end
    return "".join([*parts, text[position:]])
