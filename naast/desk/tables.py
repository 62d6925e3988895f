"""The desk's own tables, and Rasa's `events`, which it only reads.

Whatever quotes or describes a conversation hangs on `desk_conversation` with ON DELETE CASCADE: the tracker store
deletes that one row when a conversation is erased. Moments are seconds since 1970.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

IN_ORDER_OF_LETTERS = sa.String(40).with_variant(postgresql.VARCHAR(40, collation="C"), "postgresql")
"""Compared byte by byte, so that all words that begin alike lie between two bounds."""
METADATA = sa.MetaData()
RASAS = sa.MetaData()

EVENTS = sa.Table(
    "events",
    RASAS,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
)


def _of_conversation(**options) -> sa.Column:
    key = sa.ForeignKey("desk_conversation.id", ondelete="CASCADE")
    return sa.Column("conversation_id", sa.Integer, key, nullable=False, **options)


def _by() -> sa.Column:
    return sa.Column("account_id", sa.Integer, sa.ForeignKey("desk_account.id"), nullable=False)


ACCOUNT = sa.Table(
    "desk_account",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("password", sa.String(255), nullable=False),  # argon2id
    sa.Column("totp", sa.Text),  # encrypted; null: no second factor
    sa.Column("totp_used", sa.Integer, nullable=False, default=0),  # the last time step that was accepted
    sa.Column("language", sa.String(2), nullable=False, default="nl"),
    sa.Column("closed", sa.Boolean, nullable=False, default=False),
    sa.Column("made", sa.Integer, nullable=False),
)

SESSION = sa.Table(
    "desk_session",
    METADATA,
    sa.Column("token", sa.String(64), primary_key=True),  # SHA-256 of what the cookie holds
    sa.Column("account_id", sa.Integer, sa.ForeignKey("desk_account.id", ondelete="CASCADE"), nullable=False),
    sa.Column("started", sa.Integer, nullable=False),
    sa.Column("seen", sa.Integer, nullable=False),
)

AUDIT = sa.Table(
    "desk_audit",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.Integer, nullable=False),
    sa.Column("account", sa.String(64), nullable=False),
    sa.Column("action", sa.String(32), nullable=False),
    sa.Column("object", sa.String(64)),  # "conversation 12": never a word of it
)

STATE = sa.Table(
    "desk_state",
    METADATA,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)

CONVERSATION = sa.Table(
    "desk_conversation",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, unique=True),  # never shown
    sa.Column("last_event_id", sa.Integer, nullable=False, index=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("day", sa.String(10), nullable=False, index=True),  # of the first message, ISO
    sa.Column("hour", sa.Integer, nullable=False),
    sa.Column("messages", sa.Integer, nullable=False),  # of the parent
    sa.Column("main_intent", sa.String(64)),
    sa.Column("lowest_confidence", sa.Float),
    sa.Column("safety", sa.String(16)),  # kinds of alarm with a comma between, the gravest first
    sa.Column("safety_layers", sa.String(64), nullable=False),
    sa.Column("fallbacks", sa.Integer, nullable=False),
    sa.Column("blame", sa.Boolean, nullable=False),
    sa.Column("no_answer", sa.Boolean, nullable=False),
    sa.Column("stopped_at", sa.String(64)),
    sa.Column("handed_over", sa.Boolean, nullable=False),
    sa.Column("did_not_help", sa.Boolean, nullable=False),
    sa.Column("is_test", sa.Boolean, nullable=False),
    sa.Column("worry", sa.Integer, nullable=False),
    # Written by reviewers.
    sa.Column("status", sa.String(16), nullable=False, default="open"),
    sa.Column("version", sa.Integer, nullable=False, default=0),  # rises with every change of status or tags
    sa.Column("changed_by", sa.String(64)),
    sa.Index("ix_desk_conversation_status", "status", "last_event_id"),
    sa.Index("ix_desk_conversation_worry", "worry", "last_event_id"),
    sqlite_autoincrement=True,  # the number of an erased conversation is never given again
)

MESSAGE = sa.Table(
    "desk_message",
    METADATA,
    sa.Column("event_id", sa.Integer, primary_key=True, autoincrement=False),
    _of_conversation(index=True),
    sa.Column("text", sa.Text, nullable=False),  # as `events` keeps it: redacted
    sa.Column("intent", sa.String(64)),
    sa.Column("confidence", sa.Float),
    sa.Column("labelled", sa.Boolean, nullable=False, default=False),
    sa.Index("ix_desk_message_doubt", "labelled", "confidence"),
)
"""What parents typed; pressed buttons are not here."""

WORD = sa.Table(
    "desk_word",
    METADATA,
    sa.Column("word", IN_ORDER_OF_LETTERS, primary_key=True),
    _of_conversation(primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""Full-text search. SQLite's FTS5 keeps deleted words in its segments until they happen to be merged; a plain table
forgets them at once, and is the same in PostgreSQL."""

