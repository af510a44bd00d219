"""How does PostgreSQL keep our text? As SQLite does: of any length, and sorted by its bytes."""

from __future__ import annotations

from itertools import groupby

import sqlalchemy as sa

from tipcycle.store.schema import metadata

# A key must sort alike wherever a ledger lies; the collation of a server's databases is its operator's, and most
# sort "a-b" as if the hyphen were not there. Lengths are declared to be read: SQLite checks none, and a report must not
# be refused on one database for the length of its file's name.
_OTHERS = sa.text("""
    SELECT class.relname, attribute.attname
    FROM pg_attribute AS attribute JOIN pg_class AS class ON class.oid = attribute.attrelid
    WHERE class.relnamespace = CAST(current_schema() AS regnamespace) AND class.relkind = 'r'
        AND attribute.attnum > 0 AND NOT attribute.attisdropped AND attribute.attcollation <> 0
        AND (attribute.atttypid <> CAST('text' AS regtype) OR attribute.attcollation <> CAST('"C"' AS regcollation))
    ORDER BY class.relname, attribute.attnum
""")


def keep_text_as_written(connection: sa.Connection) -> None:
    """Make every text column of ours plain text in byte order, where the database is PostgreSQL; rewrites no row."""
    if connection.dialect.name != "postgresql":
        return
    quoted = connection.dialect.identifier_preparer.quote
    found = [(table, column) for table, column in connection.execute(_OTHERS) if table in metadata.tables]
    for table, columns in groupby(found, key=lambda row: row[0]):
        changes = ", ".join(f'ALTER COLUMN {quoted(column)} TYPE text COLLATE "C"' for _, column in columns)
        connection.exec_driver_sql(f"ALTER TABLE {quoted(table)} {changes}")
