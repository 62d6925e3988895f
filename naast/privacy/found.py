"""What a finder says of a text: these characters are a phone number, those an address."""

from __future__ import annotations

import dataclasses
import re
from typing import Callable, Iterator

Finder = Callable[[str], Iterator["Found"]]


@dataclasses.dataclass(frozen=True)
class Found:
    """Characters `start` to `end` of the text are a `kind`."""

    kind: str
    start: int
    end: int


def matches(
    kind: str, pattern: re.Pattern, valid: Callable[[str], bool] = lambda _: True, group: str | int = 0
) -> Finder:
    """A finder of what a pattern matches, where it is `valid`; with `group`, of a part of that."""

    def find(text: str) -> Iterator[Found]:
        for match in pattern.finditer(text):
            if valid(match[group]):
                yield Found(kind, match.start(group), match.end(group))

    return find
