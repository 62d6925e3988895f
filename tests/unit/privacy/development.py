"""Reads redact_development.yml: each message with what must go from it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, List, Tuple

import yaml

PATH = Path(__file__).with_name("redact_development.yml")
_MARKED = re.compile(r"\{([^:{}]+): ([^{}]*)\}")
Details = List[Tuple[str, str]]


def messages() -> Dict[str, Details]:
    """Each message without the braces, with the (kind, text) of every detail."""
    marked = yaml.safe_load(PATH.read_text(encoding="utf-8"))["messages"]
    return {_MARKED.sub(lambda match: match[2], line): _MARKED.findall(line) for line in marked}
