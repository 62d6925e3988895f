"""Alembic's way in: runs the migrations of this folder on the connection that naast/desk/database.py hands over."""

from alembic import context

from naast.desk.database import TABLE_OF_VERSIONS
from naast.desk.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=TABLE_OF_VERSIONS,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
