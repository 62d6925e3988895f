"""What else a message of a batch asks, whether it is for measuring only, and why a trial failed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("desk_item", sa.Column("also", sa.Text(), nullable=True))
    op.add_column("desk_item", sa.Column("held_out", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("desk_trial", sa.Column("cause", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("desk_item") as item:
        item.drop_column("also")
        item.drop_column("held_out")
    with op.batch_alter_table("desk_trial") as trial:
        trial.drop_column("cause")
