"""What was recommended, split, decided and determined about tiers? Rows are added; a split's level is decided once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from tipcycle.model.tier_decision import (
    Determination,
    ReopenedPlacement,
    SplitLevel,
    TierPlacement,
    TierRecommendation,
)
from tipcycle.store.rows import as_row, columns
from tipcycle.store.schema import (
    determinations,
    reopened_placements,
    split_levels,
    tier_placements,
    tier_recommendations,
)

T = TypeVar("T")


class Tiers:
    """The tier decisions of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def recommend(self, added: Sequence[TierRecommendation]) -> None:
        """Keep recommendations."""
        if added:
            rows = [as_row(one) | {"standards": list(one.standards)} for one in added]
            self._connection.execute(tier_recommendations.insert(), rows)

    def recommendations(self, report_year: int, iso3: str | None = None) -> list[TierRecommendation]:
        """Every recommendation of a cycle (for one country), in the order in which they were recorded."""
        return self._rows(
            TierRecommendation, tier_recommendations, report_year, iso3, order=(tier_recommendations.c.number,)
        )

    def next_recommendation(self) -> int:
        """The number of the next recommendation, from 1."""
        return self._next(tier_recommendations)

    def open_level(self, level: SplitLevel) -> None:
        """A split reached a level."""
        self._connection.execute(split_levels.insert().values(**as_row(level)))

    def decide_level(self, level: SplitLevel) -> bool:
        """Keep what was decided at a level; False where somebody decided it first."""
        same = [split_levels.c[name] == getattr(level, name) for name in ("report_year", "iso3", "number")]
        query = split_levels.update().where(*same, split_levels.c.outcome.is_(None))
        values = {
            name: getattr(level, name) for name in ("outcome", "tier", "note", "decided_by", "decided_at", "acting")
        }
        return self._connection.execute(query.values(**values)).rowcount == 1

    def levels(self, report_year: int, iso3: str | None = None) -> list[SplitLevel]:
        """The levels of every split of a cycle (of one country), by country and number."""
        order = (split_levels.c.iso3, split_levels.c.number)
        return self._rows(SplitLevel, split_levels, report_year, iso3, order=order)

    def place(self, added: Sequence[TierPlacement]) -> None:
        """Keep placements; raises `IntegrityError` where another took a country's number first."""
        if added:
            rows = [as_row(one) | {"standards": list(one.standards)} for one in added]
            self._connection.execute(tier_placements.insert(), rows)

    def decisions(self, report_year: int, iso3: str | None = None) -> list[TierPlacement]:
        """Every placement that was decided in a cycle (of one country), by country and number."""
        order = (tier_placements.c.iso3, tier_placements.c.number)
        return self._rows(TierPlacement, tier_placements, report_year, iso3, order=order)

    def placements(self, report_year: int) -> dict[str, TierPlacement]:
        """The placement that governs, by iso3; one that was opened again governs no more."""
        last = {one.iso3: one for one in self.decisions(report_year)}
        reopened = {(one.iso3, one.number) for one in self.reopened(report_year)}
        return {iso3: one for iso3, one in last.items() if (iso3, one.number) not in reopened}

    def reopen(self, reopened: ReopenedPlacement) -> None:
        """Let a placement govern no more."""
        self._connection.execute(reopened_placements.insert().values(**as_row(reopened)))

    def reopened(self, report_year: int, iso3: str | None = None) -> list[ReopenedPlacement]:
        """The placements of a cycle (of one country) that were opened again, by country and number."""
        order = (reopened_placements.c.iso3, reopened_placements.c.number)
        return self._rows(ReopenedPlacement, reopened_placements, report_year, iso3, order=order)

    def determine(self, determination: Determination) -> None:
        """Keep a determination."""
        self._connection.execute(determinations.insert().values(**as_row(determination)))

    def determinations(self, report_year: int, iso3: str | None = None) -> list[Determination]:
        """The determinations of a cycle (of one country), in the order in which they were recorded."""
        return self._rows(Determination, determinations, report_year, iso3, order=(determinations.c.number,))

    def next_determination(self) -> int:
        """The number of the next determination, from 1."""
        return self._next(determinations)

    def _next(self, table: sa.Table) -> int:
        last = self._connection.execute(sa.select(sa.func.max(table.c.number))).scalar_one()
        return (last or 0) + 1

    def _rows(
        self, kind: type[T], table: sa.Table, report_year: int, iso3: str | None, *, order: Sequence[Any]
    ) -> list[T]:
        where = [table.c.report_year == report_year, *([table.c.iso3 == iso3] if iso3 else [])]
        query = sa.select(*columns(kind, table)).where(*where).order_by(*order)
        rows = self._connection.execute(query).mappings()
        return [
            kind(**{name: tuple(one) if isinstance(one, list) else one for name, one in row.items()}) for row in rows
        ]
