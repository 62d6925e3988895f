"""Reads patterns/<language>/*.yml and finds what they name in a text. Plain Python: knows neither Rasa nor a model.

All languages are read in every message: at night people mix them, and nothing may hang on a guess of the language.

A hit is a stretch of a sentence. An exclusion (idiom, denial, resolved danger) covers a stretch too, and takes away
only the hits it touches: "geen zelfmoordgedachten, maar ze snijdt zichzelf" keeps its second half.
"""

from __future__ import annotations

import dataclasses
import functools
import pathlib
import re
from typing import Dict, FrozenSet, Iterator, List, Optional, Pattern, Tuple

import yaml

from naast.understanding.safety.text import sentences, without_accents

DIRECTORY = pathlib.Path(__file__).parent / "patterns"
KINDS = ("suicidal", "danger")
COVERS = ("span", "sentence", "before", "across")
STOP = " . "
"""Between the sentences for an exclusion that reads across them."""
COMMON = frozenset("enatirosdl ")  # letters, in Dutch and in English
LEAST_LEFT = 3  # words: the "ik" that is left of "ik schaam me dood" says nothing

_MACRO = re.compile(r"<(\w+)>")


@dataclasses.dataclass(frozen=True)
class Rule:
    """`has` are letters one of which a sentence must hold before the slower `regex` is tried; `threes` are three of
    each, which are looked up sooner than the letters themselves (None: some are shorter than three)."""

    id: str
    kinds: FrozenSet[str]
    has: Tuple[str, ...]
    regex: Pattern[str]
    covers: str = "span"
    unless_doubted: bool = False
    denies: bool = False
    threes: Optional[FrozenSet[str]] = None

    def spans(self, sentence: str, threes: Optional[FrozenSet[str]] = None) -> List[Tuple[int, int]]:
        """Where it matches; `threes` of the sentence, where they are at hand, only make it faster."""
        if threes is not None and self.threes is not None and self.threes.isdisjoint(threes):
            return []
        if self.has:
            for letters in self.has:  # a plain loop: any() takes twice as long, and this is asked most of all
                if letters in sentence:
                    break
            else:
                return []
        return [match.span() for match in self.regex.finditer(sentence)]


@dataclasses.dataclass(frozen=True)
class Hit:
    """Pattern `id` of `kind`, found in sentence number `sentence` from `start` to `end`."""

    id: str
    kind: str
    sentence: int
    start: int
    end: int


@dataclasses.dataclass(frozen=True)
class Reading:
    """What the patterns make of a text.

    `hits` are left after the exclusions, the first of each pattern; `excluded` are the exclusions that matched;
    `excused`: the kinds of danger they speak of; `denies`: one of them, in no question, is a denial of wanting to die
    or of hurting oneself;
    `rest` are the sentences with the excluded stretches cut out: what may still speak for a sign of danger.
    """

    hits: List[Hit]
    excluded: List[str]
    sentences: List[str]
    rest: List[str]
    excused: FrozenSet[str] = frozenset()
    denies: bool = False


@dataclasses.dataclass(frozen=True)
class Rules:
    signs: List[Rule]
    exclusions: List[Rule]
    doubts: List[Rule]


def read(text: object) -> Reading:
    """Find the signs of danger in a text of any length; nothing for what is not text."""
    rules = load()
    parts = sentences(text)
    threes = [_threes(part) for part in parts]
    whole = STOP.join(parts)
    threes_of_whole = _threes(whole)
    doubted = any(rule.spans(part) for rule in rules.doubts for part in parts)
    covered: List[Tuple[Rule, int, int, int]] = []
    for rule in rules.exclusions:
        if not (doubted and rule.unless_doubted):
            if rule.covers == "across":
                found = _across(rule.spans(whole, threes_of_whole), parts)
            else:
                found = _within(rule, parts, threes)
            covered.extend((rule, *place) for place in found)
    hits: Dict[str, Hit] = {}
    for number, part in enumerate(parts):
        for rule in rules.signs:
            for start, end in rule.spans(part, threes[number]):
                hit = Hit(rule.id, next(iter(rule.kinds)), number, start, end)
                if rule.id not in hits and not any(_takes_away(*cover, hit) for cover in covered):
                    hits[rule.id] = hit
    rest = list(parts)
    for _, number, start, end in covered:
        rest[number] = rest[number][:start] + "\0" * (end - start) + rest[number][end:]
    return Reading(
        hits=list(hits.values()),
        excluded=sorted({rule.id for rule, *_ in covered}),
        sentences=parts,
        rest=[part for part in (_left(part) for part in rest) if len(part.split()) >= LEAST_LEFT],
        excused=frozenset().union(*(rule.kinds for rule, *_ in covered)),
        denies=any(rule.denies and not parts[number].endswith("?") for rule, number, *_ in covered),
    )


