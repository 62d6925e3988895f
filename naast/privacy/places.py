"""Where somebody is: coordinates, addresses, postcodes of the Netherlands, Belgium and Britain."""

from __future__ import annotations

import re
from typing import Iterator, Tuple

from naast.privacy.found import Finder, Found, matches
from naast.privacy.names import is_kept, is_ordinary, listed

_DEGREES = r"\d{1,3}\s?°\s?(?:\d{1,2}(?:[.,]\d+)?\s?['’′]?\s?(?:[\d.,]+\s?(?:[\"”″]|''))?)?"
_COORDINATES = re.compile(
    r"(?<![\d.])(?:(?:lat|latitude|breedte(?:graad)?)\s?[:=]?\s?)?-?\d{1,2}[.,]\d{3,}\s*°?\s*[NZS]?\s*(?:[,;/]|\ben\b)?\s*"
    r"(?:(?:lon|lng|long|lengte(?:graad)?)\s?[:=]?\s?)?-?\d{1,3}[.,]\d{3,}\s*°?\s*[OEW]?\b"
    r"|\b[NZS]\s?\d{1,2}[.,]\d{3,}°?[\s,]*[OEW]\s?\d{1,3}[.,]\d{3,}"
    rf"|(?:\b[NZS]\s?)?{_DEGREES}\s?[NZS]?(?:[\s,]*(?:\b[OEW]\s?)?{_DEGREES}\s?[OEW]?)?"
    r"|\b[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,3}\b"
)
_POSTCODE = re.compile(
    r"(?i:\b[1-9]\d{3}[\s.-]?(?!(?:SA|SD|SS)\b)[A-Z]{2}\b"
    r"|\b(?:post\s?code|postnummer|zip|pc)(?:\s+is)?\s*:?\s*[1-9]\d{3}(?:[\s.-]?[A-Z]{2}\b)?)"
    r"|\b(?:[BF]-?\s?)?[1-9]\d{3}(?=\s+[A-Z][a-zà-ÿ-]{2,})|(?<=\b(?:in|te) )[A-Z][a-zà-ÿ-]{2,}\s[1-9]\d{3}\b"
    r"|(?i:\b[1-9]\d{3}(?=,?\s+(?:(?:is|dat\s+is)\s+)?(?:(?:de|onze|mijn|ons)\s+)?(?:postcode|postnummer)\b))"
)
_AREAS = (
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?"
    "|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
_POSTCODE_BRITISH = re.compile(rf"\b(?:{_AREAS})\d[A-Z\d]?\s?(?!\d(?:de|st|nd|rd|th)\b)\d[ABD-HJLNP-UW-Z]{{2}}\b", re.I)
_BELGIAN_TOWN = re.compile(r"\b(?P<name>[1-9]\d{3})\s+(?P<town>[^\W\d_][\w-]{2,})", re.I)
"""In small letters "2060 antwerpen" is told from "2000 volgers" by a list of towns."""
_ENDING = (
    r"(?:straat|straatje|str\.?|laan|ln\.|weg|dijk|plein|gracht|kade|singel|hof|steeg|pad|dreef|steenweg|stwg\.?|lei|markt"
    r"|park|wal|kerkhof|baan|ring|plantsoen|vliet|vest|kaai|boulevard)"
)
_NUMBER = (
    r"(?:\s+|\s?:\s?|(?:(?<=straat)|(?<=laan)|(?<=str\.)|(?<=gracht)|(?<=singel)),\s*)(?:,?\s?(?:huis)?(?:nr\.?|nummer)\s?)?"
    r"\d{1,4}(?:\s?(?:[a-zA-Z]|bis|hs|huis|[IVX]{1,4}|[-/]\s?\d{1,3})\b)?(?!\d)"
)
_NO_AMOUNT = r"(?!\s?(?:euro|jaar|uur|keer|dagen|jarig\w*|minuten|min|meter|m|km|%|€|years?|times)(?!\w))"
_BEFORE = r"(?:\b[A-ZÀ-Ö][\wÀ-ÿ.'’-]+\s+(?:(?:van|de|der|den|het|ten|ter|op)\s+)*){0,3}"
_STREET = re.compile(
    rf"{_BEFORE}(?i:\b[A-Za-zÀ-ÿ'’-]{{3,}}{_ENDING}{_NUMBER}"
    rf"(?:\s?bus\s?\w{{1,4}})?(?:,?\s+(?:in\s+)?[1-9]\d{{3}}\b(?!\s?(?:euro|€|[A-Za-z]{{2}}\b)))?{_NO_AMOUNT})"
)
_STREET_AND_NUMBER = re.compile(r"(?i:\b[A-Za-zÀ-ÿ'’-]{3,}(?:straat|str\.|laan|gracht|singel)\d{1,4}[a-z]?\b)")
""" "kerkstraat12": the space forgotten."""
_PROPER = r"[A-ZÀ-Ö][\wÀ-ÿ'’-]+"
_NAMED_STREET = re.compile(
    rf"(?:\b(?:{_PROPER}\s+){{1,2}}(?:Straat|Laan|Weg|Dijk|Plein|Gracht|Kade|Singel|Markt|Park|Vest|Kaai|Wal)"
    rf"|\b(?i:laan|plein|steenweg|stwg\.?|weg|straat|kade|pad)\s+(?:(?:van|op|naar|der|de|het)\s+){{1,2}}"
    rf"{_PROPER}(?:\s+{_PROPER})?"
    rf"|\bDorp){_NUMBER}{_NO_AMOUNT}|\bPlein\s+19\d\d(?:{_NUMBER})?"
)
_STREET_ENGLISH = re.compile(
    r"\b(?:(?i:flat|apt|unit)\s\w{1,4},?\s+)?\d{1,4}[a-zA-Z]?\s+(?:[A-Z][\w'’-]+\s+){1,3}"
    r"(?i:street|road|lane|avenue|drive|close|terrace|gardens|crescent|court|square|grove|mews|st|rd|ln|ave)\b"
)
_LIVES_ENGLISH = re.compile(
    r"(?i)\b(?:live[sd]?|living|address(?:\s+is)?|stay(?:s|ing)?)\s*:?\s+(?:(?:at|on|is)\s+){0,2}(?P<name>\d{1,4}[a-z]?\s+"
    r"(?:[\w'’-]+\s+){1,3}?(?:street|road|lane|avenue|drive|close|terrace|gardens|crescent|st|rd|ave))\b"
)
_STREET_NAME = re.compile(
    r"\b(?i:in|op|aan|langs|naar)\s+(?i:de|het)\s+"
    r"(?P<name>[A-Z][\w'’-]{3,}(?:straat|laan|weg|dijk|plein|gracht|kade|singel|steeg|dreef|steenweg|lei))\b"
)
_HOUSE = re.compile(
    r"\b(?i:woon|woont|wonen|woonde|adres(?:\s+is)?|logeert)\s*:?\s+(?:[a-z']+\s+){0,2}"
    r"(?P<name>[A-ZÀ-Ö][\wÀ-ÿ'’-]+(?:\s+[\wÀ-ÿ'’-]+){0,2}?\s+\d{1,4}\s?[a-zA-Z]?)\b"
)
_CAPITAL_AND_NUMBER = re.compile(
    rf"\b(?:(?i:aan|op)\s+(?i:de|het)\s+)(?P<name>(?P<street>{_PROPER})\s+\d{{1,4}}[a-zA-Z]?)\b{_NO_AMOUNT}"
    rf"|(?<!\w)(?P<ends>[A-ZÀ-Ö][a-zà-ÿ-]+(?:einde|rand|brink|horst|meent|oord)\s+\d{{1,4}}[a-zA-Z]?)\b{_NO_AMOUNT}"
)
_HOUSE_IN_SMALL = re.compile(
    r"\b(?i:woon|woont|wonen|woonde|adres(?:\s+is)?|logeert)\s*:?\s+(?:(?:op|in|aan|de|het)\s+){0,2}"
    rf"(?P<name>(?P<street>[a-zà-ÿ'’-]{{4,}})\s+\d{{1,4}}\s?[a-z]?)\b{_NO_AMOUNT}"
)
_YEAR_AND_WORD = re.compile(
    r"\d{4}[\s.-]?(?:is|en|om|of|op|in|te|we|ze|hi|ik|al|er|je|na|ja|uu|jr|eu|zo|nu|da|du|ge|me|mn|zn|bv|nl|be|kb|mb|gb|kg|km"
    r"|cm|vr|ma|di|wo|do|za|zo|he|it|to|so|my|by|do|go|if|no|on|or|up|us|am|as|at|an)",
    re.I,
)


def _is_postcode(text: str) -> bool:
    """1234 AB and 3010 Leuven are; "2024 en" and "in 2024 Snapchat", which are written alike, are not."""
    if text.isdecimal():
        return not 1980 <= int(text) <= 2040
    return not _YEAR_AND_WORD.fullmatch(text) or text[-2:].isupper()


def _belgian_towns(text: str) -> Iterator[Found]:
    for match in _BELGIAN_TOWN.finditer(text):
        if match["town"].lower() in listed("belgian_towns.txt"):
            yield Found("postcode", *match.span("name"))


def _houses(text: str) -> Iterator[Found]:
    """ "wij wonen overtoom 301", not "wij wonen samen 14"; "op de Meent 12", not "op de Havo 4"."""
    for match in _HOUSE_IN_SMALL.finditer(text):
        if not is_ordinary(match["street"]) and not is_kept(match["street"]):
            yield Found("adres", *match.span("name"))
    for match in _CAPITAL_AND_NUMBER.finditer(text):
        if not is_kept(match["street"] or ""):
            yield Found("adres", *match.span("name" if match["name"] else "ends"))


FINDERS: Tuple[Finder, ...] = (
    matches("coördinaten", _COORDINATES),
    matches("adres", _NAMED_STREET),
    matches("adres", _STREET),
    matches("adres", _STREET_AND_NUMBER),
    matches("adres", _STREET_ENGLISH),
    matches("adres", _LIVES_ENGLISH, group="name"),
    matches("adres", _HOUSE, group="name"),
    _houses,
    matches("adres", _STREET_NAME, group="name"),
    matches("postcode", _POSTCODE, _is_postcode),
    matches("postcode", _POSTCODE_BRITISH),
    _belgian_towns,
)
