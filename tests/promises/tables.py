"""Every table of the database, and what happens to it. One that is new fails the tests until it is decided here."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Dict, List, Tuple

OF_A_CONVERSATION = {
    "events": "sender_id",
    "desk_conversation": "sender_id",
    "inbox": "sender_id",
    "messenger_view": "sender_id",
}
"""Tables whose rows go with their conversation, and the column that names it."""
OF_NOBODY = {"sqlite_sequence", "alembic_version", "inbox_seen"}
"""Tables that hold nothing of a conversation."""


def rows(database: Path) -> Dict[str, List[Tuple]]:
    """Every row of every table that belongs to conversations.

    Raises:
        AssertionError: a table nobody has decided about.
    """
    with closing(sqlite3.connect(database)) as opened:
        tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        # What else the desk keeps hangs on desk_conversation, or not: decided in tests/desk/test_migrations.py.
        others = {name for name in tables if name.startswith("desk_")}
        undecided = tables - OF_A_CONVERSATION.keys() - OF_NOBODY - others
        assert not undecided, f"does {undecided} go with a conversation? Decide in tests/promises/tables.py"
        decided = tables & OF_A_CONVERSATION.keys()
        return {name: opened.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in decided}


def rows_of(database: Path, conversation: str) -> Dict[str, List[Tuple]]:
    return {name: [row for row in found if conversation in row] for name, found in rows(database).items()}
