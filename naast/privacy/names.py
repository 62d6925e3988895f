"""Names of people and schools: by the words around them ("mijn zoon X", "groetjes van X"), or by themselves.

The cues stand in words/cues.yml. After one, any word counts as a name that is no ordinary word of Dutch; ordinary are
the words of the messages that Naast learns from. A capital inside a sentence outweighs that: "mijn dochter Roos". First
names without a cue are those that Faker lists for the countries families here come from.
"""

from __future__ import annotations

import functools
import importlib
import re
from pathlib import Path
from typing import Dict, FrozenSet, Iterator, List, Tuple

import yaml

WORDS = Path(__file__).with_name("words")
ORDINARY = WORDS / "ordinary.txt"
_NAME = r"[^\W\d_][\w'’-]+"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\wÀ-ÿ'’-]+"
_LONE = re.compile(
    rf"(?<![\w@./-])(?:{_CAPITAL}(?:(?:\s+(?:van|de|der|den|el|al|ben|ten|ter))*\s+{_CAPITAL})*|{_NAME})"
)
LOCALES = ["nl_NL", "nl_BE", "tr_TR", "pl_PL", "fr_DZ", "en_PK", "en_IN", "id_ID", "ro_RO", "pt_PT", "es_ES", "it_IT"]
LOCALES += ["de_DE", "fr_FR", "en_GB", "en_US"]
SHORTEST = 3
_SENTENCE_END = re.compile(r"(?:^|[.!?\n])[\s\"'’(]*$")


@functools.lru_cache(maxsize=None)
def _words(name: str) -> FrozenSet[str]:
    return frozenset((WORDS / name).read_text(encoding="utf-8").split())


@functools.lru_cache(maxsize=1)
def _of_other_languages() -> FrozenSet[str]:
    """The words of words/<language>.txt. One that is a first name too ("said", "joke") is only a word written small."""
    return frozenset().union(*(_words(path.name) for path in WORDS.glob("??.txt")))


@functools.lru_cache(maxsize=1)
def _load() -> Tuple[FrozenSet[str], FrozenSet[str], Dict[str, List[re.Pattern]]]:
    """Ordinary words, words that are always kept, and the cues by kind."""
    source = yaml.safe_load((WORDS / "cues.yml").read_text(encoding="utf-8"))
    parts = {"RELATION": f"(?:{'|'.join(source.pop('relations'))})", "NAME": _NAME, "CAPITAL": _CAPITAL}

    def compiled(cue: str) -> re.Pattern:
        return re.compile(re.sub("|".join(parts), lambda match: parts[match[0]], cue))

    cues = {kind: [compiled(cue) for cue in lines] for kind, lines in source.items()}
    return _words("ordinary.txt") | (_of_other_languages() - first_names()), _words("kept.txt"), cues


@functools.lru_cache(maxsize=1)
def first_names() -> FrozenSet[str]:
    """The first names of LOCALES, in lower case."""
    found = set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if attribute.startswith("first_names"):
                found |= {str(name).lower() for name in getattr(provider, attribute)}
    return frozenset(name for name in found if len(name) >= SHORTEST)


def is_ordinary(word: str) -> bool:
    """True for a word of Dutch, in small letters."""
    return word in _load()[0]


def is_kept(word: str) -> bool:
    """True for a name that says nothing of anybody: a platform, a helpline."""
    return word.lower() in _load()[1]


def _lone_name(match: re.Match, text: str) -> bool:
    """A name by itself: a first name, or an unknown word with a capital inside a sentence; never an ordinary word."""
    ordinary, kept, _ = _load()
    first = match[0].split()[0]
    plain = first.lower().removesuffix("'s").removesuffix("’s").strip("'’-")
    if plain in kept or plain in ordinary:
        return False
    inside = first[0].isupper() and not first.isupper() and not _SENTENCE_END.search(text[: match.start()])
    # With a capital inside a sentence, what is no word of Dutch is the name of someone or something.
    small = _words("also_words.txt") | _of_other_languages()
    is_word = first.islower() and plain in small  # "elke dag", "de wolf in schapenvacht"
    return inside or (plain in first_names() and not is_word)


def _is_name(found: str, before: str, capitals_tell: bool) -> bool:
    ordinary, kept, _ = _load()
    first = found.split()[0].strip("'’-")
    if not first or first.lower() in kept:
        return False
    told_by_capital = first[0].isupper() and not _SENTENCE_END.search(before)
    return (capitals_tell and told_by_capital) or first.lower() not in ordinary


def names(text: str) -> Iterator[Tuple[str, int, int]]:
    """Each name as (kind, start, end); the kind is "naam" or "school"."""
    words = text.split()
    # Where half of the words or more begin with one ("MIJN ZOON IS 14"), a capital says nothing.
    capitals_tell = sum(word[0].isupper() for word in words) * 2 < len(words) or len(words) < 4
    for kind, cues in reversed(_load()[2].items()):
        for cue in cues:
            for match in cue.finditer(text):
                start, end = match.span("name")
                if _is_name(match["name"], text[:start], capitals_tell):
                    yield kind, start, end
    for match in _LONE.finditer(text):
        if _lone_name(match, text):
            yield "naam", *match.span()
