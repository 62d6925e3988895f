"""Lessons, and the stripped conversations in them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "desk_lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["desk_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "desk_extract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("read_by", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["desk_conversation.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["lesson_id"], ["desk_lesson.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("lesson_id", "conversation_id"),
    )
    op.create_index("ix_desk_extract_conversation_id", "desk_extract", ["conversation_id"])


def downgrade() -> None:
    op.drop_table("desk_extract")
    op.drop_table("desk_lesson")
