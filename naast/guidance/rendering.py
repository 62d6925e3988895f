"""Fills names, numbers and facts into a text: {helpwanted}, {helpwanted.phone}, {helpwanted.now}, {summary}."""

from __future__ import annotations

import re
from typing import Mapping

from naast.guidance.schema import MAX_CHARACTERS, Contact

_PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)(?:\.([a-z]+))?\}")


def placeholders(text: str) -> list:
    """The names used in a text, as (name, part or None)."""
    return [(match[1], match[2]) for match in _PLACEHOLDER.finditer(text)]


def contact_text(contact: Contact, part: str | None) -> str:
    if part == "name":
        return contact.name
    if part in ("phone", "url"):
        return getattr(contact, part) or contact.name
    if contact.phone in (None, contact.name):
        return contact.name if contact.phone else f"{contact.name} ({contact.url})"
    return f"{contact.name} ({contact.phone})"


def addressed_to(words: Mapping[str, str], text: str) -> str:
    """The text with whole words replaced ("je kind" by "je kleinkind"), unless it would no longer fit in a bubble."""
    if not words:
        return text
    each = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words))
    replaced = each.sub(lambda match: words[match[0]], text)
    return replaced if len(replaced) <= MAX_CHARACTERS else text


def render(text: str, contacts: Mapping[str, Contact], values: Mapping[str, str] | None = None) -> str:
    """Fill every placeholder. `values` go first, by name or by `contact.now`.

    Raises:
        KeyError: a name is neither a value nor a contact.
    """
    values = values or {}

    def fill(match: re.Match) -> str:
        whole = match[0][1:-1]
        if whole in values:
            return values[whole]
        return contact_text(contacts[match[1]], match[2])

    return _PLACEHOLDER.sub(fill, text)
