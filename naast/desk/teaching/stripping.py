"""Takes more out of a message than is taken out before it is kept: who knows the family must not know the story again.

What the redactor leaves because the advice needs it (ages, amounts, days) becomes its kind. A person reads the rest.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any, List, Mapping, Tuple

import yaml

from naast.desk.texts import Texts
from naast.privacy.redact import redact

_AGE = re.compile(r"\b\d{1,2}(?=[\s-]*(?:jaar|jr|jarige?|years?)\b)|(?<=\bvan )\d{1,2}\b(?!\s*(?:euro|€))", re.I)
_AMOUNT = re.compile(r"(?:€|\beuro|\beur|\$)\s*\d(?:[\d.,]*\d)?|\d(?:[\d.,]*\d)?\s*(?:(?:euro|eur|dollar|k)\b|€)", re.I)
_NUMBER = re.compile(r"(?<![\w[])(?:\d[\d.,:/-]*\d(?!\w)|\d\w*)")
_REPEATED = (
    ("child_age", "age", r"(?<![\w.,-])(?<!\d ){value}(?![\w.,-]*\d)(?!\s*(?:dagen|uur|days|hours))"),
    ("amount_eur", "amount", r"(?:€\s*)?(?<![\w.,-]){value}(?:\s*(?:euros?|€))|€\s*{value}(?!\d)"),
)
_WITHIN = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-Ý][\w'’-]+")
"""A word with a capital that does not begin a sentence: a name, often."""


@functools.lru_cache(maxsize=1)
def _words() -> Tuple[List[Tuple[str, re.Pattern]], frozenset]:
    read = yaml.safe_load(Path(__file__).with_name("stripping.yml").read_text(encoding="utf-8"))
    kept = frozenset(read.pop("kept"))
    return [(kind, re.compile(rf"\b(?:{'|'.join(words)})\b", re.I)) for kind, words in read.items()], kept


def strip(text: str, texts: Texts) -> str:
    """The message with ages, amounts, other numbers, days and months as "[leeftijd]", in the language of `texts`."""
    kinds, kept = _words()

    def kind(name: str) -> str:
        return f"[{texts('stripped.' + name)}]"

    text = redact(text)
    for name, found in (("amount", _AMOUNT), ("age", _AGE)):
        text = found.sub(kind(name), text)
    text = _NUMBER.sub(lambda found: found[0] if found[0] in kept else kind("number"), text)
    for name, found in kinds:
        text = found.sub(kind(name), text)
    return text


def strip_answer(text: str, slots: Mapping[str, Any], texts: Texts) -> str:
    """What Naast said, without the age and the amount that it repeats: those that its slots hold. Its own numbers stay,
    to call above all."""
    for fact, name, pattern in _REPEATED:
        if slots.get(fact) is not None:
            text = re.sub(pattern.format(value=re.escape(str(slots[fact]))), f"[{texts('stripped.' + name)}]", text)
    return text


def look_again(text: str) -> List[str]:
    """Words that may be names, for the person who reads it: the redactor does not know every name."""
    return list(dict.fromkeys(_WITHIN.findall(text)))
