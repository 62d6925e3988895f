"""What a translation lacks, or says otherwise than the first language: bubbles, numbers, facts filled in."""

from __future__ import annotations

from typing import Iterator, List

from naast.guidance.library import Library
from naast.guidance.rendering import placeholders


def untranslated(library: Library, first: Library) -> List[str]:
    """Everything that is missing or that does not match, as lines for an editor; nothing for the first language."""
    if library.language == first.language:
        return []
    found = [f"guidance/{library.language}: {each}" for each in library.missing]
    for item in first.items():
        words = library.item(item.id)
        if words is not None and library.files[item.id] != first.files[item.id]:
            found += [f"{library.files[item.id]}: {item.id}: {each}" for each in _differences(words, item)]
    for name, question in first.questions.items():
        if _filled([library.questions[name].text]) != _filled([question.text]):
            found.append(f"guidance/{library.language}/questions.yml: {name}: other numbers or facts are filled in")
    found += [
        f"guidance/{library.language}/wording.yml: no words for {part}: {value}"
        for part in ("values", "intents", "feelings")
        for value in sorted(set(_names(getattr(first.wording, part))) - set(_names(getattr(library.wording, part))))
    ]
    return found


def _differences(words, item) -> Iterator[str]:
    for part in ("text", "simpler"):
        theirs, ours = getattr(words, part) or [], getattr(item, part) or []
        if len(theirs) != len(ours):
            yield f"{part} has {len(theirs)} bubbles, the first language {len(ours)}"
        elif _filled(theirs) != _filled(ours):
            yield f"{part} fills in {sorted(_filled(theirs))}, the first language {sorted(_filled(ours))}"


def _filled(texts: List[str]) -> set:
    return {name for text in texts for name, _ in placeholders(text)}


def _names(values: dict) -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from (f"{name}.{each}" for each in value)
        else:
            yield name
