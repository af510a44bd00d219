"""How does each country of a cycle stand toward the two-year limit? Worked out from the placements, never typed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tipcycle.model.cycle import CycleConfig
from tipcycle.model.finding import Finding
from tipcycle.rules.placement_in_force import History, history_of
from tipcycle.rules.two_year_limit import earliest_effect, entered_as_territory, not_binding, run_before, two_year_limit


@dataclass(frozen=True)
class CountryLimit:
    """A country entering the cycle's Report: counted Reports in a row before it, and the first that could be Tier 3.

    Both are None where a missing Report leaves them open. `territory` is one assessed as if it were a country: the
    limit does not bind it, so it has no earliest effect.
    """

    iso3: str
    counted: int | None
    earliest_effect: int | None
    finding: Finding
    territory: bool = False


def country_limits(config: CycleConfig, countries: Iterable[str], *, on: date) -> dict[str, CountryLimit]:
    """The limit of each country by iso3, with the placements as they stood on the day `on`."""
    history = _history(config, on)
    limits = {}
    for iso3 in countries:
        run = run_before(history, iso3, config.law, report_year=config.report_year)
        limit = two_year_limit(run, config.law)
        if entered_as_territory(iso3, config.territories, report_year=config.report_year):
            limits[iso3] = CountryLimit(iso3, run.counted, None, not_binding(limit), territory=True)
            continue
        limits[iso3] = CountryLimit(iso3, run.counted, earliest_effect(run, config.law), limit)
    return limits


@lru_cache(maxsize=64)
def _history(config: CycleConfig, on: date) -> History:
    """Worked out once a config and day: a board is drawn every hour, and a chapter for each country."""
    return history_of(config.placements, on=on)
