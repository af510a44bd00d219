"""May this position place a country on this tier, as its recommendations and its split stand? Decision 0014."""

from __future__ import annotations

from collections.abc import Collection

from tipcycle.assessment.split import SplitStanding
from tipcycle.model.placement import Tier, placed_on, tier_name
from tipcycle.model.split_levels import Placing


def why_not_place(
    positions: Collection[str],
    standing: SplitStanding,
    tier: Tier,
    *,
    placing: Placing,
    waived: bool,
    explanation: str,
) -> str:
    """Why none of `positions` (a seat, and those it stands in for) may place so, or an empty text if one may."""
    if standing.standing == "missing":
        return f"{standing.because}; both recommend first"
    if standing.standing == "split":
        return f"{standing.because}; it is settled first"
    powers = _powers(standing, tier, placing, waived=waived)
    if not powers & set(positions):
        what = "leave it without a placement" if tier == "none" else f"place it on {tier_name(tier)}"
        return f"only {' or '.join(sorted(powers))} may {what} ({_why(standing, waived=waived)})"
    if tier != standing.tier and not explanation.strip():
        return f"{standing.because}; say in the explanation why it is {placed_on(tier)} instead"
    return ""


def seat_that_places(
    positions: Collection[str], standing: SplitStanding, tier: Tier, *, placing: Placing, waived: bool
) -> str:
    """The seat among `positions` in whose name the placement is decided; "" where none may."""
    powers = _powers(standing, tier, placing, waived=waived)
    return next((one for one in positions if one in powers), "")


def _powers(standing: SplitStanding, tier: Tier, placing: Placing, *, waived: bool) -> set[str]:
    if tier != standing.tier:
        powers = set(placing.otherwise)
    else:
        powers = set(placing.settled if standing.standing == "settled" else placing.agreed)
    return powers & set(placing.waived) if waived else powers


def _why(standing: SplitStanding, *, waived: bool) -> str:
    return "with a waiver of the two-year limit" if waived else standing.because
