"""`make ordinary-words`: the words of the training messages, by which naast/privacy/names.py tells a name from a word.

A word counts when it was written in lower case three times and is no name that a parent gave a child.
"""

from __future__ import annotations

import collections
import re
from pathlib import Path

import yaml

from naast.privacy.names import ORDINARY

MESSAGES = Path("data/nlu")
LEAST = 3
_WORD = re.compile(r"[a-zà-öø-ÿ][a-zà-öø-ÿ'’-]+")
_NAMED = re.compile(r"\b(?:heet|genaamd|ons|zoon|dochter|kleinzoon|kleindochter)\s+([A-Z][a-zà-ÿ]+)")


def ordinary_words() -> list:
    counted: collections.Counter = collections.Counter()
    named = set()
    for path in sorted(MESSAGES.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                named |= {name.lower() for name in _NAMED.findall(line)}
                counted.update(_WORD.findall(re.sub(r"\b[A-Z]\w*", "", line)))
    return sorted(word for word, count in counted.items() if count >= LEAST and word not in named)


if __name__ == "__main__":
    ORDINARY.write_text("\n".join(ordinary_words()) + "\n", encoding="utf-8")
