"""Fills names, numbers and facts into a text: {helpwanted}, {helpwanted.phone}, {summary}."""

from __future__ import annotations

import re
from typing import Dict, Mapping

from naast.guidance.schema import Contact

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


def render(text: str, contacts: Mapping[str, Contact], values: Dict[str, str] | None = None) -> str:
    """Fill every placeholder; a name that is neither a value nor a contact raises KeyError."""
    values = values or {}

    def fill(match: re.Match) -> str:
        if match[1] in values:
            return values[match[1]]
        return contact_text(contacts[match[1]], match[2])

    return _PLACEHOLDER.sub(fill, text)
