"""What was decided upon documents, who was asked to, and what went on without whom? Rows are only added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa

from tipcycle.model.clearance import Clearance, ClearanceRound, Override
from tipcycle.store.rows import as_row, select_all
from tipcycle.store.schema import clearance_rounds, clearances, overrides


class Clearances:
    """The clearances of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, clearance: Clearance) -> None:
        """Keep one decision; raises `IntegrityError` where another took its number first."""
        self._connection.execute(clearances.insert().values(**as_row(clearance)))

    def of_cycle(self, report_year: int) -> dict[str, list[Clearance]]:
        """Every decision of a cycle by document key, in the order in which they were made."""
        rows = select_all(
            self._connection,
            Clearance,
            clearances,
            clearances.c.report_year == report_year,
            order=(clearances.c.document, clearances.c.number),
        )
        found: dict[str, list[Clearance]] = defaultdict(list)
        for row in rows:
            found[row.document].append(row)
        return dict(found)

    def latest(self, report_year: int) -> dict[str, Clearance]:
        """The latest decision on each document of a cycle, by document key."""
        return {document: decisions[-1] for document, decisions in self.of_cycle(report_year).items()}

    def ask(self, rounds: Sequence[ClearanceRound]) -> None:
        """Keep that a position was asked to clear documents."""
        if rounds:
            self._connection.execute(clearance_rounds.insert(), [as_row(one) for one in rounds])

    def rounds(self, report_year: int) -> list[ClearanceRound]:
        """Every asking of a cycle, in the order in which it was made."""
        order = (clearance_rounds.c.asked_at, clearance_rounds.c.obligation, clearance_rounds.c.document)
        return select_all(
            self._connection,
            ClearanceRound,
            clearance_rounds,
            clearance_rounds.c.report_year == report_year,
            order=order,
        )

    def override(self, decision: Override) -> None:
        """Keep that a text may go out without the concurrence of a position."""
        row = as_row(decision)
        self._connection.execute(overrides.insert().values(**{**row, "reminded": list(decision.reminded)}))

    def overrides(self, report_year: int) -> dict[str, list[Override]]:
        """The overrides of a cycle by document key, in the order in which they were made."""
        order = (overrides.c.document, overrides.c.number)
        where = overrides.c.report_year == report_year
        found: dict[str, list[Override]] = defaultdict(list)
        for row in self._connection.execute(overrides.select().where(where).order_by(*order)).mappings():
            found[row["document"]].append(Override(**{**row, "reminded": tuple(row["reminded"])}))
        return dict(found)
