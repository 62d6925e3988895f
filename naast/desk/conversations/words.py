"""The words by which a conversation is found: lower case, without accents, each once."""

from __future__ import annotations

import re
import unicodedata
from typing import Iterable, List, Set

LONGEST = 40
_WORD = re.compile(r"\w{2,}")


def words(text: str) -> List[str]:
    """The words of a text in order."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return [word[:LONGEST] for word in _WORD.findall(plain.replace("_", " "))]


def of_all(texts: Iterable[str]) -> Set[str]:
    return {word for text in texts for word in words(text)}
