"""What every page of the desk has at hand: database, texts, clock, the address it is reached at. Made once."""

from __future__ import annotations

import dataclasses
import functools
from typing import Mapping

import sqlalchemy as sa

from naast.desk import database
from naast.desk.auth.limits import LoginLimits
from naast.desk.clock import Clock
from naast.desk.conversations.choices import Choices
from naast.desk.reviews.vocabulary import Vocabulary, read
from naast.desk.texts import Texts
from naast.desk.training.trials import Training, Trials
from naast.guidance.library import FIRST, Library, load, nearest
from naast.settings import CHAT_URL


@functools.lru_cache(maxsize=None)
def _translated(language: str) -> Library:
    return load(language=language)


@dataclasses.dataclass(frozen=True)
class Desk:
    """`url` is where browsers reach it; `key` the key of this installation, from which others are derived;
    `chat_url` the page on which guests try Naast."""

    engine: sa.engine.Engine
    url: str
    key: bytes
    texts: Mapping[str, Texts]
    clock: Clock
    chat_url: str = CHAT_URL
    logins: LoginLimits = dataclasses.field(default_factory=LoginLimits)
    choices: Choices = dataclasses.field(default_factory=Choices)
    training: Training = dataclasses.field(default_factory=Training)

    @property
    def is_encrypted(self) -> bool:
        """True where the browser reaches the desk over TLS."""
        return self.url.startswith("https://")

    @property
    def writing(self) -> sa.engine.Engine:
        return database.writing(self.engine)

    @functools.cached_property
    def trials(self) -> Trials:
        return Trials(self.engine, self.clock, self.training)

    @functools.cached_property
    def guidance(self) -> Library:
        return load()

    def guidance_in(self, language: str) -> Library:
        """The guidance as Naast speaks it with who writes this language."""
        spoken = nearest(language)
        return self.guidance if spoken == FIRST else _translated(spoken)

    @functools.cached_property
    def vocabulary(self) -> Vocabulary:
        return read(self.guidance)
