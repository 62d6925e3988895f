"""`make button-titles`: the button titles of the guidance as training messages, data/nlu/<language>/buttons.yml.

A parent may type what a button says. Titles are ordinary training messages, so a reworded one still reads well;
tests/http/test_buttons.py tells when one does not.
"""

from __future__ import annotations

import collections
from pathlib import Path
from typing import Dict, List

from naast.guidance.library import Library, languages, load

MESSAGES = Path("data/nlu")


def titles_by_intent(library: Library) -> Dict[str, List[str]]:
    """Every title once, under the intent that its button sends."""
    found: Dict[str, Dict[str, None]] = collections.defaultdict(dict)
    for holder in [*library.items(), *library.questions.values()]:
        for button in holder.buttons:
            found[button.intent][button.title] = None
    for intent, title in library.wording.intents.items():
        found[intent][title] = None
    return {intent: sorted(titles) for intent, titles in sorted(found.items())}


def page(library: Library) -> str:
    lines = [
        'version: "3.1"',
        "",
        "# Made by `make button-titles`: what the buttons say, since people type it too.",
        "nlu:",
    ]
    for intent, titles in titles_by_intent(library).items():
        lines += [f"- intent: {intent}", "  metadata:", "    voice: buttons", "  examples: |"]
        lines += [f"    - {title}" for title in titles]
    return "\n".join(lines) + "\n"


def main() -> None:
    for language in languages():
        (MESSAGES / language / "buttons.yml").write_text(page(load(language=language)), encoding="utf-8")


if __name__ == "__main__":
    main()
