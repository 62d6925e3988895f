"""Names of people and schools: by the words around them ("mijn zoon X", "groetjes van X"), or by themselves.

The cues stand in words/cues.yml. After one, any word counts as a name that is no ordinary word of Dutch; ordinary are
the words of the messages that Naast learns from. A capital inside a sentence outweighs that: "mijn dochter Roos". First
names without a cue are those that Faker lists for the countries families here come from. What follows a name is taken
with it: "Henk van den Berg", "Anne Marie", and in small letters what Faker knows as a surname.
"""

from __future__ import annotations

import functools
import importlib
import re
from pathlib import Path
from typing import Callable, Dict, FrozenSet, Iterable, Iterator, List, Tuple

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
_PARTICLE = r"(?:van|von|de|der|den|'t|in\s't|ter|ten|el|al|ben|bin|bint|di|da|la|le|dos)"
_FIRST = re.compile(rf"(?:{_PARTICLE}[ \t]+)*{_NAME}", re.I)
_FURTHER = re.compile(rf"[ \t]+(?P<particles>(?:{_PARTICLE}[ \t]+)*)(?P<word>{_NAME})", re.I)
"""What may go on a name; on one line, since a sentence may begin on the next."""
SHORTEST = 3


@functools.lru_cache(maxsize=None)
def listed(name: str) -> FrozenSet[str]:
    """The words of a file of words/."""
    return frozenset((WORDS / name).read_text(encoding="utf-8").split())


@functools.lru_cache(maxsize=1)
def _of_other_languages() -> FrozenSet[str]:
    """The words of words/<language>.txt. One that is a first name too ("said", "joke") is only a word written small."""
    return frozenset().union(*(listed(path.name) for path in WORDS.glob("??.txt")))


@functools.lru_cache(maxsize=1)
def _load() -> Tuple[FrozenSet[str], FrozenSet[str], Dict[str, List[re.Pattern]]]:
    """Ordinary words, words that are always kept, and the cues by kind."""
    source = yaml.safe_load((WORDS / "cues.yml").read_text(encoding="utf-8"))
    parts = {"RELATION": f"(?:{'|'.join(source.pop('relations'))})", "NAME": _NAME, "CAPITAL": _CAPITAL}

    def compiled(cue: str) -> re.Pattern:
        return re.compile(re.sub("|".join(parts), lambda match: parts[match[0]], cue))

    cues = {kind: [compiled(cue) for cue in lines] for kind, lines in source.items()}
    return listed("ordinary.txt") | (_of_other_languages() - first_names()), listed("kept.txt"), cues


def _of_faker(attributes: str) -> Iterator[str]:
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if attribute.startswith(attributes):
                yield from (str(name).lower() for name in getattr(provider, attribute))


@functools.lru_cache(maxsize=1)
def first_names() -> FrozenSet[str]:
    """The first names of LOCALES, in lower case."""
    return frozenset(name for name in _of_faker("first_names") if len(name) >= SHORTEST)


@functools.lru_cache(maxsize=1)
def surnames() -> FrozenSet[str]:
    """The surnames of LOCALES, in lower case, without what stands before them: "berg" of "van den Berg"."""
    return frozenset(name.split()[-1] for name in _of_faker("last_names") if len(name) >= SHORTEST)


def is_ordinary(word: str) -> bool:
    """True for a word of Dutch, in small letters."""
    return word in _load()[0]


def is_kept(word: str) -> bool:
    """True for a name that says nothing of anybody: a platform, a helpline."""
    return word.lower() in _load()[1]


def _begins_a_sentence(before: str) -> bool:
    return before.rstrip(" \t\"'’(")[-1:] in ("", ".", "!", "?", "\n")


def _lone_name(match: re.Match, text: str) -> bool:
    """A name by itself: a first name, or an unknown word with a capital inside a sentence; never an ordinary word."""
    ordinary, kept, _ = _load()
    first = match[0].split()[0]
    plain = first.lower().removesuffix("'s").removesuffix("’s").strip("'’-")
    if plain in kept or plain in ordinary:
        return False
    inside = first[0].isupper() and not first.isupper() and not _begins_a_sentence(text[: match.start()])
    # With a capital inside a sentence, what is no word of Dutch is the name of someone or something.
    small = listed("also_words.txt") | _of_other_languages()
    is_word = first.islower() and plain in small  # "elke dag", "de wolf in schapenvacht"
    return inside or (plain in first_names() and not is_word)


def _is_name(found: str, before: str, capitals_tell: bool) -> bool:
    ordinary, kept, _ = _load()
    first = found.split()[0].strip("'’-")
    if not first or first.lower() in kept:
        return False
    told_by_capital = first[0].isupper() and not _begins_a_sentence(before)
    return (capitals_tell and told_by_capital) or first.lower() not in ordinary


def _goes_on(word: str, capitals_tell: bool) -> bool:
    """Does this word, behind a name, belong to it? Not "Hij", with which a sentence begins, and not "Snapchat"."""
    ordinary, kept, _ = _load()
    plain = re.sub(r"['’]s$", "", word.lower())
    known = any(part in surnames() or part in first_names() for part in plain.split("-"))
    if plain in kept:
        return False
    if word[0].isupper() and capitals_tell:
        return known or plain not in ordinary
    return known and plain not in ordinary | listed("also_words.txt") | _of_other_languages()


def _whole(text: str, end: int, capitals_tell: bool) -> int:
    """Where a name of which one word ends here has its own end."""
    while (further := _FURTHER.match(text, end)) and _goes_on(further["word"], capitals_tell):
        end = further.end()
    return end


def _merged(seen: Iterable[Tuple[int, int]], whole: Callable[[int], int]) -> Iterator[Tuple[int, int]]:
    """What was seen, each to its own end. Where two cues saw parts of one name there is one."""
    start, end = 0, 0
    for one in sorted(seen):
        if one[0] >= end:
            if end:
                yield start, end
            start = one[0]
        if one[1] > end:
            end = whole(one[1])
    if end:
        yield start, end


def names(text: str) -> Iterator[Tuple[str, int, int]]:
    """Each name as (kind, start, end), the schools first; the kind is "naam" or "school"."""
    words = text.split()
    ordinary = [word for word in words if word.lower().strip(".,!?") in _load()[0]]
    # Where half of the ordinary words or more begin with one ("MIJN ZOON IS 14"), a capital says nothing.
    capitals_tell = sum(word[0].isupper() for word in ordinary) * 2 < len(ordinary) or len(words) < 4 or not ordinary
    schools, persons = [], []
    for kind, cues in _load()[2].items():
        for cue in cues:
            for match in cue.finditer(text):
                start, end = match.span("name")
                if _is_name(match["name"], text[:start], capitals_tell):
                    (schools if kind == "school" else persons).append((start, end))
    for match in _LONE.finditer(text):
        if _lone_name(match, text):
            first = _FIRST.match(text, match.start())
            persons.append((match.start(), first.end() if first else match.end()))
    for start, end in _merged(schools, lambda end: end):
        yield "school", start, end
    for start, end in _merged(persons, lambda end: _whole(text, end, capitals_tell)):
        yield "naam", start, end
