"""The events of conversations: Rasa's table, and the index by which the latest session is found.

Databases made before there were migrations have the table already.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLE = "events"
BY_SENDER = "ix_events_sender_id"
BY_KIND = "ix_events_sender_kind_time"


def upgrade() -> None:
    inspector = sa.inspect(op.get_bind())
    if not inspector.has_table(TABLE):
        op.create_table(
            TABLE,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("sender_id", sa.String(255), nullable=False),
            sa.Column("type_name", sa.String(255), nullable=False),
            sa.Column("timestamp", sa.Float),
            sa.Column("intent_name", sa.String(255)),
            sa.Column("action_name", sa.String(255)),
            sa.Column("data", sa.Text),
        )
        op.create_index(BY_SENDER, TABLE, ["sender_id"])
    # For every message the latest start of a session is looked for, and whether its id was seen: both by kind.
    op.create_index(BY_KIND, TABLE, ["sender_id", "type_name", "timestamp"])


def downgrade() -> None:
    op.drop_table(TABLE)
