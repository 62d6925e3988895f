"""Blame that can be written down: patterns by kind, and what takes a pattern back, from patterns/<language>.yml.

Four hundred examples teach a linear model the words, not who says them about whom. The patterns carry that, sentence by
sentence, so that one clause of blame is also found in a message of 500 words. They decide nothing alone (model.py).
"""

from __future__ import annotations

import dataclasses
import functools
import pathlib
import re
import unicodedata
from typing import Dict, FrozenSet, List, Tuple

import numpy as np
import yaml

DIRECTORY = pathlib.Path(__file__).with_name("patterns")
"""One file a language, each with the same kinds; all of them are read in every message."""

FIRST = "nl"
"""Its file gives the kinds their order."""
NEAR, FAR = 3, 12
_BREAK = re.compile(
    r"[.!?;\n…]+|,? maar (?=(?:ik|hij|ze|zij|dat|mijn|t|het|toen|wij|we|wat|als|daar|van)\b)"
    r"|,? but (?=(?:i|he|she|they|that|my|it|then|we|what|if|there)\b)"
)
_WORD = re.compile(r"\w+")
_GAPS = {"..": NEAR, "...": FAR}


def fold(text: str) -> str:
    """Lower case, without accents and apostrophes: "Naïef" is "naief" and "zo'n" is "zon"."""
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'’‘`´")


def sentences(text: str) -> List[str]:
    """Folded sentences; a new one also begins at a "maar" that turns against what was said."""
    return [part.strip() for part in _BREAK.split(fold(text)) if part.strip()]


@dataclasses.dataclass(frozen=True)
class Pattern:
    """A regular expression, and the words of which a sentence must hold at least one of each set to be searched."""

    search: "re.Pattern[str]"
    needs: Tuple[FrozenSet[str], ...]

    def found(self, sentence: str, words: FrozenSet[str]) -> bool:
        for need in self.needs:  # a loop: this runs seven hundred times a message, and `all` takes twice as long
            if need.isdisjoint(words):
                return False
        return bool(self.search.search(sentence))


def _alternatives(element: str, lists: Dict[str, List[str]]) -> List[str]:
    return [fold(word.replace("_", " ")) for part in element.split("|") for word in lists.get(part, [part])]


def compile_pattern(line: str, lists: Dict[str, List[str]]) -> Pattern:
    """One line of the file; the notation is explained at its head."""
    filler = "|".join(re.escape(fold(word)).replace(r"\ ", r"\W+") for word in lists["FILLER"])
    parts: List[str] = []
    needs: List[FrozenSet[str]] = []
    gap = ""
    for element in line.split():
        if element in _GAPS:
            gap = rf"(?:\w+\W+){{0,{_GAPS[element]}}}?"
        elif element in "^$":
            parts.append("^" if element == "^" else r"\W*$")
        else:
            optional, element = element.endswith("?"), element.rstrip("?")
            words = _alternatives(element, lists)
            body = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\W+") for word in words)
            between = rf"\W+(?:(?:{filler})\W+){{0,2}}?{gap}" if any(part != "^" for part in parts) else ""
            step = rf"{between}(?:{body})\b"
            parts.append(f"(?:{step})?" if optional else step)
            if not optional and not any("*" in word for word in words):
                needs.append(frozenset(word.split()[0] for word in words))
            gap = ""
    return Pattern(re.compile(r"\b" + "".join(parts)), tuple(needs))


@dataclasses.dataclass(frozen=True)
class Reading:
    """One sentence: `said` has a 1 for each kind of blame that is not taken back, shape (kinds,)."""

    sentence: str
    said: np.ndarray
    vetoed: bool


@dataclasses.dataclass(frozen=True)
class Patterns:
    """Everything in the file, compiled. `blame` keeps the order of the file: it is the order of `Reading.said`."""

    blame: Dict[str, List[Pattern]]
    vetoes: List[Pattern]
    endorsed: List[Pattern]

    def read(self, text: str) -> List[Reading]:
        """Read a message sentence by sentence; siding with a quotation anywhere undoes every veto."""
        units = [(sentence, frozenset(_WORD.findall(sentence))) for sentence in sentences(text)]
        endorsed = any(_any(self.endorsed, *unit) for unit in units)
        readings = []
        for unit in units:
            vetoed = not endorsed and _any(self.vetoes, *unit)
            said = [not vetoed and _any(patterns, *unit) for patterns in self.blame.values()]
            readings.append(Reading(unit[0], np.array(said, dtype=float), vetoed))
        return readings


def _any(patterns: List[Pattern], sentence: str, words: FrozenSet[str]) -> bool:
    return any(pattern.found(sentence, words) for pattern in patterns)


@functools.lru_cache(maxsize=1)
def load_patterns() -> Patterns:
    found = Patterns(blame={}, vetoes=[], endorsed=[])
    for path in sorted(DIRECTORY.glob("*.yml"), key=lambda each: each.stem != FIRST):
        source = yaml.safe_load(path.read_text(encoding="utf-8"))
        lists = source["words"]
        for kind, lines in source["blame"].items():
            found.blame.setdefault(kind, []).extend(compile_pattern(line, lists) for line in lines)
        vetoes = [line for lines in source["vetoes"].values() for line in lines]
        found.vetoes.extend(compile_pattern(line, lists) for line in vetoes)
        found.endorsed.extend(compile_pattern(line, lists) for line in source["endorsed"])
    return found
