"""By what an edit that changes nothing is known: a keyed hash of what was said last, and in which update."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("messenger_view", sa.Column("last_update", WHOLE))
    op.add_column("messenger_view", sa.Column("last_text", sa.String(32)))


def downgrade() -> None:
    with op.batch_alter_table("messenger_view") as table:
        table.drop_column("last_text")
        table.drop_column("last_update")
