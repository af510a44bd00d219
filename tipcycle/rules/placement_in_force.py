"""Which placement of a country governs a report year on a given day? A correction counts from its date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tipcycle.model.placement import Placement


def placements_in_force(rows: Iterable[Placement], report_year: int, *, on: date) -> dict[str, Placement]:
    """The governing row of each country ranked in that Report, by iso3: the latest not after `on`."""
    governing: dict[str, Placement] = {}
    for row in rows:
        if row.report_year != report_year or (row.effective_on and row.effective_on > on):
            continue
        standing = governing.get(row.iso3)
        if standing is None or (row.effective_on or date.min) >= (standing.effective_on or date.min):
            governing[row.iso3] = row
    return governing
