"""Prints the button titles of the guidance as training messages, for data/nlu/nl/buttons.yml (`make button-titles`).

A parent may type what a button says. Titles are ordinary training messages, so a reworded one still reads well;
tests/http/test_buttons.py tells when one does not.
"""

from __future__ import annotations

import collections
import sys
from typing import Dict, List

from naast.guidance.library import Library, load


def titles_by_intent(library: Library) -> Dict[str, List[str]]:
    """Every title once, under the intent that its button sends."""
    found: Dict[str, Dict[str, None]] = collections.defaultdict(dict)
    for holder in [*library.items(), *library.questions.values()]:
        for button in holder.buttons:
            found[button.intent][button.title] = None
    for intent, title in library.wording.intents.items():
        found[intent][title] = None
    return {intent: sorted(titles) for intent, titles in sorted(found.items())}


def main() -> None:
    lines = [
        'version: "3.1"',
        "",
        "# Made by `make button-titles`: what the buttons say, since people type it too.",
        "nlu:",
    ]
    for intent, titles in titles_by_intent(load()).items():
        lines += [f"- intent: {intent}", "  metadata:", "    voice: buttons", "  examples: |"]
        lines += [f"    - {title}" for title in titles]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
