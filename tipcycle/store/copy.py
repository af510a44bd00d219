"""What would the ledger hold if…? A copy of it in a file of its own, which may be written to and thrown away."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from tipcycle.store.schema import SCHEMA_VERSION, ledger, metadata
from tipcycle.store.store import Store

_ROWS = 1000  # an insert


def copy_ledger(source: str, file: Path) -> str:
    """Copy every row at the address `source` into a new SQLite file; return its address. Only reads the source.

    The copy is marked as a rehearsal's: its moments may lie in the future, as no moment of a real ledger may.
    """
    address = f"sqlite:///{file}"
    target = sa.create_engine(address)
    try:
        with Store.read(source) as store, target.begin() as connection:
            metadata.create_all(connection)
            for table in metadata.sorted_tables:
                rows = store.connection.execution_options(yield_per=_ROWS).execute(table.select()).mappings()
                for part in rows.partitions(_ROWS):
                    connection.execute(table.insert(), [dict(row) for row in part])
            connection.execute(ledger.update().values(rehearsal=True))
            connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            connection.execute(sa.text("INSERT INTO alembic_version VALUES (:v)"), {"v": SCHEMA_VERSION})
    finally:
        target.dispose()
    return address
