"""The few sentences a channel says itself. Data, like all that Naast says: guidance/nl/channel.yml."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path
from typing import Dict, List

import yaml

PATH = Path(__file__).resolve().parents[2] / "guidance" / "nl" / "channel.yml"


@dataclasses.dataclass(frozen=True)
class ChannelTexts:
    emergency: str
    sentences: Dict[str, str]

    def safety_reply(self, name: str) -> List[Dict[str, str]]:
        """The sentence called `name`, followed by the emergency numbers, as messages of a channel."""
        return [{"text": self.sentences[name]}, {"text": self.emergency}]


@functools.lru_cache(maxsize=1)
def channel_texts() -> ChannelTexts:
    """Read once at start-up, so that they can be said when everything else is broken.

    Raises:
        OSError, KeyError, yaml.YAMLError: a file is missing or damaged; the server does not start.
    """
    sentences = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return ChannelTexts(emergency=sentences.pop("emergency"), sentences=sentences)
