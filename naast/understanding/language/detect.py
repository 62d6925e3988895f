"""In which language a message is written, and which language it asks for. Plain Python: knows neither Rasa nor slots.

The detector is `langidentify` (offline, letter n-grams and common words); docs/languages.md tells what it was chosen
over. What it may answer are the languages of words/*.yml, one file each: fewer languages, fewer mistakes.
"""

from __future__ import annotations

import dataclasses
import functools
import pathlib
import re
from typing import Dict, FrozenSet, List, Optional

import yaml

DIRECTORY = pathlib.Path(__file__).with_name("words")
NEUTRAL = "neutral"
MOST_ASKING = 10
"""Words: a longer message tells something, also where it asks for a language."""
MOST_CHARACTERS = 1000
"""More says nothing new about the language, and takes time."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclasses.dataclass(frozen=True)
class Language:
    """`code` (ISO 639-1) is None where nothing can be told; `gap` from 0 (any other as likely) to 1; `words`: how many
    different words it was told from; `asked`: the language that the message asks for; `also`: for each language the
    share of words that no other has (`common` in words/*.yml)."""

    code: Optional[str]
    gap: float
    words: int
    asked: Optional[str]
    also: Dict[str, float] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class _Words:
    """`greetings` and `names` are whole messages, `asked` is found inside one; each by or with its language."""

    greetings: Dict[str, str]
    names: Dict[str, str]
    asked: Dict[str, "re.Pattern[str]"]
    common: Dict[str, FrozenSet[str]]
    neutral: FrozenSet[str]


def codes() -> List[str]:
    """The languages that can be recognised."""
    return sorted(path.stem for path in DIRECTORY.glob("*.yml") if path.stem != NEUTRAL)


def _plain(text: str) -> str:
    return " ".join(word.replace("’", "'") for word in _WORD.findall(text.lower()))


@functools.lru_cache(maxsize=1)
def _words() -> _Words:
    # BaseLoader: "no" and "on" are words here, not YAML's false and true.
    files = DIRECTORY.glob("*.yml")
    source = {path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in files}
    neutral = frozenset(source.pop(NEUTRAL)["words"])
    asked = {code: "|".join(re.escape(_plain(words)) for words in each["asked"]) for code, each in source.items()}
    return _Words(
        greetings={_plain(words): code for code, each in source.items() for words in each["greetings"]},
        names={_plain(name): code for code, each in source.items() for name in each["names"]},
        asked={code: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for code, words in asked.items() if words},
        common={code: frozenset(each["common"]) for code, each in source.items() if "common" in each},
        neutral=neutral,
    )


@functools.lru_cache(maxsize=1)
def _detector():
    # Loaded at first use, never at import: it takes two seconds and 80 MB.
    from langidentify import Detector, Language, Model

    known = [language for language in Language if language.iso_code in codes()]
    return Detector(Model.load(known))


def detect(text: str) -> Language:
    """Tell the language of a message; names of apps and words that every language uses tell nothing."""
    words = _words()
    plain = _plain(text[:MOST_CHARACTERS])
    asked = _asked(plain)
    if plain in words.greetings:
        return Language(words.greetings[plain], 1.0, len(plain.split()), asked)
    telling = [word for word in plain.split() if word not in words.neutral]
    if not telling:
        return Language(None, 0.0, 0, asked)
    detector = _detector()
    found = detector.detect(" ".join(telling))
    also = {
        code: round(sum(word in common for word in telling) / len(telling), 2) for code, common in words.common.items()
    }
    also = {code: share for code, share in also.items() if share}
    return Language(found.iso_code or None, round(float(detector.results.gap), 4), len(set(telling)), asked, also)


def _asked(plain: str) -> Optional[str]:
    if plain in _words().names:
        return _words().names[plain]
    if len(plain.split()) > MOST_ASKING:
        return None
    return next((code for code, pattern in _words().asked.items() if pattern.search(plain)), None)
