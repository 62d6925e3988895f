"""What the desk says, per language: nl.yml and en.yml beside this file, the same keys in both."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Mapping

import yaml

LANGUAGES = ("nl", "en")
FIRST = LANGUAGES[0]


class Texts:
    """One language. `texts("inbox.title")` is a text, with named values filled in."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.texts = texts

    def __call__(self, key: str, **values: Any) -> str:
        """Raises KeyError where the catalogue lacks the key: a page with a hole in it is a mistake of ours."""
        return self.texts[key].format(**values) if values else self.texts[key]

    def name(self, group: str, value: Any) -> str:
        """What a value is called ("intent", "ask_police"); one that the catalogue does not know stands for itself."""
        return self.texts.get(f"{group}.{value}", str(value).replace("_", " "))

    def values(self, value: Any) -> str:
        """What a fact or a slot holds, in words: a value, or several with commas between."""
        held = value if isinstance(value, (list, tuple, set)) else [value]
        return ", ".join(self.name("value", each) for each in held)

    def group(self, prefix: str) -> Dict[str, str]:
        """The texts below a key, in the order of the catalogue: choices for a list."""
        start = f"{prefix}."
        return {key[len(start) :]: text for key, text in self.texts.items() if key.startswith(start)}


def _flat(tree: Mapping[str, Any], before: str = "") -> Dict[str, str]:
    found: Dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            found.update(_flat(value, f"{before}{key}."))
        else:
            found[f"{before}{key}"] = value
    return found


def load_texts() -> Dict[str, Texts]:
    """The catalogues by language."""
    folder = Path(__file__).parent
    read = {name: yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8")) for name in LANGUAGES}
    return {name: Texts(name, _flat(tree)) for name, tree in read.items()}