NOTE = sa.Table(
    "desk_note",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    _of_conversation(index=True),
    sa.Column("event_id", sa.Integer),  # null: about the whole conversation
    _by(),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("made", sa.Integer, nullable=False),
)

TAG = sa.Table(
    "desk_tag",
    METADATA,
    _of_conversation(primary_key=True),
    sa.Column("event_id", sa.Integer, primary_key=True, autoincrement=False),  # 0: on the whole conversation
    sa.Column("tag", sa.String(40), primary_key=True, index=True),
)

BATCH = sa.Table(
    "desk_batch",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    _by(),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("made", sa.Integer, nullable=False),
)

CORRECTION = sa.Table(
    "desk_correction",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    _of_conversation(index=True),
    sa.Column("event_id", sa.Integer, nullable=False, index=True),
    _by(),
    sa.Column("kind", sa.String(16), nullable=False),  # naast/desk/reviews/corrections.py
    sa.Column("value", sa.Text, nullable=False),  # JSON
    sa.Column("reason", sa.Text),
    sa.Column("current", sa.Boolean, nullable=False, default=True),
    sa.Column("made", sa.Integer, nullable=False),
    sa.Column("batch_id", sa.Integer, sa.ForeignKey("desk_batch.id"), index=True),
)
"""Never changed: a reviewer who thinks better of it adds a row, and the one before is no longer `current`."""

ITEM = sa.Table(
    "desk_item",
    METADATA,
    sa.Column("batch_id", sa.Integer, sa.ForeignKey("desk_batch.id"), primary_key=True),
    sa.Column("event_id", sa.Integer, primary_key=True, autoincrement=False),
    _of_conversation(index=True),
    sa.Column("text", sa.Text, nullable=False),  # as it may be learnt from: a person has read it, the redactor too
    sa.Column("intent", sa.String(64)),  # null: only the facts are meant
    sa.Column("facts", sa.Text),  # JSON, {fact: value or list of values}; null: only the intent is meant
    sa.Column("also", sa.Text),  # JSON, the acts beside the intent; null: none
    sa.Column("held_out", sa.Boolean, nullable=False, server_default=sa.false()),  # to measure with, not to learn from
)
"""The messages of a batch."""

FILTER = sa.Table(
    "desk_filter",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    _by(),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("query", sa.Text, nullable=False),
)

TRIAL = sa.Table(
    "desk_trial",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("batch_id", sa.Integer, sa.ForeignKey("desk_batch.id"), nullable=False),
    _by(),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("stage", sa.String(64), nullable=False),
    sa.Column("started", sa.Integer, nullable=False),
    sa.Column("ended", sa.Integer),
    sa.Column("cause", sa.String(32)),  # of a failure: the key of a text, never a word of a message
    sa.Column("result", sa.Text),  # JSON, naast/desk/training/comparing.py
    sa.Column("decision", sa.String(16)),
    sa.Column("decided_by", sa.String(64)),
)

LESSON = sa.Table(
    "desk_lesson",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    _by(),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("made", sa.Integer, nullable=False),
)

EXTRACT = sa.Table(
    "desk_extract",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("lesson_id", sa.Integer, sa.ForeignKey("desk_lesson.id"), nullable=False),
    _of_conversation(index=True),
    sa.Column("parts", sa.Text, nullable=False),  # JSON, naast/desk/teaching/lessons.py
    sa.Column("questions", sa.Text, nullable=False),  # one a line
    sa.Column("read_by", sa.String(64)),  # null: stripped, but read by nobody yet
    sa.Column("version", sa.Integer, nullable=False, default=0),
    sa.UniqueConstraint("lesson_id", "conversation_id"),
)
"""A conversation in a lesson."""
