"""Cuts a message into clauses and says of each what it is: a question, a condition, a threat, advice, a denial.

Dictated messages have no punctuation, so a clause also begins where a subject with its own verb begins.
"""

from __future__ import annotations

import dataclasses
from typing import Dict, FrozenSet, Iterable, List, Optional, Set

from naast.understanding.facts.lexicon import Lexicon, load_words, small_words
from naast.understanding.facts.numbers import Number, find_numbers
from naast.understanding.facts.patterns import Pattern, compile_pattern
from naast.understanding.facts.tokens import Token, tokenize

SENTENCE_ENDS = frozenset(".!?;\n")
LEAST_AMOUNT = 21  # smaller ones are ages, or count things, unless "euro" follows
LONGEST_CLAUSE = 80  # bounds the search in a message without any sign or verb
CLAUSE_ENDS = frozenset(",:()–—/")


@dataclasses.dataclass
class Clause:
    """Tokens `start` to `end`; `present` is every key that matches in it; `flags` says what kind of clause it is."""

    start: int
    end: int
    sentence: int
    present: FrozenSet[str]
    flags: Set[str] = dataclasses.field(default_factory=set)


@dataclasses.dataclass
class Reading:
    """A message, read in one language: tokens, what matches at each of them, and the clauses."""

    language: str
    tokens: List[Token]
    at: List[Dict[str, int]]
    numbers: List[Number]
    clauses: List[Clause]

    def clause_of(self, position: int) -> Clause:
        return next(clause for clause in self.clauses if clause.start <= position < clause.end)

    def word(self, position: int) -> str:
        return self.tokens[position].text if 0 <= position < len(self.tokens) else ""

    def is_one(self, position: int, *names: str) -> bool:
        """Is the word one of these sets of words.yml?"""
        word, words = self.word(position), small_words(self.language)
        return any(word in words[name] for name in names)

    def any_has(self, positions: Iterable[int], key: str) -> bool:
        return any(self.has(position, key) for position in positions)

    def denies(self, clause: Clause, position: int) -> bool:
        """Is what is said at this word denied? "niks betaald en meteen geblokkeerd" denies the payment only."""
        if "denied" in clause.flags:
            return True
        first = last = position
        while first > clause.start and not self.has(first, "AND") and not self.has(first, "BUT"):
            first -= 1
        while last + 1 < clause.end and not self.has(last + 1, "AND") and not self.has(last + 1, "BUT"):
            last += 1
        return any(self.has(index, "NEG") and not self.has(index, "NO_DENIAL") for index in range(first, last + 1))

    def has(self, position: int, key: str) -> bool:
        return 0 <= position < len(self.at) and key in self.at[position]


class Reader:
    """Turns text into a Reading, with the flags of flags.yml of its language."""

    def __init__(self, language: str, lexicon: Lexicon, flags: Dict[str, List[Pattern]]) -> None:
        self.language = language
        self._lexicon = lexicon
        self._flags = flags

    def read(self, text: object) -> Optional[Reading]:
        tokens = tokenize(text)
        if not tokens:
            return None
        at = self._lexicon.positions(tokens)
        numbers = find_numbers(tokens, self.language)
        for number in numbers:
            at[number.start]["NUMBER"] = number.end
            if number.money or number.value >= LEAST_AMOUNT or "CURRENCY" in at[min(number.end, len(at) - 1)]:
                at[number.start]["AMOUNT"] = number.end
        clauses = self._cut(tokens, at)
        reading = Reading(self.language, tokens, at, numbers, clauses)
        for clause in clauses:
            for flag, patterns in self._flags.items():
                if any(p.possible(clause.present) and p.find(at, clause.start, clause.end) for p in patterns):
                    clause.flags.add(flag)
        _spread(reading)
        return reading

    def _cut(self, tokens: List[Token], at: List[Dict[str, int]]) -> List[Clause]:
        clauses: List[Clause] = []
        begin, sentence = 0, 0

        def close(stop: int) -> None:
            nonlocal begin
            if stop > begin:
                present = frozenset().union(*(at[index].keys() for index in range(begin, stop)))
                clauses.append(Clause(begin, stop, sentence, present))
            begin = stop

        for index, token in enumerate(tokens):
            if token.text in SENTENCE_ENDS or token.text in CLAUSE_ENDS:
                close(index + 1)
                sentence += token.text in SENTENCE_ENDS
            elif index - begin >= LONGEST_CLAUSE or index > begin and _opens(at, index):
                close(index)
        close(len(tokens))
        return clauses


def _has(at: List[Dict[str, int]], index: int, *keys: str) -> bool:
    return 0 <= index < len(at) and any(key in at[index] for key in keys)


def _opens(at: List[Dict[str, int]], index: int) -> bool:
    """Does a clause begin at this word, without a sign before it?"""
    if _has(at, index, "CONJUNCTION"):
        return not _has(at, index, "BUT") or _starts_with_verb_near(at, index)
    if _has(at, index, "IF"):
        return not _has(at, index - 1, "COMPARING") and not _has(at, index + 1, "ROLE")
    if _has(at, index, "AND"):
        return _has(at, index + 1, "OPENER", "FINITE", "SUBJECT", "NEG", "POSSESSIVE", "THAT")
    if _has(at, index - 1, "SUBORDINATOR", "FINITE", "CONJUNCTION", "AND", "IF", "OPENER"):
        return False
    if _has(at, index, "SUBJECT"):
        return _has(at, index + 1, "FINITE")
    return _has(at, index, "POSSESSIVE") and _has(at, index + 1, "CHILD") and _has(at, index + 2, "FINITE")


def _starts_with_verb_near(at: List[Dict[str, int]], index: int) -> bool:
    """Tells "maar hij wil" from "blijft maar vragen" and "geen geld maar foto's"."""
    if _has(at, index - 1, "BEFORE_MERE_BUT"):
        return False
    return any(_has(at, after, "FINITE") for after in range(index + 1, index + 5))


def _spread(reading: Reading) -> None:
    """A question mark ends a question; a condition covers what follows from it, in the same sentence."""
    for clause, following in zip(reading.clauses, [*reading.clauses[1:], None]):
        if reading.word(clause.end - 1) == "?":
            clause.flags.add("question_mark")
        if following is not None and following.sentence == clause.sentence:
            if "condition" in clause.flags and not following.flags & {"contrast", "condition"}:
                following.flags.add("consequence")
            if "condition" in following.flags:
                clause.flags.add("conditional")
            if "indirect_question" in following.flags:
                following.flags.add("question")
    elsewhere = {clause.sentence for clause in reading.clauses if "other_case" in clause.flags}
    for clause in reading.clauses:
        if clause.flags & {"condition", "consequence", "wish"}:
            clause.flags.add("hypothetical")
        if clause.sentence in elsewhere:
            clause.flags.add("other_case")


def load_flags(language: str) -> Dict[str, List[Pattern]]:
    return {
        flag: [pattern for line in lines for pattern in compile_pattern(line)]
        for flag, lines in load_words("flags.yml", language).items()
    }
