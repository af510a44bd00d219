"""What was decided upon documents? Decisions are only added."""

from __future__ import annotations

import sqlalchemy as sa

from tipcycle.model.clearance import Clearance
from tipcycle.store.rows import as_row, select_all
from tipcycle.store.schema import clearances


class Clearances:
    """The clearances of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, clearance: Clearance) -> None:
        """Keep one decision."""
        self._connection.execute(clearances.insert().values(**as_row(clearance)))

    def latest(self, report_year: int) -> dict[str, Clearance]:
        """The latest decision on each document of a cycle, by document key."""
        rows = select_all(
            self._connection,
            Clearance,
            clearances,
            clearances.c.report_year == report_year,
            order=(clearances.c.document, clearances.c.number),
        )
        return {row.document: row for row in rows}
