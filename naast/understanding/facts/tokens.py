"""Cuts a message into folded tokens whose offsets still point into the original text.

spaCy's own tokenizer keeps "14jr", "snap,insta" and "300euro" together, so the cut is ours; its lookup lemmatizer then
says which word a form belongs to. spaCy is loaded at first use: importing this module must stay cheap.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from typing import FrozenSet, List, Tuple

import spacy
from spacy.language import Language
from spacy.lookups import Table
from spacy.tokens import Doc

MAX_CHARACTERS = 20_000  # a channel refuses more long before; here it only bounds the work

_MARKUP = re.compile(r"<[^<>]{1,200}>|&#?\w{1,8};")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|['’][a-z]\b|[^\W\d_]+(?:['’\-][^\W\d_]+)*|\n|[^\w\s]")


@dataclasses.dataclass(frozen=True)
class Token:
    """One word, number or sign. `text` is lower case without accents; `start` and `end` are offsets in the message."""

    text: str
    lemma: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or len(self.text) > 1


@functools.lru_cache(maxsize=1)
def spacy_pipeline() -> Language:
    """Blank Dutch with the lookup lemmatizer; no statistical model, so it loads in a second and never surprises."""
    pipeline = spacy.blank("nl")
    pipeline.add_pipe("lemmatizer", config={"mode": "lookup"})
    pipeline.initialize()
    return pipeline


@functools.lru_cache(maxsize=1)
def _word_lists() -> Tuple[Table, FrozenSet[str]]:
    forms = spacy_pipeline().get_pipe("lemmatizer").lookups.get_table("lemma_lookup")  # type: ignore[attr-defined]
    return forms, frozenset(fold(lemma) for lemma in forms.values())


def is_dutch(word: str) -> bool:
    """Does spaCy's lemma table know the word? Then it is not a typing error."""
    forms, lemmas = _word_lists()
    return word in forms or word in lemmas


def fold(text: str) -> str:
    """Lower case, accents off, one apostrophe: "Geëist" and "geeist" are the same word."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _blank(match: "re.Match[str]") -> str:
    return " " * len(match.group())


def tokenize(text: object) -> List[Token]:
    """Tokens of a message; nothing for what is not text. Markup is blanked, never removed, so offsets hold."""
    if not isinstance(text, str):
        return []
    readable = _MARKUP.sub(_blank, text[:MAX_CHARACTERS])
    matches = [match for match in _TOKEN.finditer(readable) if not "\ud800" <= match.group()[0] <= "\udfff"]
    words = [fold(match.group()) or match.group() for match in matches]
    if not words:
        return []
    pipeline = spacy_pipeline()
    doc = pipeline.get_pipe("lemmatizer")(Doc(pipeline.vocab, words=words))  # type: ignore[operator]
    return [
        Token(word, fold(lexeme.lemma_), match.start(), match.end()) for word, lexeme, match in zip(words, doc, matches)
    ]
