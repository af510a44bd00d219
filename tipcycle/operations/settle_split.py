"""Settle a split at the level that holds it, or raise it to the next. Source: GAO-17-56; decision 0014."""

from __future__ import annotations

from datetime import datetime

from tipcycle.config.find_country import find_country
from tipcycle.errors import StoreError
from tipcycle.model.placement import Tier, proposed
from tipcycle.model.split_levels import DecisionLevel
from tipcycle.model.tier_decision import SplitLevel
from tipcycle.model.tier_forms import SplitOutcome
from tipcycle.operations.acting import seats_of, signed
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import Context, context
from tipcycle.operations.split_life import decide_level, level_of, open_level
from tipcycle.operations.tier_findings import history_on, if_placed
from tipcycle.operations.tier_state import counted_at, require_season, standing_in
from tipcycle.rules.placement_is_allowed import tier_is_known
from tipcycle.store import Store


def settle_split(
    report_year: int,
    *,
    country: str,
    position: str,
    outcome: SplitOutcome,
    tier: Tier | None = None,
    note: str,
    at: datetime,
) -> list[str]:
    """Record what the holder of a split (or who stands in for it) decided; return lines to show.

    Raises `StoreError` with the reason: no open split, not its holder, no note, no tier, no level above.
    """
    cycle = context(report_year)
    iso3 = find_country(cycle.config, country).iso3
    require_position(cycle.config, position)
    require_reason(f"a split is {outcome}", note)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        at = counted_at(store, at)
        require_season(store, cycle)
        level = _open_level(store, cycle, iso3)
        if level.holder not in seats_of(store, cycle, position, at):
            raise StoreError(f"{iso3}: the split is held by {level.holder}; {position} does not decide it")
        acting = position if position != level.holder else ""
        by = signed(level.holder, acting)
        if outcome == "raised":
            above = _above(cycle, iso3, level, tier)
            decide_level(store, cycle, level, outcome="raised", note=note, by=level.holder, acting=acting, at=at)
            told = open_level(store, cycle, iso3, above, number=level.number + 1, at=at)
            return [f"{iso3}: raised by {by}: {told}"]
        chosen = _tier(cycle, iso3, tier)
        decide_level(
            store, cycle, level, outcome="settled", tier=chosen, note=note, by=level.holder, acting=acting, at=at
        )
        history = history_on(cycle, cycle.places.washington.local_date(at))
        warned = [one for one in if_placed(cycle, iso3, history, [chosen]).values() if one.severity == "error"]
        return [
            f"{iso3}: settled by {by} with {proposed(chosen)}",
            *(f"{iso3}: warning: {one.because}" for one in warned),
        ]


def _open_level(store: Store, cycle: Context, iso3: str) -> SplitLevel:
    standing = standing_in(store, cycle, iso3)
    if standing.level is None or standing.level.outcome is not None:
        raise StoreError(f"{iso3}: no split is open: {standing.because}")
    return standing.level


def _above(cycle: Context, iso3: str, level: SplitLevel, tier: Tier | None) -> DecisionLevel:
    if tier is not None:
        raise StoreError(f"{iso3}: a split is raised without a tier; whoever gets it decides")
    levels = cycle.config.split_levels
    number = levels.index(level_of(cycle, level.level))
    if number + 1 == len(levels):
        raise StoreError(f"{iso3}: {level.holder} holds it at the last level and cannot raise it; settle it")
    return levels[number + 1]


def _tier(cycle: Context, iso3: str, tier: Tier | None) -> Tier:
    if tier is None:
        raise StoreError(f"{iso3}: a split is settled with a tier; name it")
    year = cycle.config.report_year
    known = tier_is_known(tier, cycle.config.law, report_year=year)
    if known.severity == "error":
        raise StoreError(f"{iso3}: {known.because}")
    return tier
