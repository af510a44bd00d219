"""Recommendations, splits, placements, determinations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tasks.by_hand import task_by_hand
from tipcycle.model.placement import Tier
from tipcycle.model.tier_forms import PlacementForm, RecommendationForm, SplitOutcome
from tipcycle.operations import settle_split as splits
from tipcycle.operations.determine import determine
from tipcycle.operations.record_placements import record_placements
from tipcycle.operations.record_recommendations import TierReport, record_recommendations
from tipcycle.operations.reopen_placement import reopen_placement


@task_by_hand(name="recommend-tiers", timeout_seconds=300)
async def recommend_tiers(
    report_year: int, *, position: str, recommendations: Sequence[RecommendationForm], at: datetime, preview: bool
) -> TierReport:
    """Record what one side recommends, or show it."""
    return record_recommendations(
        report_year, position=position, recommendations=recommendations, at=at, preview=preview
    )


@task_by_hand(name="decide-split", timeout_seconds=120)
async def decide_split(
    report_year: int,
    *,
    country: str,
    position: str,
    outcome: SplitOutcome,
    tier: Tier | None,
    note: str,
    at: datetime,
) -> list[str]:
    """Settle one split, or raise it."""
    return splits.settle_split(
        report_year, country=country, position=position, outcome=outcome, tier=tier, note=note, at=at
    )


@task_by_hand(name="place-countries", timeout_seconds=300)
async def place_countries(
    report_year: int,
    *,
    position: str,
    placements: Sequence[PlacementForm],
    as_recommended: bool,
    at: datetime,
    preview: bool,
    code: str,
) -> TierReport:
    """Record placements, or show them."""
    return record_placements(
        report_year,
        position=position,
        placements=placements,
        as_recommended=as_recommended,
        at=at,
        preview=preview,
        code=code,
    )


@task_by_hand(name="record-what-was-determined", timeout_seconds=120)
async def record_what_was_determined(
    report_year: int, *, country: str, kind: str, done_on: date, position: str, note: str, at: datetime
) -> str:
    """Record one determination."""
    return determine(report_year, country=country, kind=kind, done_on=done_on, position=position, note=note, at=at)


@task_by_hand(name="open-placement-again", timeout_seconds=300)
async def open_placement_again(report_year: int, *, country: str, position: str, reason: str, at: datetime) -> str:
    """Let a placement govern no more."""
    return reopen_placement(report_year, country=country, position=position, reason=reason, at=at)
