"""Which item gives each piece of the article's advice, and which message reaches it: docs/coverage.md."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import List

from naast.guidance.library import GUIDANCE, Library, load
from naast.guidance.reading import parse_list, read_yaml
from naast.guidance.schema import Advice

DOCUMENT = GUIDANCE.parent / "docs" / "coverage.md"


def read(root: Path = GUIDANCE) -> List[Advice]:
    """The entries of guidance/coverage.yml."""
    path = root / "coverage.yml"
    return parse_list(path, read_yaml(path), "advice", Advice)


def missing(library: Library, entries: List[Advice]) -> List[str]:
    """Passages without an entry, entries without an item, items that do not cite their passage."""
    passages = library.sources["article"].passages
    found = [
        f"the passage {name} is covered by nothing" for name in passages if name not in {e.passage for e in entries}
    ]
    for entry in entries:
        item = library.item(entry.item)
        if item is None:
            found.append(f"{entry.what}: there is no item {entry.item}")
        elif not any(citation.passage == entry.passage for citation in item.source):
            found.append(f"{entry.what}: {entry.item} does not cite {entry.passage}")
    return found


def document(library: Library, entries: List[Advice]) -> str:
    """The page, in Markdown."""
    passages = library.sources["article"].passages
    lines = [
        "# What the article advises, and how to reach it",
        "",
        "Made by `make coverage` out of guidance/coverage.yml; do not edit. tests/http/test_coverage.py says these",
        "messages to the running assistant.",
        "",
        "| advice | passage of the article | item | message |",
        "|---|---|---|---|",
    ]
    for entry in entries:
        said = " → ".join(entry.say)
        lines.append(f"| {entry.what} | {passages[entry.passage]} | `{entry.item}` | {said} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    library, entries = load(), read()
    problems = missing(library, entries)
    if problems:
        sys.exit("\n".join(problems))
    DOCUMENT.write_text(document(library, entries), encoding="utf-8")


if __name__ == "__main__":
    main()
