"""Which cycles are open, and who is on their special watch list?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.model.placement import Listed
from tipcycle.store.rows import select_all
from tipcycle.store.schema import cycles, listed


@dataclass(frozen=True)
class CycleRow:
    """A cycle in the ledger; `listed_at` is when its special watch list was recorded."""

    report_year: int
    opened_at: datetime
    listed_at: datetime | None
    closed_at: datetime | None


class Cycles:
    """The cycles of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, report_year: int) -> CycleRow | None:
        """The cycle, or None if it was never opened."""
        found = self._select(cycles.c.report_year == report_year)
        return found[0] if found else None

    def get(self, report_year: int) -> CycleRow:
        """The cycle; raises `StoreError` if it was never opened."""
        cycle = self.find(report_year)
        if cycle is None:
            raise StoreError(f"cycle {report_year} is not open; run: tipcycle open-cycle --report-year {report_year}")
        return cycle

    def all(self) -> list[CycleRow]:
        """Every cycle, in order of report year."""
        return self._select()

    def open(self, report_year: int, at: datetime) -> None:
        """Open a cycle."""
        self._connection.execute(cycles.insert().values(report_year=report_year, opened_at=at))

    def close(self, report_year: int, at: datetime) -> None:
        """Close a cycle: it takes no more submissions."""
        self._connection.execute(cycles.update().where(cycles.c.report_year == report_year).values(closed_at=at))

    def record_list(self, report_year: int, entries: Sequence[Listed], at: datetime) -> None:
        """Keep the special watch list as it was recorded at `at`."""
        self._connection.execute(cycles.update().where(cycles.c.report_year == report_year).values(listed_at=at))
        for entry in entries:
            self._connection.execute(
                listed.insert().values(
                    report_year=report_year,
                    iso3=entry.iso3,
                    list_group=entry.group,
                    counted=entry.counted,
                    because=entry.because,
                )
            )

    def special_watch_list(self, report_year: int) -> list[Listed]:
        """The recorded list, in order of iso3; empty before it is recorded."""
        rows = self._connection.execute(
            listed.select().where(listed.c.report_year == report_year).order_by(listed.c.iso3)
        ).mappings()
        return [Listed(row["iso3"], row["list_group"], row["counted"], row["because"]) for row in rows]

    def _select(self, *where: sa.ColumnElement[bool]) -> list[CycleRow]:
        return select_all(self._connection, CycleRow, cycles, *where, order=(cycles.c.report_year,))
