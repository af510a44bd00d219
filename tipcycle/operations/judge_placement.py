"""What stands against one placement as it is given, and what does it become? Inside another operation's transaction.

Powers, conflicts and the law are asked together, so that all that is wrong is told at once. Decision 0014.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tipcycle.assessment.may_place import seat_that_places, why_not_place
from tipcycle.assessment.split import SplitStanding
from tipcycle.config.find_country import find_country
from tipcycle.errors import ConfigError, StoreError
from tipcycle.model.keys import obligation_key
from tipcycle.model.placement import placed_on
from tipcycle.model.tier_decision import TierPlacement
from tipcycle.model.tier_forms import PlacementForm
from tipcycle.operations.acting import seats_of
from tipcycle.operations.context import Context
from tipcycle.operations.tier_findings import history_on
from tipcycle.operations.tier_state import require_season, standings_in
from tipcycle.rules.placement_in_force import History
from tipcycle.rules.placement_is_allowed import Proposed, judge_placement
from tipcycle.store import Store

STEP = "tier-placement"


@dataclass(frozen=True)
class PlacementDesk:
    """What every judgment of one transaction needs."""

    cycle: Context
    seats: tuple[str, ...]
    standings: dict[str, SplitStanding]
    decisions: dict[str, list[TierPlacement]]
    reopened: set[tuple[str, int]]
    history: History
    on: date
    at: datetime


@dataclass(frozen=True)
class Judged:
    """A form with what stands against it, or the placement it becomes and what is told beside it."""

    iso3: str
    faults: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    placement: TierPlacement | None = None


def open_desk(store: Store, cycle: Context, position: str, at: datetime) -> PlacementDesk:
    """Everything that judging asks for; raises `StoreError` where nothing can be placed now."""
    year = cycle.config.report_year
    require_season(store, cycle)
    if store.obligations.get(obligation_key(year, STEP, None)).opened_at is None:
        before = cycle.config.calendar.step(STEP).opens_with
        raise StoreError(f"cycle {year}: {STEP} is not open yet; it opens with {before}")
    decisions: dict[str, list[TierPlacement]] = {}
    for one in store.tiers.decisions(year):
        decisions.setdefault(one.iso3, []).append(one)
    on = cycle.places.washington.local_date(at)
    return PlacementDesk(
        cycle=cycle,
        seats=seats_of(store, cycle, position, at),
        standings=standings_in(store, cycle),
        decisions=decisions,
        reopened={(one.iso3, one.number) for one in store.tiers.reopened(year)},
        history=history_on(cycle, on),
        on=on,
        at=at,
    )


def judge(desk: PlacementDesk, form: PlacementForm) -> Judged:
    """One form with all that stands against it, or as the placement that it becomes."""
    config = desk.cycle.config
    try:
        iso3 = find_country(config, form.country).iso3
    except ConfigError as error:
        return Judged(form.country, (str(error),))
    standing = desk.standings.get(iso3)
    if standing is None:
        return Judged(iso3, (f"nothing was asked of it in cycle {config.report_year}, so it is not placed",))
    proposed = Proposed(form.tier, form.rationale, form.explanation, form.standards, form.waiver)
    findings = judge_placement(
        proposed,
        desk.history,
        iso3,
        config.law,
        report_year=config.report_year,
        territories=config.territories,
        on=desk.on,
    )
    why_not = why_not_place(
        desk.seats,
        standing,
        form.tier,
        placing=config.placing,
        waived=bool(form.waiver),
        explanation=form.explanation,
    )
    faults = [why_not, _conflict(desk, iso3, form.replaces)]
    faults += [one.because for one in findings if one.severity == "error"]
    faults = [one for one in faults if one]
    if faults:
        return Judged(iso3, tuple(faults))
    warnings = tuple(one.because for one in findings)
    return Judged(iso3, (), warnings, _placement(desk, form, iso3, standing))


def _conflict(desk: PlacementDesk, iso3: str, replaces: int | None) -> str:
    """Why a placement that is there stands in the way: one wins, and whoever comes second says what it replaces."""
    before = desk.decisions.get(iso3)
    if not before:
        return f"there is no placement {replaces} to replace" if replaces else ""
    last = before[-1]
    if (iso3, last.number) in desk.reopened or replaces == last.number:
        return ""
    told = f"{placed_on(last.tier)} by {last.decided_by} on {last.decided_at:%Y-%m-%d %H:%MZ}"
    if replaces:
        return f"placement {replaces} is not the latest; number {last.number}: {told}"
    return f"was {told} already (number {last.number}); to replace it say that it replaces {last.number}"


def _placement(desk: PlacementDesk, form: PlacementForm, iso3: str, standing: SplitStanding) -> TierPlacement:
    year = desk.cycle.config.report_year
    seat = seat_that_places(
        desk.seats, standing, form.tier, placing=desk.cycle.config.placing, waived=bool(form.waiver)
    )
    return TierPlacement(
        report_year=year,
        iso3=iso3,
        number=len(desk.decisions.get(iso3, ())) + 1,
        tier=form.tier,
        before=desk.history.tiers(iso3).get(year - 1),
        rationale=form.rationale.strip(),
        explanation=form.explanation.strip(),
        standards=tuple(form.standards),
        waiver=dict(form.waiver),
        decided_by=seat,
        decided_at=desk.at,
        acting=desk.seats[0] if seat != desk.seats[0] else "",
    )
