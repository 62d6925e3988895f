"""Takes out of a text what says who somebody is, before it is stored, logged or shown: pseudonymised, not anonymous.

Ages, platforms and amounts stay, since the advice needs them. What is found becomes its kind: "[telefoon]". Kinds with
a checksum (IBAN, BSN, card) are only taken out where it fits, so that an amount or a year is left alone.
"""

from __future__ import annotations

import functools
import re
from typing import FrozenSet, Iterator, List, Tuple
from urllib.parse import urlsplit

from stdnum import iban, luhn
from stdnum.nl import bsn

from naast.guidance.library import load
from naast.privacy import phones, places, users
from naast.privacy.found import Finder, Found, matches
from naast.privacy.names import listed, names

_AT = r"(?:@|\(at\)|\[at\]|\sat\s|\(a\)|\bapen?staart(?:je)?\b)"
_PROVIDER = r"(?:gmail|hotmail|outlook|live|icloud|yahoo|ziggo|kpnmail|telenet|skynet|proximus)"
_DOT = r"\s?(?:\.|\(dot\)|\[dot\]|\s(?:punt|dot)\s)\s?"
_EMAIL = re.compile(
    rf"(?<![\w.+-])(?:\w+\s(?:punt|dot)\s)?[\w.+-]+\s?{_AT}\s?[\w-]+(?:{_DOT}[\w-]+)+"
    rf"|(?<![\w.+-])\w+[._]\w+\s{_PROVIDER}\.(?:com|nl|be|net)\b",
    re.I,
)
_EMAIL_WITHOUT_END = re.compile(r"(?<![\w.+-])[\w.+-]+@\w[\w-]+")
_TLD = (
    "nl|be|com|net|org|eu|info|io|me|gg|ly|tv|cc|co|app|dev|link|site|online|shop|club|live|xyz|ru|uk|de|fr|us|example"
)
_URL = re.compile(
    rf"data:[a-z]+/[\w.+-]+;base64,\S+|(?:https?://|www\.)[^\s<>\"']+|(?<![\w.-])(?:[\w-]+\.)+(?:{_TLD})\b(?:/[^\s<>\"']*)?|(?<![\w.-])(?:[\w-]+\.)+[a-z]{{2,}}/[^\s<>\"']+",
    re.I,
)
_IBAN = re.compile(r"\b[A-Za-z]{2}\s?\d{2}(?:[\s.-]?[A-Za-z0-9]){11,30}\b")
_NINE_DIGITS = re.compile(r"(?<![\d,])\d(?:[ .-]?\d){8}(?![\d,]*\d)")
_CARD = re.compile(r"(?<!\d)(?:\d[ ./-]?){12,18}\d(?!\d)")
_CRYPTO = re.compile(
    r"\b(?:bc1[a-z0-9]{20,60}|0x[a-fA-F0-9]{40}|(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z])[A-Za-z0-9]{26,95})\b"
)
_LONG_NUMBER = re.compile(r"\d(?:\W{0,2}\d){5}")


@functools.lru_cache(maxsize=1)
def _known_sites() -> FrozenSet[str]:
    """Websites that say nothing of anybody: those of helplines and sources, and of the platforms."""
    places = [*load().contacts.values(), *load().sources.values()]
    hosts = {urlsplit(place.url).hostname for place in places if place.url}
    return frozenset({(host or "").removeprefix("www.") for host in hosts} | listed("sites.txt"))


def _is_strange_site(url: str) -> bool:
    """With a path behind it, or a name that we do not know."""
    plain = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower()).rstrip("/.")
    return plain not in _known_sites()


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


FINDERS: Tuple[Finder, ...] = (
    matches("e-mail", _EMAIL),
    matches("link", _URL, _is_strange_site),
    matches("e-mail", _EMAIL_WITHOUT_END),
    _ibans,
    matches("crypto", _CRYPTO),
    matches("kaart", _CARD, _is_card),
    *phones.FINDERS,
    matches("bsn", _NINE_DIGITS, _is_bsn),
    *places.FINDERS,
    *users.FINDERS,
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
