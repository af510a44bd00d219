"""Which rows of the ledger belong to one cycle? All of them, table by table, for its export.

The log, the contacts and the refused addresses are of no single cycle: they are given whole, so that the chain of the
log can be walked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.store.schema import metadata

OF_NO_CYCLE = frozenset({"acts", "contacts", "refused_addresses"})
# The single row of the ledger says when it was ticked last; it is no fact of a cycle.
LEFT_OUT = frozenset({"ledger"})
# A sender's hold on a message names its machine, and is over when nothing is being sent.
_LEFT_OUT_COLUMNS = frozenset({"lease_owner", "lease_until_clock"})


@dataclass(frozen=True)
class WholeTable:
    """A table's rows of one cycle in order of its key; a value is a plain one, a date, a moment, or a JSON value."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def whole_cycle(
    connection: sa.Connection, report_year: int, *, only: Collection[str] | None = None
) -> list[WholeTable]:
    """The tables in order of their names; of those in `only`, where it is given."""
    tables = sorted(metadata.tables.values(), key=lambda table: table.name)
    wanted = [one for one in tables if one.name not in LEFT_OUT and (only is None or one.name in only)]
    return [_whole(connection, table, report_year) for table in wanted]


def _whole(connection: sa.Connection, table: sa.Table, report_year: int) -> WholeTable:
    columns = [column for column in table.c if column.name not in _LEFT_OUT_COLUMNS]
    query = sa.select(*columns).where(_of_cycle(table, report_year)).order_by(*table.primary_key.columns)
    rows = tuple(tuple(row) for row in connection.execute(query))
    return WholeTable(table.name, tuple(column.name for column in columns), rows)


def _of_cycle(table: sa.Table, report_year: int) -> sa.ColumnElement[bool]:
    if table.name in OF_NO_CYCLE:
        return sa.true()
    if "report_year" in table.c:
        return table.c.report_year == report_year
    if "obligation" in table.c:
        of_it = table.c.obligation.startswith(f"obligation:{report_year}:", autoescape=True)
        # A file that nobody could assign was refused in no cycle; it is told in each.
        return sa.or_(of_it, table.c.obligation.is_(None)) if table.c.obligation.nullable else of_it
    raise StoreError(
        f"table {table.name}: nothing says to which cycle its rows belong; name it in store/whole_cycle.py"
    )
