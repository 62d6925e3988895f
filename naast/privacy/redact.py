"""Takes out of a text what says who somebody is, before it is stored, logged or shown: pseudonymised, not anonymous.

Ages, platforms and amounts stay, since the advice needs them. What is found becomes its kind: "[telefoon]". Kinds with
a checksum (IBAN, BSN, card) are only taken out where it fits, so that an amount or a year is left alone.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import Callable, FrozenSet, Iterator, List, Tuple
from urllib.parse import urlsplit

import phonenumbers
from stdnum import iban, luhn
from stdnum.nl import bsn

from naast.guidance.library import load
from naast.privacy.names import WORDS, is_kept, is_ordinary, names

REGIONS = ("NL", "BE")
_TYPE = phonenumbers.PhoneNumberType
FOR_EVERYONE = (_TYPE.TOLL_FREE, _TYPE.PREMIUM_RATE, _TYPE.SHARED_COST, _TYPE.UAN)
"""Kinds of numbers that belong to a service, not to a person."""
_AT = r"(?:@|\(at\)|\[at\]|\sat\s|\bapenstaart(?:je)?\b)"
_EMAIL = re.compile(rf"[\w.+-]+\s?{_AT}\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\]|\s(?:punt|dot)\s)\s?[\w-]+)+", re.I)
_TLD = (
    "nl|be|com|net|org|eu|info|io|me|gg|ly|tv|cc|co|app|dev|link|site|online|shop|club|live|xyz|ru|uk|de|fr|us|example"
)
_URL = re.compile(
    rf"data:[a-z]+/[\w.+-]+;base64,\S+|(?:https?://|www\.)[^\s<>\"']+|\b(?:[\w-]+\.)+(?:{_TLD})\b(?:/[^\s<>\"']*)?|\b(?:[\w-]+\.)+[a-z]{{2,}}/[^\s<>\"']+",
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
_NAMED_USER = re.compile(
    r"(?i)\b(?:gebruikersnaam|accountnaam|user\s?name|nickname|snap(?:chat)?naam|insta(?:gram)?naam|gamertag|schermnaam)"
    r"(?P<told>(?:\s+(?:op\s+\w+\s+)?(?:is|was|heet)\b)?\s*[:=]?)\s+(?P<name>[A-Za-z][\w.-]{2,29})"
)
_ON_PLATFORM = re.compile(
    r"(?i)\b(?:kik|snap|snapchat|insta|instagram|discord|steam|psn|ps[45]|xbox|roblox|wizz|tiktok|telegram|skype|twitch|fortnite|minecraft)"
    r"(?:\s+(?:naam|tag|account|id))?(?:\s+(?:is|heet|was))?\s*[:=]?\s+(?P<name>[a-z]\w*(?:[._]\w+)+|\w+-\w+(?:-\w+)+)"
)
_MIXED_CASE = re.compile(r"(?<![\w/@.-])(?=\w*[a-z][A-Z]\w*[a-z][A-Z])\w{6,30}\b")
"""xXNinjaProXx: two capitals inside a word."""
_DIALLED = re.compile(r"(?<![\d,.])(?:(?:\+|00)3[12]\s?(?:\(0\))?|0)\s?[1-9](?:[ ./-]{0,2}\d){7,8}(?!\d)")
"""Written as people write them, where the library finds no valid number: groups of their own, a digit too few."""
_IBAN = re.compile(r"\b[A-Za-z]{2}\s?\d{2}(?:[\s.-]?[A-Za-z0-9]){11,30}\b")
_NINE_DIGITS = re.compile(r"(?<![\d,])\d(?:[ .-]?\d){8}(?![\d,]*\d)")
_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")
_CRYPTO = re.compile(
    r"\b(?:bc1[a-z0-9]{20,60}|0x[a-fA-F0-9]{40}|(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z])[A-Za-z0-9]{26,95})\b"
)
_DEGREES = r"\d{1,3}\s?°\s?(?:\d{1,2}(?:[.,]\d+)?\s?['’′]?\s?(?:[\d.,]+\s?(?:[\"”″]|''))?)?"
_COORDINATES = re.compile(
    r"(?<![\d.])(?:(?:lat|latitude|breedte(?:graad)?)\s?[:=]?\s?)?-?\d{1,2}[.,]\d{3,}\s*°?\s*[NZS]?\s*(?:[,;/]|\ben\b)?\s*"
    r"(?:(?:lon|lng|long|lengte(?:graad)?)\s?[:=]?\s?)?-?\d{1,3}[.,]\d{3,}\s*°?\s*[OEW]?\b"
    r"|\b[NZS]\s?\d{1,2}[.,]\d{3,}°?[\s,]*[OEW]\s?\d{1,3}[.,]\d{3,}"
    rf"|(?:\b[NZS]\s?)?{_DEGREES}\s?[NZS]?(?:[\s,]*(?:\b[OEW]\s?)?{_DEGREES}\s?[OEW]?)?"
    r"|\b[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,3}\b"
)
_POSTCODE = re.compile(
    r"(?i:\b[1-9]\d{3}\s?(?!(?:SA|SD|SS)\b)[A-Z]{2}\b|\b(?:post\s?code|postnummer|zip)(?:\s+is)?\s*:?\s*[1-9]\d{3}(?:\s?[A-Z]{2}\b)?)"
    r"|(?:\b[BF]-\s?)?\b[1-9]\d{3}(?=\s+[A-Z][a-zà-ÿ-]{2,})|(?<=\b(?:in|te) )[A-Z][a-zà-ÿ-]{2,}\s[1-9]\d{3}\b"
    r"|(?i:\b[1-9]\d{3}(?=,?\s+(?:(?:is|dat\s+is)\s+)?(?:(?:de|onze|mijn|ons)\s+)?(?:postcode|postnummer)\b))"
)
_BELGIAN_TOWN = re.compile(r"\b(?P<name>[1-9]\d{3})\s+(?P<town>[^\W\d_][\w-]{2,})", re.I)
"""In small letters "2060 antwerpen" is told from "2000 volgers" by a list of towns."""
_ENDING = (
    r"(?:straat|straatje|laan|weg|dijk|plein|gracht|kade|singel|hof|steeg|pad|dreef|steenweg|lei|markt|park|wal|"
    r"kerkhof|baan|ring|plantsoen|vliet|vest|kaai)"
)
_NUMBER = r"\s+(?:nr\.?\s?|nummer\s)?\d{1,4}(?:\s?(?:[a-zA-Z]|bis|hs|huis|[IVX]{1,4}|-\d{1,3})\b)?(?!\d)"
_NO_AMOUNT = r"(?!\s?(?:euro|jaar|uur|keer|dagen|jarig\w*|minuten|meter|km|%|€))"
_BEFORE = r"(?:[A-ZÀ-Ö][\wÀ-ÿ.'’-]+\s+(?:(?:van|de|der|den|het|ten|ter|op)\s+)*){0,3}"
_STREET = re.compile(
    rf"{_BEFORE}(?i:\b[A-Za-zÀ-ÿ'’-]{{3,}}{_ENDING}{_NUMBER}"
    rf"(?:\s?bus\s?\w{{1,4}})?(?:,?\s+(?:in\s+)?[1-9]\d{{3}}\b(?!\s?(?:euro|€|[A-Za-z]{{2}}\b)))?{_NO_AMOUNT})"
)
_PROPER = r"[A-ZÀ-Ö][\wÀ-ÿ'’-]+"
_NAMED_STREET = re.compile(
    rf"(?:\b(?:{_PROPER}\s+){{1,2}}(?:Straat|Laan|Weg|Dijk|Plein|Gracht|Kade|Singel|Markt|Park|Vest|Kaai|Wal)"
    rf"|\b(?i:laan|plein|steenweg|weg|straat|kade|pad)\s+(?:(?:van|op|naar|der|de|het)\s+){{1,2}}{_PROPER}(?:\s+{_PROPER})?"
    rf"|\bDorp){_NUMBER}{_NO_AMOUNT}|\bPlein\s+19\d\d(?:{_NUMBER})?"
)
_STREET_ENGLISH = re.compile(
    r"\b\d{1,4}[a-zA-Z]?\s+(?:[A-Z][\w'’-]+\s+){1,3}(?i:street|road|lane|avenue|drive|close|terrace|gardens|crescent)\b"
)
_STREET_NAME = re.compile(
    r"\b(?i:in|op|aan|langs|naar)\s+(?i:de|het)\s+"
    r"(?P<name>[A-Z][\w'’-]{3,}(?:straat|laan|weg|dijk|plein|gracht|kade|singel|steeg|dreef|steenweg|lei))\b"
)
_HOUSE = re.compile(
    r"\b(?i:woon|woont|wonen|woonde|adres(?:\s+is)?|logeert)\s+(?:[a-z']+\s+){0,2}"
    r"(?P<name>[A-ZÀ-Ö][\wÀ-ÿ'’-]+(?:\s+[\wÀ-ÿ'’-]+){0,2}?\s+\d{1,4}\s?[a-zA-Z]?)\b"
)
_LONG_NUMBER = re.compile(r"\d(?:\W{0,2}\d){5}")
_YEAR_AND_WORD = re.compile(r"\d{4}\s?(?:is|en|om|of|op|in|te|we|ze|hi|ik|al|er|je|na|ja|uu|jr|eu)\b", re.I)


@dataclasses.dataclass(frozen=True)
class Found:
    """Characters `start` to `end` of the text are a `kind`."""

    kind: str
    start: int
    end: int


@functools.lru_cache(maxsize=2)
def _list(name: str) -> FrozenSet[str]:
    return frozenset((WORDS / name).read_text(encoding="utf-8").split())


@functools.lru_cache(maxsize=1)
def _known_sites() -> FrozenSet[str]:
    """Websites that say nothing of anybody: those of helplines and sources, and of the platforms."""
    places = [*load().contacts.values(), *load().sources.values()]
    hosts = {urlsplit(place.url).hostname for place in places if place.url}
    return frozenset({(host or "").removeprefix("www.") for host in hosts} | _list("sites.txt"))


def _is_strange_site(url: str) -> bool:
    """With a path behind it, or a name that we do not know."""
    plain = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower()).rstrip("/.")
    return plain not in _known_sites()


def _belgian_towns(text: str) -> Iterator[Found]:
    for match in _BELGIAN_TOWN.finditer(text):
        if match["town"].lower() in _list("belgian_towns.txt"):
            yield Found("postcode", *match.span("name"))


def _named_users(text: str) -> Iterator[Found]:
    """ "zijn gebruikersnaam is zonnebloem": behind "is" any word but those that say something of the name itself."""
    for match in _NAMED_USER.finditer(text):
        word = match["name"].lower()
        if word not in _list("about_user_names.txt") and (match["told"].strip() or not is_ordinary(word)):
            yield Found("gebruikersnaam", *match.span("name"))


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
    _matches("link", _URL, _is_strange_site),
    _ibans,
    _matches("crypto", _CRYPTO),
    _matches("kaart", _CARD, _is_card),
    _phones,
    _matches("telefoon", _DIALLED, _is_private),
    _matches("bsn", _NINE_DIGITS, _is_bsn),
    _matches("coördinaten", _COORDINATES),
    _matches("adres", _NAMED_STREET),
    _matches("adres", _STREET),
    _matches("adres", _STREET_ENGLISH),
    _matches("adres", _HOUSE, group="name"),
    _matches("adres", _STREET_NAME, group="name"),
    _matches("postcode", _POSTCODE, _is_postcode),
    _belgian_towns,
    _matches("gebruikersnaam", _HANDLE),
    _matches("gebruikersnaam", _TAG),
    _matches("gebruikersnaam", _USER_NAME, group="name"),
    _named_users,
    _matches("gebruikersnaam", _ON_PLATFORM, group="name"),
    _matches("gebruikersnaam", _MADE_UP),
    _matches("gebruikersnaam", _MIXED_CASE, lambda word: not is_kept(word)),
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


def without_digits(text: str) -> str:
    """The text, equally long, with an x for every digit of a phone number, an account, an address: none of them is an
    age or an amount, and what is taken for one would be kept and repeated."""
    if not _LONG_NUMBER.search(text):
        return text
    parts: List[str] = []
    position = 0
    for each in find(text):
        parts += [text[position : each.start], re.sub(r"\d", "x", text[each.start : each.end])]
        position = each.end
    return "".join([*parts, text[position:]])
