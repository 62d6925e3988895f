"""What somebody is called on a platform."""

from __future__ import annotations

import re
from typing import Iterator, Tuple

from naast.privacy.found import Finder, Found, matches
from naast.privacy.names import first_names, is_kept, is_ordinary, listed

KIND = "gebruikersnaam"
_HANDLE = re.compile(r"(?<![\w@])@\w[\w.]{0,28}\w")
_TAG = re.compile(r"(?<!\w)[\w.]{2,32}#\d{4}\b")
_MADE_UP = re.compile(
    r"(?<![\w/@.-])(?=[\w.]{0,60}[^\W\d_])(?:[\w.]{0,60}[^\W_]_[\w.]*|[^\W\d_]{3,60}[\w.]{0,60}\d{2,}[\w.]*|[^\W\d_]{2,60}\.[^\W\d_]+\d+)\b"
)
_USER_NAME = re.compile(
    r"(?i)\b(?:gebruikersnaam|accountnaam|username|nickname|account|profiel|snap(?:chat)?naam|insta(?:gram)?naam|nick)"
    r"(?:\s+(?:is|heet|was|van\s+(?:hem|haar|die)\s+is))?\s*[:=]?\s+(?=[\w.]*[\d_.])(?P<name>[A-Za-z][\w.]{2,29})"
)
_NAMED_USER = re.compile(
    r"(?i)\b(?:gebruikersnaam|accountnaam|user(?:\s?(?:name|naam))?|nickname|snap(?:chat)?\s?naam|insta(?:gram)?\s?naam|gamertag"
    r"|schermnaam|profielnaam|tiktok\s?naam|discord\s?naam|gamenaam|(?:account|screen|snap(?:chat)?|insta(?:gram)?)\s?name|handle)"
    r"(?P<told>(?:\s+(?:(?:op|on)\s+\w+\s+)?(?:is|was|heet)\b)?\s*[:=]?)\s*(?<=[\s:=])(?P<name>[A-Za-z][\w.-]{2,29})"
)
_PLATFORM = (
    r"(?:kik|snap|snapchat|insta|instagram|discord|steam|psn|ps[45]|xbox|roblox|wizz|tiktok|telegram|skype|twitch|fortnite"
    r"|minecraft|facebook|fb|ig|sc|bereal|yubo|reddit|twitter|messenger|omegle|vinted|youtube)"
)
_ON_PLATFORM = re.compile(
    rf"(?i)\b{_PLATFORM}"
    r"(?:\s+(?:naam|tag|account|id))?(?:\s+(?:is|heet|was))?\s*[:=]?\s+(?P<name>[a-z]\w*(?:[._]\w+)+|\w+-\w+(?:-\w+)+)"
)
_TOLD_ON_PLATFORM = re.compile(
    rf"(?i)\b(?:{_PLATFORM}(?:\s?(?:naam|tag|account|id|name|user))?\s*[:=]\s*"
    rf"|(?:zijn|haar|mijn|hun|onze|his|her|my|their)\s+{_PLATFORM}(?:\s?(?:naam|tag|account|id|name|user))?\s+(?:is|heet)\s+"
    rf"|\b(?:op|on)\s+{_PLATFORM}\s+(?:als|as)\s+"
    rf"|\b{_PLATFORM}\s+(?:heet|noemt)\s+(?:hij|ze|zij|die)(?:\s+zich)?\s+"
    rf"|\b(?:voeg|add)\s+(?:\w+\s+){{1,3}}?(?:op|on)\s+{_PLATFORM}\s*[:,]?\s+)"
    r"(?P<name>[a-z][\w.-]{2,29})(?!\s?:)"
)
""" "snap: jandeboer", "zijn insta is lottekeee"; "snap: ze dreigen" is a sentence."""
_MIXED_CASE = re.compile(r"(?<![\w/@.-])(?=\w*[a-z][A-Z]\w*[a-z][A-Z])\w{6,30}\b")
"""xXNinjaProXx: two capitals inside a word."""
_SAYS_SOMETHING = re.compile(r"(?:ge|be|ver|ont|her|over|on|af|in|uit)\w+(?:d|t|en|baar|lijk)|\w+(?:ed|ing|able)")
""" "zijn insta is afgesloten", "her snap is hacked": what happened to it, in a word that no list has."""


def _named_users(text: str) -> Iterator[Found]:
    """ "zijn gebruikersnaam is zonnebloem": behind "is" any word but those that say something of the name itself."""
    for match in _NAMED_USER.finditer(text):
        word = match["name"].lower()
        if word not in listed("about_user_names.txt") and (match["told"].strip() or not is_ordinary(word)):
            yield Found(KIND, *match.span("name"))


def _told_on_platforms(text: str) -> Iterator[Found]:
    for match in _TOLD_ON_PLATFORM.finditer(text):
        word = match["name"].lower().rstrip(".-")
        if match["name"][0].isupper() and word in first_names():
            continue  # with the surname behind it, by names.py
        known = is_ordinary(word) or is_kept(word) or word in listed("about_user_names.txt")
        if not known and not _SAYS_SOMETHING.fullmatch(word):
            yield Found(KIND, match.start("name"), match.start("name") + len(word))


FINDERS: Tuple[Finder, ...] = (
    matches(KIND, _HANDLE),
    matches(KIND, _TAG),
    matches(KIND, _USER_NAME, group="name"),
    _named_users,
    matches(KIND, _ON_PLATFORM, group="name"),
    _told_on_platforms,
    matches(KIND, _MADE_UP, lambda word: not is_kept(word.rstrip("0123456789"))),
    matches(KIND, _MIXED_CASE, lambda word: not is_kept(word)),
)
