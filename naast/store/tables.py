"""Our own tables beside Rasa's `events`, in the same database. Whoever is erased leaves all that have a `sender_id`."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""SQLite counts up by itself only in a column of its own integer type, which holds 64 bits as well."""

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", WHOLE, primary_key=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("delivery", sa.String(64), nullable=False),
    sa.Column("place", WHOLE, nullable=False),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("received", sa.Float, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("sent", sa.Integer, nullable=False, default=0),
)
"""Messages that wait for their answer. `delivery` is the messenger's own number, `place` the order of reading,
`content` encrypted, `sent` how many pieces of the answer have gone out."""

inbox_seen = sa.Table(
    "inbox_seen",
    metadata,
    sa.Column("channel", sa.String(32), primary_key=True),
    sa.Column("delivery", sa.String(64), primary_key=True),
    sa.Column("day", sa.Integer, nullable=False, index=True),
)
"""What was received in the last days, so that it is not taken twice: numbers of updates, and keyed hashes of a pressed
keyboard, an album or a group. Says nothing about whom it came from."""

messenger_view = sa.Table(
    "messenger_view",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("touched", sa.Float, nullable=False, index=True),
    sa.Column("told_of_traces", sa.Boolean, nullable=False, default=False),
    sa.Column("last_message", WHOLE),
    sa.Column("plan_message", WHOLE),
    sa.Column("plan_steps", sa.Integer),
    sa.Column("plan_done", sa.Integer),
    sa.Column("last_update", WHOLE),
    sa.Column("last_text", sa.String(32)),
)
"""What a messenger shows of a conversation: the numbers of the parent's last message and of the plan; of what was said
in it a keyed hash, by which an edit that changes nothing is known."""
