"""The words for Telegram alone, guidance/<language>/telegram.yml, held against Telegram's limits when they are read."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Dict, List, Optional

import pydantic
import yaml

from naast.guidance.library import FIRST, GUIDANCE, nearest
from naast.guidance.schema import MAX_CHARACTERS, Strict

NAME = "telegram.yml"
Bubble = pydantic.constr(min_length=1, max_length=MAX_CHARACTERS)
Payload = pydantic.constr(regex=r"^/[a-z_]+(\{.*\})?$")


class Sentences(Strict):
    """What is said when; the comments in the file tell it."""

    traces: Bubble
    kept: Bubble
    wiped: Bubble
    telegram_keeps: Bubble
    no_words: Bubble
    old_edit: Bubble
    group: Bubble
    slow: Bubble
    too_many: Bubble
    languages: Bubble


class Start(Strict):
    """How a conversation begins that came by a link."""

    payload: Optional[Payload] = None
    region: Optional[pydantic.constr(regex="^(nl|be)$")] = None


class Command(Strict):
    """A line of the menu. It sends a payload, as a button would, erases, offers the languages, or sends
    what is kept of the conversation."""

    name: pydantic.constr(regex=r"^[a-z0-9_]{1,32}$")
    does: pydantic.constr(min_length=1, max_length=256)
    payload: Optional[Payload] = None
    erase: bool = False
    languages: bool = False
    export: bool = False

    @pydantic.root_validator
    def does_one_thing(cls, values: Dict) -> Dict:  # noqa: N805 - a validator of pydantic 1 is a class method
        if sum(bool(values.get(name)) for name in ("payload", "erase", "languages", "export")) != 1:
            raise ValueError("a command has a payload, or one of erase, languages and export: true")
        return values


class TelegramTexts(Strict):
    """All of the file."""

    language: str
    sentences: Sentences
    starts: Dict[pydantic.constr(regex=r"^[A-Za-z0-9_-]{1,64}$"), Start]
    commands: pydantic.conlist(Command, min_items=1, max_items=100)
    description: pydantic.constr(min_length=1, max_length=512)
    short_description: pydantic.constr(min_length=1, max_length=120)
    open_now: str
    closed_now: str
    website: pydantic.constr(regex=r".*\{name\}")
    step_done: pydantic.constr(regex=r".*\{title\}")
    step_open: pydantic.constr(regex=r".*\{title\}")
    progress: pydantic.constr(regex=r".*\{done\}.*\{all\}")

    def command(self, name: str) -> Optional[Command]:
        """The command of that name, or None."""
        return next((command for command in self.commands if command.name == name), None)

    def bubbles(self, *names: str) -> List[Dict[str, str]]:
        """Sentences as messages of a channel."""
        return [{"text": getattr(self.sentences, name), "language": self.language} for name in names]


def telegram_texts(language: Optional[str] = None) -> TelegramTexts:
    """The words in a language, or in the one nearest to it; in the first one where none is known.

    Raises:
        OSError, yaml.YAMLError, KeyError, pydantic.ValidationError: a file is missing or damaged; the server does not
            start.
    """
    return _read(nearest(language))


@functools.lru_cache(maxsize=None)
def _read(language: str) -> TelegramTexts:
    """Read once, at the start."""
    return TelegramTexts.parse_obj({**words_of(language), "language": language})


def words_of(language: str, root: Path = GUIDANCE) -> Dict[str, Any]:
    """The file of the first language, with the words of another laid over it. Raises: see `telegram_texts`."""
    whole = yaml.safe_load((root / FIRST / NAME).read_text(encoding="utf-8"))
    if language == FIRST:
        return whole
    words = yaml.safe_load((root / language / NAME).read_text(encoding="utf-8"))
    does = words.pop("commands")
    if does.keys() != {command["name"] for command in whole["commands"]}:
        raise KeyError(f"guidance/{language}/{NAME} has other commands than guidance/{FIRST}/{NAME}")
    commands = [{**command, "does": does[command["name"]]} for command in whole["commands"]]
    return {**whole, **words, "commands": commands}
