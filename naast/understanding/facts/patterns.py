"""The small language of the YAML files: what an editor writes becomes a sequence to look for in tokens.

    betaald            this word (accents and capitals do not matter)
    betaald|gestort    one of these
    nu|op_dit_moment   `_`: an alternative of several words
    naakt*  *account   a beginning, an ending
    ~betalen           any form of the word
    PAY                anything the lexicon files under that name
    heeft ... betaald  any number of words between; `..` is at most three
    nog? niets         `?`: may be left out
    ^ and $            beginning and end of the clause ("en", "maar", "ja" before it do not count: the concept LEAD)

Between neighbours, words that carry no meaning here ("gewoon", "ook", "eh") are skipped: the concept FILLER.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Dict, FrozenSet, List, Sequence, Tuple

from naast.understanding.facts.tokens import fold

FILLER = "FILLER"
LEAD = "LEAD"
NEAR, FAR = 3, 1000
_CONCEPT = re.compile(r"[A-Z][A-Z_]+$")

Positions = Sequence[Dict[str, int]]  # for each token: what matches there, and the token after the match


@dataclasses.dataclass(frozen=True)
class Step:
    """One element of a pattern and how many words may come before it."""

    keys: FrozenSet[str]
    gap: int
    starts: bool = False


@dataclasses.dataclass(frozen=True)
class Pattern:
    steps: Tuple[Step, ...]
    ends: bool = False

    @property
    def keys(self) -> FrozenSet[str]:
        return frozenset().union(*(step.keys for step in self.steps))

    def possible(self, present: FrozenSet[str]) -> bool:
        """Cheap test before the search: is every step somewhere in the clause?"""
        # A loop: this runs two thousand times a message, and `all` takes twice as long.
        for step in self.steps:  # noqa: SIM110
            if step.keys.isdisjoint(present):
                return False
        return True

    def find(self, at: Positions, start: int, end: int) -> List[Tuple[int, int]]:
        """All matches between two tokens, at most one for each token it may begin at."""
        first = self.steps[0]
        found: List[Tuple[int, int]] = []
        for position in range(start, start + 1 if first.starts else end):
            while first.starts and position < end and LEAD in at[position]:
                position += 1
            if position >= end:
                continue
            stop = self.match(at, position, end)
            if stop:
                found.append((position, stop))
        return found

    def match(self, at: Positions, position: int, end: int) -> int:
        """Where a match that begins at this token ends; 0 when there is none."""
        return 0 if self.steps[0].keys.isdisjoint(at[position]) else self._follow(at, position, end, 0)

    def _follow(self, at: Positions, position: int, end: int, index: int) -> int:
        here = [at[position][key] for key in self.steps[index].keys if key in at[position]]
        for stop in sorted(set(here), reverse=True):
            if stop > end:
                continue
            if index + 1 == len(self.steps):
                if not self.ends or _skip_fillers(at, stop, end) >= end:
                    return stop
                continue
            following = self.steps[index + 1]
            candidate, skipped = stop, 0
            while candidate < end and skipped <= following.gap:
                if not following.keys.isdisjoint(at[candidate]):
                    reached = self._follow(at, candidate, end, index + 1)
                    if reached:
                        return reached
                skipped += FILLER not in at[candidate]
                candidate += 1
        return 0


def _skip_fillers(at: Positions, position: int, end: int) -> int:
    while position < end and FILLER in at[position]:
        position += 1
    return position


def is_concept(key: str) -> bool:
    return bool(_CONCEPT.match(key))


def _keys(element: str) -> FrozenSet[str]:
    return frozenset(part if is_concept(part) else fold(part) for part in element.split("|"))


def compile_pattern(source: str) -> List[Pattern]:
    """The patterns one line stands for: more than one where it has optional words, or choices of several words."""
    words = source.split()
    for index, word in enumerate(words):
        if word.endswith("?"):
            with_it, without_it = words[:], words[:]
            with_it[index] = word[:-1]
            del without_it[index]
            return compile_pattern(" ".join(with_it)) + compile_pattern(" ".join(without_it))
        whole = [part for part in word.split("|") if "_" in part and not is_concept(part)]
        if whole:
            others = [part for part in word.split("|") if part not in whole]
            choices = [part.replace("_", " ") for part in whole] + (["|".join(others)] if others else [])
            lines = [" ".join([*words[:index], choice, *words[index + 1 :]]) for choice in choices]
            return [pattern for line in lines for pattern in compile_pattern(line)]
    ends = len(words) > 1 and words[-1] == "$"
    starts = len(words) > 1 and words[0] == "^"
    steps: List[Step] = []
    gap = 0
    for word in words[starts : len(words) - ends]:
        if word in ("..", "..."):
            gap = NEAR if word == ".." else FAR
            continue
        steps.append(Step(_keys(word), gap, starts=starts and not steps))
        gap = 0
    if not steps:
        raise ValueError(f"an empty pattern: {source!r}")
    return [Pattern(tuple(steps), ends)]
