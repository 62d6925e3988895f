"""The database of endpoints.yml, for the commands that work on it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import yaml


def database() -> Path:
    """Where it is. Ends the command with a line when it is no SQLite: PostgreSQL has tools of its own."""
    with open("endpoints.yml", encoding="utf-8") as file:
        configured = yaml.safe_load(os.path.expandvars(file.read()))["tracker_store"]
    if configured.get("dialect", "sqlite") != "sqlite":
        sys.exit("naast: this command is for SQLite; see docs/operations.md for PostgreSQL")
    return Path(configured["db"])
