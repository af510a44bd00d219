"""What was decided upon documents, who was asked to, and what went on without whom? Rows are only added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from tipcycle.model.clearance import Clearance, ClearanceRound, Override
from tipcycle.store.rows import as_row, found, given, query, select_all
from tipcycle.store.schema import chapters, clearance_rounds, clearances, obligations, overrides, releases


class Stamp(NamedTuple):
    """Counts of what changes whose turn it is to clear. Rows are only added: equal counts mean that nothing came."""

    chapters: int
    decisions: int
    overrides: int
    releases: int
    drafts: int


_STAMP = sa.select(
    sa.select(sa.func.count()).select_from(chapters).scalar_subquery(),
    sa.select(sa.func.count()).select_from(clearances).scalar_subquery(),
    sa.select(sa.func.count()).select_from(overrides).scalar_subquery(),
    sa.select(sa.func.count()).select_from(releases).scalar_subquery(),
    sa.select(sa.func.count())
    .select_from(obligations)
    .where(obligations.c.step.in_(("interim-draft", "full-draft")), obligations.c.standing != "missing")
    .scalar_subquery(),
)
_OF_DOCUMENT = query(Clearance, clearances, clearances.c.document == given("document"), order=(clearances.c.number,))


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
        decided: dict[str, list[Clearance]] = defaultdict(list)
        for row in rows:
            decided[row.document].append(row)
        return dict(decided)

    def of_document(self, document: str) -> list[Clearance]:
        """Every decision on one document, in the order in which they were made."""
        return found(self._connection, Clearance, _OF_DOCUMENT, document=document)

    def latest(self, report_year: int) -> dict[str, Clearance]:
        """The latest decision on each document of a cycle, by document key."""
        return {document: decisions[-1] for document, decisions in self.of_cycle(report_year).items()}

    def stamp(self) -> Stamp:
        """What a tick looks at to know that nothing came since."""
        return Stamp(*self._connection.execute(_STAMP).one())

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
