"""What a messenger needs: the inbox, what was delivered before, what is shown of a conversation (store/tables.py)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", WHOLE, primary_key=True),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("delivery", sa.String(64), nullable=False),
        sa.Column("place", WHOLE, nullable=False),
        sa.Column("sender_id", sa.String(255), nullable=False, index=True),
        sa.Column("received", sa.Float, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
    )
    op.create_table(
        "inbox_seen",
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("delivery", sa.String(64), primary_key=True),
        sa.Column("day", sa.Integer, nullable=False, index=True),
    )
    op.create_table(
        "messenger_view",
        sa.Column("sender_id", sa.String(255), primary_key=True),
        sa.Column("touched", sa.Float, nullable=False, index=True),
        sa.Column("told_of_traces", sa.Boolean, nullable=False),
        sa.Column("last_message", WHOLE),
        sa.Column("plan_message", WHOLE),
        sa.Column("plan_steps", sa.Integer),
        sa.Column("plan_done", sa.Integer),
    )


def downgrade() -> None:
    for table in ("messenger_view", "inbox_seen", "inbox"):
        op.drop_table(table)
