"""Record which tier the office or a regional bureau recommends, one country or many at once, with a preview first.

A later recommendation of the same side replaces the earlier one, which is kept. Where office and bureau differ, a
split opens at once. Source: GAO-17-56; decision 0014.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tipcycle.assessment.split import latest, move_of
from tipcycle.errors import StoreError
from tipcycle.model.placement import proposed
from tipcycle.model.signing_code import Deed
from tipcycle.model.tier_decision import TierRecommendation
from tipcycle.model.tier_forms import RecommendationForm
from tipcycle.operations.approval import require_position
from tipcycle.operations.context import Context, context
from tipcycle.operations.judge_recommendations import judge_recommendations
from tipcycle.operations.split_life import decide_level, let_lapse, level_of, open_level
from tipcycle.operations.tier_findings import history_on, if_placed
from tipcycle.operations.tier_state import counted_at, has_bureau, require_season
from tipcycle.rules.placement_in_force import History
from tipcycle.store import Store


@dataclass(frozen=True)
class TierReport:
    """What was (or would be) recorded, in lines a coordinator can read; `done` is False for a preview.

    `to_sign` is what a form needs a code for: placements, where there are any.
    """

    lines: tuple[str, ...]
    recorded: int
    done: bool
    splits: int = 0
    to_sign: Deed | None = None


def record_recommendations(
    report_year: int,
    *,
    position: str,
    recommendations: Sequence[RecommendationForm],
    at: datetime,
    preview: bool,
) -> TierReport:
    """Record all of them, or none: raises `StoreError` with every reason against each."""
    cycle = context(report_year)
    require_position(cycle.config, position)
    if not recommendations:
        raise StoreError("no recommendation is given; name at least one country")
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        at = counted_at(store, at)
        require_season(store, cycle)
        judged = judge_recommendations(store, cycle, position, recommendations, at)
        fresh = [one for one in judged if not _stands_already(store, one)]
        lines = [f"{one.iso3}: {one.side} recommends that already" for one in judged if one not in fresh]
        history = history_on(cycle, cycle.places.washington.local_date(at))
        splits = 0
        for number, one in enumerate(fresh, store.tiers.next_recommendation()):
            told, opened = _record(store, cycle, one, number, history, at=at, preview=preview)
            lines += told
            splits += opened
        return TierReport(tuple(lines), len(fresh), done=not preview, splits=splits)


def _stands_already(store: Store, one: TierRecommendation) -> bool:
    before = latest(store.tiers.recommendations(one.report_year, one.iso3), one.side)
    same = ("tier", "rationale", "standards")
    return before is not None and all(getattr(before, name) == getattr(one, name) for name in same)


def _record(
    store: Store,
    cycle: Context,
    one: TierRecommendation,
    number: int,
    history: History,
    *,
    at: datetime,
    preview: bool,
) -> tuple[list[str], bool]:
    """Keep one and let its split follow; return the lines, and whether a split opens."""
    year, iso3 = one.report_year, one.iso3
    before, levels = store.tiers.recommendations(year, iso3), store.tiers.levels(year, iso3)
    was = latest(before, one.side)
    move = move_of(before, one, levels, first_level=cycle.config.split_levels[0].id, has_bureau=has_bureau(cycle, iso3))
    instead = f", instead of {proposed(was.tier)}" if was and was.tier != one.tier else ""
    lines = [f"{iso3}: {one.side} recommends {proposed(one.tier)}{instead}"]
    for finding in if_placed(cycle, iso3, history, [one.tier]).values():
        if finding.severity == "error":
            lines.append(f"{iso3}: warning: {finding.because}")
    agree = f"both now recommend {proposed(one.tier)}"
    if not preview:
        kept = replace(one, number=number)
        store.tiers.recommend([kept])
        store.acts.add(
            "recommend-tier",
            f"tier:{year}:{iso3}",
            actor=one.acting or one.position,
            at=at,
            side=one.side,
            seat=one.position,
            tier=one.tier,
            number=number,
        )
    match move.move:
        case "opens":
            level = level_of(cycle, move.level)
            told = level.what
            if not preview:
                told = open_level(store, cycle, iso3, level, number=len(levels) + 1, at=at)
            lines.append(f"{iso3}: a split: {told}")
        case "withdraws":
            lines.append(f"{iso3}: the split ends: {agree}")
            if not preview:
                decide_level(store, cycle, levels[-1], outcome="withdrawn", note=agree, by=one.position, at=at)
        case "lapses":
            lines.append(f"{iso3}: what was settled counts no more: {agree}")
            if not preview:
                let_lapse(store, levels[-1], note=agree, by=one.position, at=at)
        case "none":
            pass
    return lines, move.move == "opens"
