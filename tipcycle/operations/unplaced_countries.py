"""Which countries that were asked for the full assessment have no placement yet? The Report waits for them."""

from __future__ import annotations

from tipcycle.operations.tier_state import asked_countries
from tipcycle.store import Store


def unplaced_countries(store: Store, report_year: int) -> list[str]:
    """In order of iso3; a placement that was opened again is none. Empty too where nothing was asked yet."""
    placed = store.tiers.placements(report_year)
    return [iso3 for iso3 in asked_countries(store, report_year) if iso3 not in placed]
