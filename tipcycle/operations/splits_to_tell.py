"""Which splits does a digest tell of, and what do office and bureau recommend in each?"""

from __future__ import annotations

from collections.abc import Collection

from tipcycle.model.moment import short_day
from tipcycle.model.obligation import Obligation
from tipcycle.model.placement import tier_name
from tipcycle.model.tier_decision import SplitLevel, TierRecommendation
from tipcycle.operations.context import Context
from tipcycle.operations.split_life import DUTY
from tipcycle.operations.tier_state import standing_in
from tipcycle.rendering.digest_duties import ToSettle
from tipcycle.store import Store


def splits_to_tell(store: Store, cycle: Context, told: Collection[Obligation]) -> dict[str, ToSettle]:
    """Of the obligations that a digest tells, the splits that are open, by key."""
    found = {}
    for one in told:
        if one.step != DUTY or one.country is None:
            continue
        standing = standing_in(store, cycle, one.country)
        if standing.level is None or standing.level.outcome is not None:
            continue
        found[one.key] = ToSettle(
            one.owner,
            cycle.config.countries[one.country].name,
            one.country,
            _tier(standing.office),
            _tier(standing.bureau),
            short_day(one.planned_on),
            _may_raise(cycle, standing.level),
        )
    return found


def _tier(said: TierRecommendation | None) -> str:
    return tier_name(said.tier) if said else "nothing"


def _may_raise(cycle: Context, level: SplitLevel) -> bool:
    return level.level != cycle.config.split_levels[-1].id
