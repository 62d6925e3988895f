"""What a message says, as facts. Plain Python: knows neither Rasa nor slots."""

from __future__ import annotations

import functools
from typing import Dict, List, Set, Tuple

from naast.understanding.facts.ages import ages
from naast.understanding.facts.amounts import amounts
from naast.understanding.facts.clauses import Reader, Reading, load_flags
from naast.understanding.facts.lexicon import FIRST, PATTERNS, Lexicon, load_words
from naast.understanding.facts.people import relations
from naast.understanding.facts.rules import Fact, Rule, Value, load_rules

LISTS = frozenset({"platforms", "demands", "circumstance", "retracted", "steps_done", "topic"})
CORRECTED = frozenset({"platforms", "demands"})
FEW_WORDS = 7  # between a value and the one that corrects it


@functools.lru_cache(maxsize=None)
def _loaded(language: str) -> Tuple[Reader, List[Rule]]:
    rules, flags = load_rules(language), load_flags(language)
    concepts: Dict[str, List[str]] = {}
    for path in sorted((PATTERNS / language / "lexicon").glob("*.yml")):
        for concept, lines in load_words(f"lexicon/{path.name}", language).items():
            if concept in concepts:
                raise ValueError(f"{path.name}: {concept} is there twice")
            concepts[concept] = lines
    used = [pattern for patterns in flags.values() for pattern in patterns]
    used += [pattern for rule in rules for pattern in rule.patterns()]
    return Reader(language, Lexicon(concepts, used), flags), rules


def reader(language: str = FIRST) -> Reader:
    """The one that knows the words of the patterns of a language."""
    return _loaded(language)[0]


def extract(text: object, language: str = FIRST) -> List[Fact]:
    """The facts of one message by the patterns, in order of place: one per scalar, one per value of a list."""
    reading = reader(language).read(text)
    return extract_from(reading) if reading else []


def extract_from(reading: Reading) -> List[Fact]:
    """The same of a message that was read before."""
    rules = _loaded(reading.language)[1]
    facts = relations(reading) + ages(reading) + amounts(reading)
    facts += _by_rules(reading, [rule for rule in rules if not rule.given])
    facts += corrections(reading, facts)
    settled = settle(facts)
    said: Dict[str, Set[Value]] = {}
    for fact in settled:
        said.setdefault(fact.name, set()).add(fact.value)
    dependent = [
        rule
        for rule in rules
        if rule.given and not said.get(rule.fact) and all(said.get(name, set()) & values for name, values in rule.given)
    ]
    return settle(settled + _by_rules(reading, dependent))


def _by_rules(reading: Reading, rules: List[Rule]) -> List[Fact]:
    return [fact for rule in rules for clause in reading.clauses for fact in rule.facts(reading, clause)]


def corrections(reading: Reading, facts: List[Fact]) -> List[Fact]:
    """ "tiktok, nee wacht, youtube" takes the first one back, as "geen tiktok maar youtube" does in so many words."""
    taken_back = []
    listed = sorted((fact for fact in facts if fact.name in CORRECTED), key=lambda each: each.start)
    for earlier, later in zip(listed, listed[1:]):
        between = [i for i, token in enumerate(reading.tokens) if earlier.end <= token.start < later.start]
        if earlier.name != later.name or len(between) > FEW_WORDS or earlier.value == later.value:
            continue
        if any(reading.has(index, "CORRECTION") for index in between):
            taken_back.append(Fact("retracted", earlier.value, earlier.end, earlier.end))
    return taken_back


def join(said: List[Fact], guessed: List[Fact]) -> List[Fact]:
    """What the patterns read, and of what the model guessed whatever they do not speak of."""
    spoken_of = {fact.name for fact in said if fact.name not in LISTS}
    taken_back = {fact.value for fact in said if fact.name == "retracted"}
    return settle(said + [fact for fact in guessed if fact.name not in spoken_of and fact.value not in taken_back])


def settle(facts: List[Fact]) -> List[Fact]:
    """The last word counts: a later scalar replaces an earlier one, a retracted list value is gone."""
    kept: Dict[Tuple[str, Value], Fact] = {}
    for fact in sorted(facts, key=lambda each: (each.start, each.end)):
        if fact.name == "retracted":
            for name in LISTS - {"retracted"}:
                kept.pop((name, fact.value), None)
        elif fact.name in LISTS:
            kept.pop(("retracted", fact.value), None)
        key = (fact.name, fact.value if fact.name in LISTS else "")
        kept.pop(key, None)
        kept[key] = fact
    return sorted(kept.values(), key=lambda each: (each.start, each.end))
