"""Which placement of a country governs a Report on a given day? A correction counts from its date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tipcycle.model.placement import Placement, Tier


@dataclass(frozen=True)
class History:
    """Who was placed where, as it stands on one day: `placements` by iso3 and report year.

    `covered` holds the Reports that are there as published: a country without a row in one of them was not ranked.
    A dated correction tells of its own country only, so it covers no Report.
    """

    placements: Mapping[str, Mapping[int, Placement]]
    covered: frozenset[int]

    def placement(self, iso3: str, report_year: int) -> Placement | None:
        """The governing row, or None where the country has none."""
        return self.placements.get(iso3, {}).get(report_year)

    def tiers(self, iso3: str) -> dict[int, Tier]:
        """The country's tier by report year."""
        return {year: placement.tier for year, placement in self.placements.get(iso3, {}).items()}

    def knows(self, iso3: str, report_year: int) -> bool:
        """Whether it is known where that Report placed the country, or that it did not rank it."""
        return report_year in self.covered or self.placement(iso3, report_year) is not None

    @cached_property
    def first(self) -> int:
        """The earliest Report of which there is any row."""
        return min(self._years)

    @cached_property
    def last(self) -> int:
        """The latest Report of which there is any row."""
        return max(self._years)

    @cached_property
    def last_published(self) -> int:
        """The latest Report covered; where there are corrections alone, the latest of them."""
        return max(self.covered, default=self.last)

    @cached_property
    def _years(self) -> frozenset[int]:
        return self.covered.union(*self.placements.values())


def history_of(rows: Iterable[Placement], *, on: date | None = None) -> History:
    """The placements in force on the day `on` (None: with every correction that is known); the latest governs."""
    governing: dict[str, dict[int, Placement]] = {}
    covered = set()
    for row in rows:
        if on and row.effective_on and row.effective_on > on:
            continue
        if row.effective_on is None:
            covered.add(row.report_year)
        of_country = governing.setdefault(row.iso3, {})
        standing = of_country.get(row.report_year)
        if standing is None or (row.effective_on or date.min) >= (standing.effective_on or date.min):
            of_country[row.report_year] = row
    return History(governing, frozenset(covered))


def placements_in_force(rows: Iterable[Placement], report_year: int, *, on: date | None) -> dict[str, Placement]:
    """The governing row of each country ranked in that Report, by iso3: the latest not after `on` (None: of all)."""
    history = history_of((row for row in rows if row.report_year == report_year), on=on)
    return {iso3: placements[report_year] for iso3, placements in history.placements.items()}
