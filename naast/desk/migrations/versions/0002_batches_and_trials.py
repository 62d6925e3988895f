"""What a batch holds, and what a person decided about a trial."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "desk_item",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("intent", sa.String(length=64), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["desk_batch.id"]),
        sa.ForeignKeyConstraint(["conversation_id"], ["desk_conversation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("batch_id", "event_id"),
    )
    op.create_index("ix_desk_item_conversation_id", "desk_item", ["conversation_id"])
    op.add_column("desk_trial", sa.Column("decision", sa.String(length=16), nullable=True))
    op.add_column("desk_trial", sa.Column("decided_by", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_table("desk_item")
    with op.batch_alter_table("desk_trial") as trial:
        trial.drop_column("decision")
        trial.drop_column("decided_by")
