"""To whom is nothing sent, and which holds were lifted? Holds are only added; lifting one is its only change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.model.hold import Hold
from tipcycle.store.rows import as_row, found, query, select_all
from tipcycle.store.schema import holds

_STANDING = query(Hold, holds, holds.c.lifted_at.is_(None), order=(holds.c.number,))


class Holds:
    """The holds of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, hold: Hold) -> None:
        """Keep one hold."""
        self._connection.execute(holds.insert().values(**as_row(hold)))

    def of_cycle(self, report_year: int) -> list[Hold]:
        """Every hold of a cycle, lifted and over ones too, in order."""
        return select_all(self._connection, Hold, holds, holds.c.report_year == report_year, order=(holds.c.number,))

    def standing(self) -> list[Hold]:
        """The holds of every cycle that nobody lifted, in order; those whose day is over are among them."""
        return found(self._connection, Hold, _STANDING)

    def lift(self, number: int, *, by: str, because: str, at: datetime) -> Hold:
        """End a hold at `at`; raises `StoreError` where there is none of that number, or it was lifted before."""
        known = select_all(self._connection, Hold, holds, holds.c.number == number, order=(holds.c.number,))
        if not known:
            raise StoreError(f"there is no hold {number}; {self._those_that_stand()}")
        changed = self._connection.execute(
            holds.update()
            .where(holds.c.number == number, holds.c.lifted_at.is_(None))
            .values(lifted_at=at, lifted_by=by, lifted_because=because)
        ).rowcount
        if not changed:
            raise StoreError(f"hold {number} was lifted by {known[0].lifted_by} already")
        return replace(known[0], lifted_at=at, lifted_by=by, lifted_because=because)

    def _those_that_stand(self) -> str:
        standing = [str(one.number) for one in self.standing()]
        if not standing:
            return "none stands, so nothing is to be lifted"
        return f"hold {standing[0]} stands" if len(standing) == 1 else f"holds {', '.join(standing)} stand"

    def next_number(self) -> int:
        """The number of the next hold, from 1."""
        last = self._connection.execute(sa.select(sa.func.max(holds.c.number))).scalar_one()
        return (last or 0) + 1
