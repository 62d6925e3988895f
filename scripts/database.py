"""The SQLite database of endpoints.yml, for the commands that work on it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import yaml

from naast.settings import database_url


def database() -> Path:
    """Where it is. Ends the command with a line when conversations are elsewhere: PostgreSQL has tools of its own."""
    if database_url() is not None:
        sys.exit(
            "naast: conversations are in the PostgreSQL of NAAST_DATABASE_URL, this command is for SQLite. "
            "Use pg_dump and pg_restore, see docs/operations.md"
        )
    with open("endpoints.yml", encoding="utf-8") as file:
        configured = yaml.safe_load(os.path.expandvars(file.read()))["tracker_store"]
    if configured.get("dialect", "sqlite") != "sqlite":
        sys.exit("naast: this command is for SQLite; see docs/operations.md for PostgreSQL")
    return Path(configured["db"])
