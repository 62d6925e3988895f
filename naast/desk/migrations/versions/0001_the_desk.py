"""The desk's tables. An entry of the audit log can be added, and nothing else."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

WORD = sa.String(40).with_variant(postgresql.VARCHAR(40, collation="C"), "postgresql")
TABLES = (
    "desk_account",
    "desk_audit",
    "desk_conversation",
    "desk_state",
    "desk_batch",
    "desk_filter",
    "desk_message",
    "desk_note",
    "desk_session",
    "desk_tag",
    "desk_word",
    "desk_correction",
    "desk_trial",
)
"""In the order in which they are made; the database itself refuses to change or delete a line of the audit log."""
ENDURES = {
    "sqlite": [
        f"CREATE TRIGGER desk_audit_no_{verb.lower()} BEFORE {verb} ON desk_audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit log endures'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION desk_audit_endures() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log endures'; END $$",
        "CREATE TRIGGER desk_audit_endures BEFORE UPDATE OR DELETE ON desk_audit "
        "FOR EACH ROW EXECUTE FUNCTION desk_audit_endures()",
    ],
}


def upgrade() -> None:
    op.create_table(
        "desk_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("totp", sa.Text(), nullable=True),
        sa.Column("totp_used", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "desk_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("object", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "desk_conversation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.String(length=255), nullable=False),
        sa.Column("last_event_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("main_intent", sa.String(length=64), nullable=True),
        sa.Column("lowest_confidence", sa.Float(), nullable=True),
        sa.Column("safety", sa.String(length=16), nullable=True),
        sa.Column("safety_layers", sa.String(length=64), nullable=False),
        sa.Column("fallbacks", sa.Integer(), nullable=False),
        sa.Column("blame", sa.Boolean(), nullable=False),
        sa.Column("no_answer", sa.Boolean(), nullable=False),
        sa.Column("stopped_at", sa.String(length=64), nullable=True),
        sa.Column("handed_over", sa.Boolean(), nullable=False),
        sa.Column("did_not_help", sa.Boolean(), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("worry", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sender_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_desk_conversation_day", "desk_conversation", ["day"])
    op.create_index("ix_desk_conversation_last_event_id", "desk_conversation", ["last_event_id"])
    op.create_index("ix_desk_conversation_status", "desk_conversation", ["status", "last_event_id"])
    op.create_index("ix_desk_conversation_worry", "desk_conversation", ["worry", "last_event_id"])
    op.create_table(
        "desk_state",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "desk_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["desk_account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "desk_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["desk_account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "desk_message",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("intent", sa.String(length=64), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("labelled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["desk_conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index("ix_desk_message_conversation_id", "desk_message", ["conversation_id"])
    op.create_index("ix_desk_message_doubt", "desk_message", ["labelled", "confidence"])
    op.create_table(
        "desk_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["desk_account.id"],
        ),
        sa.ForeignKeyConstraint(["conversation_id"], ["desk_conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_desk_note_conversation_id", "desk_note", ["conversation_id"])
    op.create_table(
        "desk_session",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["desk_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_table(
        "desk_tag",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["desk_conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", "event_id", "tag"),
    )
    op.create_index("ix_desk_tag_tag", "desk_tag", ["tag"])
    op.create_table(
        "desk_word",
        sa.Column("word", WORD, nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["desk_conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "conversation_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_desk_word_conversation_id", "desk_word", ["conversation_id"])
    op.create_table(
        "desk_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["desk_account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["desk_batch.id"],
        ),
        sa.ForeignKeyConstraint(["conversation_id"], ["desk_conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_desk_correction_batch_id", "desk_correction", ["batch_id"])
    op.create_index("ix_desk_correction_conversation_id", "desk_correction", ["conversation_id"])
    op.create_index("ix_desk_correction_event_id", "desk_correction", ["event_id"])
    op.create_table(
        "desk_trial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=64), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["desk_account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["desk_batch.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    for statement in ENDURES[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION desk_audit_endures()")
