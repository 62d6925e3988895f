"""Who saw and changed what, and when. An entry holds no word of a conversation, outlives it, and cannot be changed:
the database refuses (see the migration)."""

from __future__ import annotations

from typing import Optional

import sqlalchemy as sa

from naast.desk.tables import AUDIT


def record(connection: sa.engine.Connection, now: int, account: str, action: str, about: Optional[str] = None) -> None:
    """One entry; `about` names a thing by its kind and number: "conversation 12"."""
    connection.execute(AUDIT.insert().values(at=now, account=account, action=action, object=about))
