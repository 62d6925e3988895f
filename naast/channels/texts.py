"""The few sentences a channel says itself. Data, like all that Naast says: guidance/<language>/channel.yml."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path
from typing import Dict, List, Optional

import yaml

from naast.guidance.library import nearest

GUIDANCE = Path(__file__).resolve().parents[2] / "guidance"


@dataclasses.dataclass(frozen=True)
class ChannelTexts:
    language: str
    emergency: str
    sentences: Dict[str, str]

    def safety_reply(self, name: str) -> List[Dict[str, str]]:
        """The sentence called `name`, followed by the emergency numbers, as messages of a channel."""
        return [{"text": text, "language": self.language} for text in (self.sentences[name], self.emergency)]


def channel_texts(language: Optional[str] = None) -> ChannelTexts:
    """The sentences in a language, or in the one nearest to it; in the first one where none is known.

    Raises:
        OSError, KeyError, yaml.YAMLError: a file is missing or damaged; the server does not start.
    """
    return _read(nearest(language))


@functools.lru_cache(maxsize=None)
def _read(language: str) -> ChannelTexts:
    """Read once, at start-up, so that they can be said when everything else is broken."""
    sentences = yaml.safe_load((GUIDANCE / language / "channel.yml").read_text(encoding="utf-8"))
    return ChannelTexts(language=language, emergency=sentences.pop("emergency"), sentences=sentences)
