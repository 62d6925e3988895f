"""Numbers in figures, words and slang: "1.500", "tweehonderdvijftig", "anderhalf honderd", "twee barkies", "3x 50"."""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import Dict, List, Optional

from naast.understanding.facts.lexicon import FIRST, load, small_words
from naast.understanding.facts.tokens import Token

_FIGURES = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?")


@dataclasses.dataclass(frozen=True)
class Number:
    """A number said by tokens `start` to `end`; `money` where the word itself means money ("barkie")."""

    value: float
    start: int
    end: int
    money: bool = False


@functools.lru_cache(maxsize=None)
def _words(language: str) -> Dict[str, Dict[str, float]]:
    return load("numbers.yml", language)


def _figures(word: str) -> Optional[float]:
    match = _FIGURES.fullmatch(word)
    if not match or len(word) > 12:
        return None
    whole, cents = match.groups()
    return int(re.sub(r"\D", "", whole)) + (int(cents) / 10 ** len(cents) if cents else 0)


@functools.lru_cache(maxsize=4096)
def word_value(word: str, language: str = FIRST) -> Optional[float]:
    """The value of one number word, Dutch compounds included; None where any part of it is not a number."""
    small = _words(language)["small"]
    if word in small:
        return small[word]
    if language != FIRST:
        return None
    for unit, worth in (("duizend", 1000), ("honderd", 100)):
        if unit in word:
            before, _, after = word.partition(unit)
            times = word_value(before) if before else 1
            rest = word_value(re.sub(r"^en(?!$)", "", after)) if after else 0
            if times is None or rest is None or rest >= worth:
                return None
            return times * worth + rest
    match = re.fullmatch(r"(\w{3,6}?)en(\w{6,8})", word)
    if match:
        ones, tens = small.get(match.group(1), 0), small.get(match.group(2), 0)
        if 1 <= ones <= 9 and 20 <= tens <= 90:
            return ones + tens
    return None


def _value(word: str, language: str) -> Optional[float]:
    return _figures(word) if word[0].isdigit() else word_value(word, language)


def find_numbers(tokens: List[Token], language: str = FIRST) -> List[Number]:
    """Every number, read from left to right; neighbours that make one number are taken together."""
    found: List[Number] = []
    index = 0
    while index < len(tokens):
        number = _number_at(tokens, index, language)
        if number:
            found.append(number)
        index = number.end if number else index + 1
    return found


def _number_at(tokens: List[Token], start: int, language: str) -> Optional[Number]:
    slang, scales = _words(language)["money"], _words(language)["scale"]
    said = small_words(language)
    word = tokens[start].text
    if word in slang:
        return Number(slang[word], start, start + 1, money=True)
    value = _words(language)["fraction"].get(word)
    if value is None:
        value = _value(word, language)
    if value is None:
        return None
    end, money, last = start + 1, False, value
    while end < len(tokens):
        word = tokens[end].text
        if word in slang:
            value, money = value * slang[word], True
        elif word in scales and value < 1000:
            value, last = value * scales[word], scales[word]
        elif word in said["times"] and end + 1 < len(tokens) and _number_at(tokens, end + 1, language):
            times = _number_at(tokens, end + 1, language)
            return Number(value * times.value, start, times.end, times.money) if times else None
        elif last >= 100 and value % 100 == 0 and not word[0].isdigit() and 0 < (word_value(word, language) or 0) < 100:
            value, last = value + (word_value(word, language) or 0), 1
        elif word in said["joins"] and last >= 100 and value % 100 == 0 and _tens(tokens, end + 1, language):
            value, last = value + _tens(tokens, end + 1, language), 1
            end += 1
        elif " ".join(token.text for token in tokens[end : end + 3]) in said["and_a_half"]:
            return Number(value + 0.5, start, end + 3, money)
        else:
            break
        end += 1
    return Number(value, start, end, money)


def _tens(tokens: List[Token], index: int, language: str) -> float:
    """What follows in "two hundred and fifty"; 0 where it is no number below a hundred in words."""
    value = word_value(tokens[index].text, language) if index < len(tokens) else None
    return value if value is not None and value < 100 else 0.0
