"""Do office and bureau agree over a country's tier, and what becomes of a split when one of them says something new?

Source: GAO-17-56 (most disagreements are settled at the working level, few reach the Secretary); decision 0014.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tipcycle.model.placement import Tier, proposed
from tipcycle.model.tier_decision import Side, SplitLevel, TierRecommendation

# `opens` at the level that is named; `withdraws` the open level; `lapses`: what was settled counts no more, both agree.
Move = Literal["none", "opens", "withdraws", "lapses"]


@dataclass(frozen=True)
class SplitStanding:
    """How a country stands between office and bureau; `level` is the last that its split reached.

    `tier` is the one agreed upon or settled, None while a side is missing or the split is open. `because` says so.
    """

    standing: Literal["missing", "agreed", "split", "settled"]
    office: TierRecommendation | None
    bureau: TierRecommendation | None
    level: SplitLevel | None
    tier: Tier | None
    because: str


def standing_of(
    recommendations: Sequence[TierRecommendation], levels: Sequence[SplitLevel], *, has_bureau: bool
) -> SplitStanding:
    """The standing of one country; without a regional bureau what the office recommends stands alone."""
    office, bureau = latest(recommendations, "office"), latest(recommendations, "bureau")
    level = levels[-1] if levels else None
    if level and level.outcome is None:
        because = f"a split, held by {level.holder} since {level.opened_at:%Y-%m-%d}"
        return SplitStanding("split", office, bureau, level, None, because)
    if level and level.outcome == "settled" and level.tier:
        because = f"a split, settled by {level.decided_by} on {level.decided_at:%Y-%m-%d} with {proposed(level.tier)}"
        return SplitStanding("settled", office, bureau, level, level.tier, because)
    missing = [side for side, said in (("office", office), ("bureau", bureau)) if not said]
    if not has_bureau and office:
        because = f"the office recommends {proposed(office.tier)}, and no bureau covers it"
        return SplitStanding("agreed", office, bureau, level, office.tier, because)
    if office is None or bureau is None:
        because = f"no recommendation of the {' nor of the '.join(missing)} yet"
        return SplitStanding("missing", office, bureau, level, None, because)
    if office.tier != bureau.tier:
        because = f"the office recommends {proposed(office.tier)}, the bureau {proposed(bureau.tier)}"
        return SplitStanding("split", office, bureau, level, None, because)
    return SplitStanding("agreed", office, bureau, level, office.tier, f"both recommend {proposed(office.tier)}")


def latest(recommendations: Sequence[TierRecommendation], side: Side) -> TierRecommendation | None:
    """The recommendation of a side that governs: the last recorded."""
    return next((one for one in reversed(recommendations) if one.side == side), None)


@dataclass(frozen=True)
class SplitMove:
    """What follows from a recommendation; `level` is the id of the level that opens, or ""."""

    move: Move
    level: str = ""


def move_of(
    before: Sequence[TierRecommendation],
    added: TierRecommendation,
    levels: Sequence[SplitLevel],
    *,
    first_level: str,
    has_bureau: bool,
) -> SplitMove:
    """What becomes of a country's split when `added` follows `before`.

    A split opens at the first level. Where it was settled and a side then changes its tier, it opens again with whoever
    settled it, or, if both now agree, what was settled lapses. A new rationale for the same tier changes nothing.
    """
    was = latest(before, added.side)
    office, bureau = latest([*before, added], "office"), latest([*before, added], "bureau")
    if not has_bureau or office is None or bureau is None:
        return SplitMove("none")
    differ = office.tier != bureau.tier
    last = levels[-1] if levels else None
    if last and last.outcome is None:
        return SplitMove("none") if differ else SplitMove("withdraws")
    if last and last.outcome == "settled":
        if was and was.tier == added.tier:
            return SplitMove("none")
        return SplitMove("opens", last.level) if differ else SplitMove("lapses")
    return SplitMove("opens", first_level) if differ else SplitMove("none")
