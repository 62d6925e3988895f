"""Where the country is known, only that country's numbers: in texts and on cards."""

from __future__ import annotations

import re
from typing import List, Mapping, Optional, Sequence

from naast.guidance.schema import Contact, InBelgium

MAX_CARDS = 3
"""So many numbers at once are read; ten are a telephone book."""
ALWAYS = "emergency"
BOTH = "both"
POLICE = "police"
_SPACES = re.compile(r" {2,}")


class OneCountry:
    """Takes the other country's numbers out: "{helpwanted}, of in België {child_focus}" becomes one of the two."""

    def __init__(self, contacts: Mapping[str, Contact], words: InBelgium) -> None:
        self._contacts = contacts
        either, verbs, article = re.escape(words.or_word), _one_of(words.verbs), _one_of(words.article)
        hours, urgent, place = _one_of(words.hours), _one_of(words.urgent), f"(?i:{_one_of(words.place)})"
        belgian = self._placeholder("be")
        glue = rf"(?:[,;]? {either}|[,;])?(?: {verbs})? {place}(?: {verbs})*"
        when = rf"(?:,? (?:{hours}|{urgent}))*"
        more = rf"(?:(?: {either}|, {either}|,)(?: (?:{hours}|{urgent}))* {belgian}{when})*"
        last = rf"(?: {urgent})?(?: {article})? {belgian}{when}{more}"
        found = {"nl": [(rf"(?<=[.?!]) {place}(?: {verbs})*{last}\.", ""), (rf"(?<![.?!]){glue}{last}", "")], "be": []}
        for police in (True, False):  # "de politie op 0900-8844, in België 116 000" is not the police there
            dutch, belgian = self._placeholder("nl", police), self._placeholder("be", police)
            several = rf"(?:{dutch}(?:,? {hours})?(?: {either}|, {either}|,) )*{dutch}"
            of_both = rf"{several}[^.{{}}?!:]{{0,45}}?{glue}(?: {urgent})?((?: {article})?) ({belgian})"
            found["be"].append((of_both, r"\1 \2"))
        self._rules = {
            country: [(re.compile(source), replacement) for source, replacement in rules]
            for country, rules in found.items()
        }

    def text(self, text: str, country: Optional[str]) -> str:
        """The text for one country; unchanged where the country is unknown."""
        for pattern, replacement in self._rules.get(country or "", []):
            text = pattern.sub(replacement, text)
        return _SPACES.sub(" ", text).replace("( ", "(")

    def _placeholder(self, country: str, police: Optional[bool] = None) -> str:
        names = [
            re.escape(name)
            for name, contact in self._contacts.items()
            if contact.country == country and police in (None, name.startswith(POLICE))
        ]
        return rf"\{{(?:{'|'.join(names)})(?:\.[a-z]+)?\}}"

    def cards(self, names: Sequence[str], country: Optional[str]) -> List[str]:
        """Which contacts of a turn are shown as cards: each once, of the country, the emergency number among them."""
        known = list(dict.fromkeys(names))
        near = [name for name in known if country is None or self._contacts[name].country in (country, BOTH)]
        kept = near if any(name != ALWAYS for name in near) else known
        if ALWAYS in kept[MAX_CARDS:]:
            kept = [*kept[: MAX_CARDS - 1], ALWAYS]
        return kept[:MAX_CARDS]


def _one_of(words: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(each) for each in words) + ")"
