"""Which countries that were asked for the full assessment have no placement yet? The Report waits for them."""

from __future__ import annotations

from tipcycle.operations.context import Context
from tipcycle.operations.tier_state import asked_countries
from tipcycle.store import Store


def unplaced_countries(store: Store, cycle: Context) -> list[str]:
    """In order of iso3; a placement that was opened again is none. Empty too where nothing was asked yet."""
    year = cycle.config.report_year
    placed = store.tiers.placements(year)
    return [iso3 for iso3 in asked_countries(store, year) if iso3 not in placed]
