"""Which schema has a ledger, and is it ours? An old program refuses a newer ledger."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.store.address import shown
from tipcycle.store.schema import SCHEMA_VERSION, ledger
from tipcycle.store.text_columns import keep_text_as_written

_MIGRATIONS = Path(__file__).with_name("migrations")
_TURN = 2000_06_28  # the number of PostgreSQL's lock for whoever migrates; any would do


def schema_of(connection: sa.Connection) -> str | None:
    """The schema version of this database, or None if it holds no ledger."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def require_our_schema(connection: sa.Connection, address: str) -> None:
    """Raise `StoreError` unless this database holds a ledger of this program's schema."""
    found = schema_of(connection)
    if found is None:
        raise StoreError(f"{address}: no ledger here yet; run: tipcycle init")
    if found < SCHEMA_VERSION:
        raise StoreError(f"{address}: schema {found} is older than {SCHEMA_VERSION}; run: tipcycle init")
    if found > SCHEMA_VERSION:
        raise StoreError(f"{address}: schema {found} is newer than this program's {SCHEMA_VERSION}; update tipcycle")


def migrate(engine: sa.Engine, *, rehearsal: bool) -> bool:
    """Bring the database to our schema; True if it held no ledger before. Repeating it changes nothing."""
    from alembic import command
    from alembic.config import Config

    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # a second one waits here, and then finds nothing left to do
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURN)))
        found = schema_of(connection)
        if found is not None and found > SCHEMA_VERSION:
            require_our_schema(connection, shown(engine.url.render_as_string(hide_password=False)))
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        keep_text_as_written(connection)
        if connection.execute(sa.select(ledger.c.id)).first() is None:
            connection.execute(ledger.insert().values(id=1, rehearsal=rehearsal, turn=0))
    return found is None
