"""The words for Telegram alone, guidance/nl/telegram.yml, held against Telegram's limits when they are read."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Dict, List, Optional

import pydantic
import yaml

from naast.guidance.schema import MAX_CHARACTERS, Strict

PATH = Path(__file__).resolve().parents[3] / "guidance" / "nl" / "telegram.yml"
Bubble = pydantic.constr(min_length=1, max_length=MAX_CHARACTERS)
Payload = pydantic.constr(regex=r"^/[a-z_]+(\{.*\})?$")


class Sentences(Strict):
    """What is said when; the comments in the file tell it."""

    traces: Bubble
    wiped: Bubble
    telegram_keeps: Bubble
    no_words: Bubble
    old_edit: Bubble
    group: Bubble
    slow: Bubble
    too_many: Bubble


class Start(Strict):
    """How a conversation begins that came by a link."""

    payload: Optional[Payload] = None
    region: Optional[pydantic.constr(regex="^(nl|be)$")] = None


class Command(Strict):
    """A line of the menu. It sends a payload, as a button would, or erases."""

    name: pydantic.constr(regex=r"^[a-z0-9_]{1,32}$")
    does: pydantic.constr(min_length=1, max_length=256)
    payload: Optional[Payload] = None
    erase: bool = False

    @pydantic.root_validator
    def does_one_thing(cls, values: Dict) -> Dict:  # noqa: N805 - a validator of pydantic 1 is a class method
        if bool(values.get("payload")) == bool(values.get("erase")):
            raise ValueError("a command has a payload, or erase: true")
        return values


class TelegramTexts(Strict):
    """All of the file."""

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
        return [{"text": getattr(self.sentences, name)} for name in names]


@functools.lru_cache(maxsize=1)
def telegram_texts() -> TelegramTexts:
    """Read once, at the start.

    Raises:
        OSError, yaml.YAMLError, pydantic.ValidationError: the file is missing or damaged; the server does not start.
    """
    return TelegramTexts.parse_obj(yaml.safe_load(PATH.read_text(encoding="utf-8")))
