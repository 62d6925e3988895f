"""Alembic runs this for every command; naast/store/schema.py hands it a connection inside a transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
