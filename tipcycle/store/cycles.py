"""Which cycles are open, and who is on their special watch list?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.model.placement import ListCorrection, Listed
from tipcycle.store.rows import found, given, query
from tipcycle.store.schema import Moment, cycles, list_corrections, listed, obligations


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
        known = found(self._connection, CycleRow, _BY_YEAR, report_year=report_year)
        return known[0] if known else None

    def get(self, report_year: int) -> CycleRow:
        """The cycle; raises `StoreError` if it was never opened."""
        cycle = self.find(report_year)
        if cycle is None:
            raise StoreError(f"cycle {report_year} is not open; run: tipcycle open-cycle --report-year {report_year}")
        return cycle

    def all(self) -> list[CycleRow]:
        """Every cycle, in order of report year."""
        return found(self._connection, CycleRow, _ALL)

    def open(self, report_year: int, at: datetime) -> None:
        """Open a cycle."""
        self._connection.execute(cycles.insert().values(report_year=report_year, opened_at=at))

    def close(self, report_year: int, at: datetime) -> None:
        """Close a cycle: it takes no more submissions."""
        self._connection.execute(cycles.update().where(cycles.c.report_year == report_year).values(closed_at=at))

    def reopen(self, report_year: int) -> None:
        """Open a closed cycle again."""
        self._connection.execute(cycles.update().where(cycles.c.report_year == report_year).values(closed_at=None))

    def require_open(self, report_year: int) -> CycleRow:
        """The cycle; raises `StoreError` if it was never opened, or was closed."""
        cycle = self.get(report_year)
        if cycle.closed_at:
            raise StoreError(
                f"cycle {report_year} was closed on {cycle.closed_at:%Y-%m-%d} and stays as it is; "
                f'to open it again: tipcycle close-cycle --report-year {report_year} --reopen --reason "…" --by …'
            )
        return cycle

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

    def special_watch_list(
        self, report_year: int, *, at: datetime | None = None, country: str | None = None
    ) -> list[Listed]:
        """The list in force at `at` (None: now), in order of iso3; empty before it is recorded.

        With a `country` its entry alone, where it has one.
        """
        entries = {entry.iso3: entry for entry in self.recorded_list(report_year, country=country)}
        for change in self.list_corrections(report_year):
            if (at and change.corrected_at > at) or country not in (None, change.iso3):
                continue
            entries.pop(change.iso3, None)
            if change.group:
                entries[change.iso3] = Listed(change.iso3, change.group, change.counted, change.because)
        return [entries[iso3] for iso3 in sorted(entries)]

    def recorded_list(self, report_year: int, *, country: str | None = None) -> list[Listed]:
        """The list as it was first recorded, in order of iso3, or the entry of one country."""
        entries = _LISTED if country is None else _LISTED_COUNTRY
        rows = self._connection.execute(entries, {"report_year": report_year, "country": country}).mappings()
        return [Listed(row["iso3"], row["list_group"], row["counted"], row["because"]) for row in rows]

    def correct_list(self, changes: Sequence[ListCorrection]) -> None:
        """Keep changes of a recorded list."""
        for change in changes:
            row = {name: value for name, value in vars(change).items() if name != "group"}
            self._connection.execute(list_corrections.insert().values(**row, list_group=change.group))

    def list_corrections(self, report_year: int) -> list[ListCorrection]:
        """Every change of a cycle's recorded list, in order."""
        rows = self._connection.execute(_CORRECTIONS, {"report_year": report_year}).mappings()
        return [
            ListCorrection(
                **{name: value for name, value in row.items() if name != "list_group"}, group=row["list_group"]
            )
            for row in rows
        ]

    def with_bureaus_to_tell(self, at: datetime) -> list[int]:
        """The cycles of which a bureau may be due its digest of the week at `at`, in order."""
        return list(self._connection.execute(_WITH_BUREAUS_TO_TELL, {"at": at}).scalars())

    def bureaus_told_from(self, report_year: int) -> datetime | None:
        """When the next digest to a bureau may be due; None before anybody looked."""
        query = sa.select(cycles.c.bureaus_told_from).where(cycles.c.report_year == report_year)
        told_from: datetime | None = self._connection.execute(query).scalar_one()
        return told_from

    def tell_bureaus_from(self, report_year: int, at: datetime | None) -> None:
        """Let the bureaus be looked at again from `at` on; None means by the next tick."""
        self._connection.execute(
            cycles.update().where(cycles.c.report_year == report_year).values(bureaus_told_from=at)
        )


def bureaus_to_tell() -> sa.ColumnElement[bool]:
    """Of an open cycle of which posts owe something they were asked for: the next look at the bureaus is due `at`."""
    return sa.and_(
        cycles.c.closed_at.is_(None),
        sa.or_(cycles.c.bureaus_told_from.is_(None), cycles.c.bureaus_told_from <= sa.bindparam("at", type_=Moment)),
        sa.exists().where(
            obligations.c.report_year == cycles.c.report_year,
            obligations.c.post.is_not(None),
            obligations.c.standing == "missing",
            obligations.c.opened_at.is_not(None),
        ),
    )


_ALL = query(CycleRow, cycles, order=(cycles.c.report_year,))
_BY_YEAR = query(CycleRow, cycles, cycles.c.report_year == given("report_year"), order=())
_LISTED = listed.select().where(listed.c.report_year == given("report_year")).order_by(listed.c.iso3)
_LISTED_COUNTRY = _LISTED.where(listed.c.iso3 == given("country"))
_CORRECTIONS = (
    list_corrections.select()
    .where(list_corrections.c.report_year == given("report_year"))
    .order_by(list_corrections.c.number)
)
_WITH_BUREAUS_TO_TELL = sa.select(cycles.c.report_year).where(bureaus_to_tell()).order_by(cycles.c.report_year)
