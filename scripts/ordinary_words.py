"""`make ordinary-words`: the words of the training messages, by which naast/privacy/names.py tells a name from a word.

A Dutch word counts when it was written in lower case three times and is no name that a parent gave a child. Of another
language there are fewer messages: there once is enough, and the words of its guidance count too.
"""

from __future__ import annotations

import collections
import re
from pathlib import Path

import yaml

from naast.guidance.library import FIRST, GUIDANCE, languages
from naast.privacy.names import ORDINARY, WORDS

MESSAGES = Path("data/nlu")
LEAST = 3
_WORD = re.compile(r"[a-zà-öø-ÿ][a-zà-öø-ÿ'’-]+")
_NAMED = re.compile(r"\b(?:heet|genaamd|ons|zoon|dochter|kleinzoon|kleindochter)\s+([A-Z][a-zà-ÿ]+)")


def ordinary_words() -> list:
    counted: collections.Counter = collections.Counter()
    named = set()
    for path in sorted((MESSAGES / FIRST).glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                named |= {name.lower() for name in _NAMED.findall(line)}
                counted.update(_WORD.findall(re.sub(r"\b[A-Z]\w*", "", line)))
    return sorted(word for word, count in counted.items() if count >= LEAST and word not in named)


def words_of(language: str) -> list:
    """The words of a language that is not the first one."""
    files = [*(MESSAGES / language).glob("*.yml"), *(GUIDANCE / language).rglob("*.yml")]
    found: set = set()
    for path in files:
        text = re.sub(r"\{[^}]*\}|\b[A-Z][\w'’]*", "", path.read_text(encoding="utf-8")).replace("’", "'")
        found.update(word.strip("'-") for word in _WORD.findall(text))
    return sorted(word for word in found if len(word) > 1)


if __name__ == "__main__":
    ORDINARY.write_text("\n".join(ordinary_words()) + "\n", encoding="utf-8")
    for each in languages():
        if each != FIRST:
            (WORDS / f"{each}.txt").write_text("\n".join(words_of(each)) + "\n", encoding="utf-8")
