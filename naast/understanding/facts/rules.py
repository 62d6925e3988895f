"""Rules over clauses: a pattern that is said, in a clause of the right kind, is a fact.

A file of patterns/rules holds, for one fact (`fact`), what holds for all its rules (`unless`, flags of the clause)
and a list of rules:

    value      the fact's value; or `each: {value: CONCEPT}` with the word HERE in the patterns
    negated    the value when the clause says no; `retract` takes a list value back, `nothing` says nothing;
               without it a denial changes nothing
    say        patterns, one is enough
    without    patterns that must not be in the clause; `message_without`: in the message
    message_with  patterns, one of which must be somewhere in the message
    unless     flags in which the rule says nothing, added to the file's
    even       flags of the file's `unless` that do not stop this rule
    given      facts the rest of the message must say: {offender: [stranger]}; such rules run last
"""

from __future__ import annotations

import dataclasses
import functools
from typing import Any, Dict, FrozenSet, Iterable, List, Optional, Tuple, Union

from naast.understanding.facts.clauses import Clause, Reading
from naast.understanding.facts.lexicon import PATTERNS, load
from naast.understanding.facts.patterns import Pattern, compile_pattern

Value = Union[bool, int, str]
ALWAYS_UNLESS = frozenset({"other_case"})
RETRACT, NOTHING = "retract", "nothing"
_OPTIONS = frozenset({"negated", "message_with", "without", "message_without", "unless", "even", "given"})
_FIELDS = _OPTIONS | {"value", "each", "say"}


@dataclasses.dataclass(frozen=True)
class Fact:
    """Something the message says: characters `start` to `end` say that `name` is `value`."""

    name: str
    value: Value
    start: int
    end: int


def _compiled(lines: Iterable[str]) -> Tuple[Pattern, ...]:
    return tuple(pattern for line in lines for pattern in compile_pattern(line))


def _found(patterns: Iterable[Pattern], reading: Reading, clause: Clause) -> bool:
    return any(
        pattern.possible(clause.present) and pattern.find(reading.at, clause.start, clause.end) for pattern in patterns
    )


@dataclasses.dataclass(frozen=True)
class Rule:
    fact: str
    value: Value
    negated: Optional[Value]
    say: Tuple[Pattern, ...]
    message_needs: Tuple[Pattern, ...]
    without: Tuple[Pattern, ...]
    message_without: Tuple[Pattern, ...]
    unless: FrozenSet[str]
    given: Tuple[Tuple[str, FrozenSet[Value]], ...]
    has_negation: bool

    def patterns(self) -> Iterable[Pattern]:
        return (*self.say, *self.message_needs, *self.without, *self.message_without)

    @functools.cached_property
    def beginnings(self) -> FrozenSet[str]:
        """A clause without any of these keys holds none of the patterns: most rules are done with there."""
        return frozenset().union(*(pattern.steps[0].keys for pattern in self.say))

    def facts(self, reading: Reading, clause: Clause) -> List[Fact]:
        if self.beginnings.isdisjoint(clause.present) or clause.flags & self.unless:
            return []
        for pattern in self.say:
            if not pattern.possible(clause.present):
                continue
            for start, stop in pattern.find(reading.at, clause.start, clause.end):
                fact = self._fact(reading, clause, start, stop)
                return [fact] if fact else []
        return []

    def _fact(self, reading: Reading, clause: Clause, start: int, stop: int) -> Optional[Fact]:
        if _found(self.without, reading, clause):
            return None
        if self.message_needs and not any(_found(self.message_needs, reading, each) for each in reading.clauses):
            return None
        if any(_found(self.message_without, reading, each) for each in reading.clauses):
            return None
        name, value = self.fact, self.value
        if self.negated == RETRACT:
            if "condition" not in clause.flags and not self.has_negation and reading.any_has(range(start, stop), "NEG"):
                if not reading.any_has((stop - 2, stop - 3), "NEG") or not reading.has(stop - 1, "DEMANDED"):
                    return None
                name = "retracted"
        elif self.negated is not None and not self.has_negation and reading.denies(clause, stop - 1):
            if self.negated == NOTHING:
                return None
            value = self.negated
        return Fact(name, value, reading.tokens[start].start, reading.tokens[stop - 1].end)


def _rules(fact: str, unless: FrozenSet[str], source: Dict[str, Any]) -> Iterable[Rule]:
    unknown = set(source) - _FIELDS
    if unknown:
        raise ValueError(f"{fact}: unknown field {sorted(unknown)}")
    for value, concept in source.get("each", {source.get("value"): "HERE"}).items():
        lines_of = {
            field: [line.replace("HERE", concept) for line in source.get(field, ())]
            for field in ("say", "message_with", "without", "message_without")
        }
        for with_negation in (False, True):
            lines = [line for line in lines_of["say"] if ("NEG" in line.replace("|", " ").split()) is with_negation]
            if lines:
                yield Rule(
                    fact=fact,
                    value=value,
                    negated=source.get("negated"),
                    say=_compiled(lines),
                    message_needs=_compiled(lines_of["message_with"]),
                    without=_compiled(lines_of["without"]),
                    message_without=_compiled(lines_of["message_without"]),
                    unless=(ALWAYS_UNLESS | unless | set(source.get("unless", ()))) - set(source.get("even", ())),
                    given=tuple((name, frozenset(values)) for name, values in source.get("given", {}).items()),
                    has_negation=with_negation,
                )


def load_rules(language: str) -> List[Rule]:
    rules: List[Rule] = []
    for path in sorted((PATTERNS / language / "rules").glob("*.yml")):
        content = load(f"rules/{path.name}", language)
        for block in content if isinstance(content, list) else [content]:
            for source in block["rules"]:
                rules += _rules(block["fact"], frozenset(block.get("unless", ())), source)
    return rules
