"""Which concepts a word or phrase stands for, and which word was meant where it is misspelt."""

from __future__ import annotations

import functools
import pathlib
from typing import Any, Dict, FrozenSet, Iterable, List, Set, Tuple

import yaml

from naast.understanding.facts.patterns import FILLER, Pattern, compile_pattern, is_concept
from naast.understanding.facts.tokens import Token, fold, is_dutch

PATTERNS = pathlib.Path(__file__).parent / "patterns"
FIRST = "nl"
"""The language whose patterns read a message in any language that has none of its own: names of apps are the same."""
COUNTED = frozenset({"AMOUNT", "NUMBER"})  # filled in by the reader, from the numbers
LONGEST_PHRASE = 12
REPAIRED = "REPAIRED"
MIN_REPAIRED = 5  # shorter words have too many neighbours one letter away


def languages() -> List[str]:
    """The languages that have patterns, the first one first."""
    return [FIRST, *sorted(path.name for path in PATTERNS.iterdir() if path.is_dir() and path.name != FIRST)]


def load(name: str, language: str) -> Any:
    return yaml.safe_load((PATTERNS / language / name).read_text(encoding="utf-8"))


def load_words(name: str, language: str) -> Dict[str, List[str]]:
    """A file of words only: here "no" and "on" are words, not YAML's false and true."""
    return yaml.load((PATTERNS / language / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@functools.lru_cache(maxsize=None)
def small_words(language: str) -> Dict[str, FrozenSet[str]]:
    """The words of words.yml by what they are looked for as; every language names the same."""
    found = {name: frozenset(words) for name, words in load_words("words.yml", language).items()}
    if language != FIRST and found.keys() != small_words(FIRST).keys():
        raise ValueError(f"{language}/words.yml lacks or adds {sorted(found.keys() ^ small_words(FIRST).keys())}")
    return found


def _shorter(word: str) -> Set[str]:
    return {word} | {word[:index] + word[index + 1 :] for index in range(len(word))}


class Lexicon:
    """Words to keys. A key is what a pattern can ask for: a word, `~lemma`, a beginning, an ending or a CONCEPT."""

    def __init__(self, concepts: Dict[str, Iterable[str]], extra: Iterable[Pattern] = ()) -> None:
        self._words: Dict[str, Set[str]] = {}
        self._open: List[Tuple[str, str, str]] = []  # beginning, ending, key
        self._phrases: Dict[str, List[Tuple[Pattern, str]]] = {}
        self._implied: Dict[str, Set[str]] = {}
        self._asked: Set[str] = set()
        for concept, lines in concepts.items():
            for line in lines:
                for pattern in compile_pattern(str(line)):
                    self._file(pattern, concept)
        for pattern in extra:
            self._declare(pattern.keys)
        unknown = {key for key in self._asked if is_concept(key)} - set(concepts) - COUNTED
        if unknown:
            raise ValueError(f"not in the lexicon: {sorted(unknown)}")
        self._neighbours: Dict[str, Set[str]] = {}
        for word in self._repairable(concepts):
            for shorter in _shorter(word):
                self._neighbours.setdefault(shorter, set()).add(word)
        self.keys = functools.lru_cache(maxsize=20_000)(self._keys)

    def _repairable(self, concepts: Dict[str, Iterable[str]]) -> Set[str]:
        """Words people are known to misspell here; the whole lexicon would turn "leuke" into "lekte"."""
        queue, words = list(concepts.get(REPAIRED, ())), set()
        while queue:
            entry = queue.pop()
            if is_concept(entry):
                queue += concepts[entry]
            elif len(entry) >= MIN_REPAIRED and entry.isalpha():
                words.add(fold(entry))
        return words

    def _file(self, pattern: Pattern, concept: str) -> None:
        self._declare(pattern.keys)
        if len(pattern.steps) == 1:
            for key in pattern.keys:
                self._implied.setdefault(key, set()).add(concept)
        else:
            for key in pattern.steps[0].keys:
                self._phrases.setdefault(key, []).append((pattern, concept))

    def _declare(self, keys: FrozenSet[str]) -> None:
        self._asked |= keys
        for key in keys:
            if is_concept(key):
                continue
            if key.startswith("*") or key.endswith("*"):
                entry = (key[:-1], "", key) if key.endswith("*") else ("", key[1:], key)
                if entry not in self._open:
                    self._open.append(entry)
            else:
                self._words.setdefault(key, set()).add(key)

    def _keys(self, word: str, lemma: str) -> FrozenSet[str]:
        found = self._direct(word, lemma)
        if not found and word.isalpha() and not is_dutch(word):
            for meant in self._repair(word):
                found |= self._direct(meant, meant)
        return frozenset(self._with_implied(found))

    def _with_implied(self, keys: Set[str]) -> Set[str]:
        """A word of DAUGHTER is one of CHILD too."""
        found, queue = set(keys), list(keys)
        while queue:
            new = self._implied.get(queue.pop(), set()) - found
            found |= new
            queue += new
        return found

    def _direct(self, word: str, lemma: str) -> Set[str]:
        found = set(self._words.get(word, ())) | set(self._words.get("~" + lemma, ()))
        found |= {key for begin, end, key in self._open if word.startswith(begin) and word.endswith(end)}
        return found

    def _repair(self, word: str) -> List[str]:
        """Words of the lexicon one slip away: a letter too many, too few, other or swapped."""
        if len(word) < MIN_REPAIRED - 1:
            return []
        candidates: Set[str] = set()
        for shorter in _shorter(word):
            candidates |= self._neighbours.get(shorter, set())
        return [meant for meant in candidates if meant[0] == word[0] or sorted(meant) == sorted(word)]

    def positions(self, tokens: List[Token]) -> List[Dict[str, int]]:
        """For every token the keys that match there, with the token where each match ends."""
        at = [dict.fromkeys(self.keys(token.text, token.lemma), index + 1) for index, token in enumerate(tokens)]
        for index, token in enumerate(tokens):
            if not token.is_word:
                at[index][FILLER] = index + 1
        for index in range(len(tokens) - 1, -1, -1):
            for key in list(at[index]):
                for pattern, concept in self._phrases.get(key, ()):
                    stop = pattern.match(at, index, min(index + LONGEST_PHRASE, len(tokens)))
                    for said in self._with_implied({concept}) if stop else ():
                        at[index][said] = max(stop, at[index].get(said, 0))
        return at