def _threes(text: str) -> FrozenSet[str]:
    """Every three letters that stand beside each other."""
    return frozenset(map("".join, zip(text, text[1:], text[2:])))


def _rarest_three(letters: str) -> str:
    """The three letters of these that other words are least likely to hold."""
    return min(sorted(_threes(letters)), key=lambda three: sum(letter in COMMON for letter in three))


def _within(rule: Rule, parts: List[str], threes: List[FrozenSet[str]]) -> Iterator[Tuple[int, int, int]]:
    for number, part in enumerate(parts):
        for start, end in rule.spans(part, threes[number]):
            yield number, start, end


def _across(spans: List[Tuple[int, int]], parts: List[str]) -> Iterator[Tuple[int, int, int]]:
    """The same for a rule that reads over the ends of sentences: what it covers of each sentence."""
    begin = 0
    for number, part in enumerate(parts):
        for start, end in spans:
            first, last = max(start - begin, 0), min(end - begin, len(part))
            if first < last:
                yield number, first, last
        begin += len(part) + len(STOP)


def _left(part: str) -> str:
    return " ".join(part.replace("\0", "").split()).strip(" ,?")


def _takes_away(rule: Rule, number: int, start: int, end: int, hit: Hit) -> bool:
    if hit.kind not in rule.kinds:
        return False
    if rule.covers == "before" and (hit.sentence, hit.start) <= (number, end):
        return True
    if hit.sentence != number:
        return False
    return rule.covers == "sentence" or (hit.start < end and start < hit.end)


@functools.lru_cache(maxsize=1)
def load() -> Rules:
    """Read the YAML files once; a mistake in one of them is an error at once, never a rule that silently sleeps."""
    rules = Rules([], [], [])
    for folder in sorted(path for path in DIRECTORY.iterdir() if path.is_dir()):
        words = {name: "(?:" + "|".join(forms.split(", ")) + ")" for name, forms in _yaml(folder, "words", {}).items()}
        for kind in KINDS:
            rules.signs.extend(_rule(entry, words, frozenset({kind})) for entry in _yaml(folder, kind, []))
        exclusions = _yaml(folder, "exclusions", [])
        rules.exclusions.extend(_rule(entry, words, frozenset(entry.get("kinds", KINDS))) for entry in exclusions)
        rules.doubts.extend(_rule(entry, words, frozenset()) for entry in _yaml(folder, "doubts", []))
    every = [rule.id for rule in [*rules.signs, *rules.exclusions, *rules.doubts]]
    twice = {name for name in every if every.count(name) > 1}
    if twice:
        raise ValueError(f"safety patterns: ids used twice: {sorted(twice)}")
    return rules


def _yaml(folder: pathlib.Path, name: str, otherwise):
    """A file of one language; a language may do with the plainest signs only."""
    path = folder / f"{name}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else otherwise


def _rule(entry: Dict, words: Dict[str, str], kinds: FrozenSet[str]) -> Rule:
    unknown = set(entry) - {"id", "kinds", "has", "regex", "covers", "unless_doubted", "denies"}
    covers = entry.get("covers", "span")
    has = tuple(without_accents(letters) if isinstance(letters, str) else letters for letters in entry.get("has", ()))
    unquoted = [
        letters for letters in has if not isinstance(letters, str)
    ]  # YAML reads no, on and 113 as something else
    if unknown or unquoted or covers not in COVERS or not kinds <= set(KINDS):
        raise ValueError(f"safety patterns: {entry['id']}: wrong keys or values {sorted(unknown)} {unquoted}")
    regex = without_accents("|".join(_expand(line, words) for line in entry["regex"]))
    return Rule(
        id=entry["id"],
        kinds=kinds,
        has=has,
        regex=re.compile(rf"(?<!\w)(?:{regex})(?!\w)"),
        covers=covers,
        unless_doubted=bool(entry.get("unless_doubted", False)),
        denies=bool(entry.get("denies", False)),
        threes=frozenset(map(_rarest_three, has)) if has and min(map(len, has)) >= 3 else None,
    )


def _expand(line: str, words: Dict[str, str]) -> str:
    """Fill in <names>: a word list, or <g3> for a gap of up to three words without a comma."""
    while True:
        match = _MACRO.search(line)
        if match is None:
            return line
        name = match.group(1)
        gap = rf"(?: [\w']+){{0,{name[1:]}}}"
        filled = gap if re.fullmatch(r"g\d", name) else words[name]
        line = line[: match.start()] + filled + line[match.end() :]
