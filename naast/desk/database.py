"""The database of the events, with the desk's own tables beside them; both are erased in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import alembic.command
import alembic.config
import sqlalchemy as sa
from rasa.shared.utils.io import read_config_file

from naast.settings import UnsafeSettings, database_url
from naast.store import disk

ENDPOINTS = "endpoints.yml"
MIGRATIONS = Path(__file__).with_name("migrations")
TABLE_OF_VERSIONS = "desk_version"


def configured_url(endpoints: str = ENDPOINTS) -> str:
    """Where Rasa keeps its events: NAAST_DATABASE_URL, else the file that endpoints.yml names.

    Raises:
        UnsafeSettings: endpoints.yml names no database that the desk could read.
    """
    given = database_url()
    if given:
        return given
    store = read_config_file(endpoints).get("tracker_store") or {}
    if store.get("dialect", "sqlite") != "sqlite" or not store.get("db"):
        raise UnsafeSettings(f"naast: {endpoints} names no SQLite file; say NAAST_DATABASE_URL=postgresql://...")
    return f"sqlite:///{store['db']}"


def connect(url: str) -> sa.engine.Engine:
    """An engine on which what hangs on a conversation is deleted with it, also in SQLite."""
    if url.startswith("sqlite:///"):
        disk.private(Path(url.removeprefix("sqlite:///")))
        engine = sa.create_engine(url, connect_args={"check_same_thread": False, "timeout": 10})
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_writing)
        return engine
    return sa.create_engine(url, pool_pre_ping=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_writing
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_writing(connection: sa.engine.Connection) -> None:
    """Whoever says that it will write gets the lock at once: of two that read first and then write, one would fail."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def writing(engine: sa.engine.Engine) -> sa.engine.Engine:
    """The same engine for transactions that write: `with writing(engine).begin() as connection`."""
    return engine.execution_options(writes=True)


def upgrade(engine: sa.engine.Engine, revision: str = "head") -> None:
    """Bring the desk's tables to a revision, the newest unless said otherwise."""
    _migrate(alembic.command.upgrade, engine, revision)


def downgrade(engine: sa.engine.Engine, revision: str) -> None:
    _migrate(alembic.command.downgrade, engine, revision)


def _migrate(command: Any, engine: sa.engine.Engine, revision: str) -> None:
    config = alembic.config.Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command(config, revision)
