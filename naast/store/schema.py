"""The tables that conversations are in, made and changed by migrations (Alembic), never by the servers that use them.

    python -m naast.store.schema    brings the database of NAAST_DATABASE_URL up to date (`make migrate`)

SQLite, the default on one machine, is brought up to date at the start. A server refuses a PostgreSQL database that is
not: of two versions side by side one would not understand the other's tables.
"""

from __future__ import annotations

import sys
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from naast.settings import UnsafeSettings, database_url

MIGRATIONS = Path(__file__).parent / "migrations"
SECONDS_TO_CONNECT = 3
MILLISECONDS_A_STATEMENT = 4000
"""A database that hangs fails the turn before the channel stops waiting for it."""
UNREACHABLE = {
    "connect_timeout": SECONDS_TO_CONNECT,
    "tcp_user_timeout": MILLISECONDS_A_STATEMENT,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 2,
}
"""A connection to a machine that is gone without a word ends by these; Linux would wait a quarter of an hour."""


def engine(url: str) -> sa.engine.Engine:
    """An engine that never waits without end, and drops connections that a restarted database no longer knows.

    Raises:
        UnsafeSettings: the database does not answer. Its address is not shown: it holds a password.
    """
    made = sa.create_engine(
        url,
        pool_pre_ping=True,
        pool_size=20,
        pool_timeout=SECONDS_TO_CONNECT,
        connect_args={
            **UNREACHABLE,
            "options": f"-c statement_timeout={MILLISECONDS_A_STATEMENT} -c lock_timeout={MILLISECONDS_A_STATEMENT}",
        },
    )
    try:
        made.connect().close()
    except sa.exc.SQLAlchemyError as error:
        raise UnsafeSettings(
            f"naast: the database of NAAST_DATABASE_URL does not answer ({type(error).__name__})"
        ) from None
    return made


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def is_current(bind: sa.engine.Engine) -> bool:
    """True when every migration of this version was applied, and none of a later one."""
    with bind.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    return set(found) == set(ScriptDirectory.from_config(_config()).get_heads())


def upgrade(bind: sa.engine.Engine) -> None:
    """Apply what was not applied yet."""
    config = _config()
    with bind.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def downgrade(bind: sa.engine.Engine, to: str) -> None:
    """Take migrations back, down to one ("base": all of them). What the tables held goes with them."""
    config = _config()
    with bind.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)


def main() -> None:
    url = database_url()
    if url is None:
        sys.exit("naast: NAAST_DATABASE_URL is not set; SQLite is brought up to date when the server starts")
    upgrade(engine(url))
    sys.stdout.write("==> the database is up to date\n")


if __name__ == "__main__":
    main()
