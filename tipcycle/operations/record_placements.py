"""Record which tier countries are placed on: by a position entitled to decide, single ones or all that are agreed upon.

Source: 22 U.S.C. 7107(b); GAO-17-56 (unclear explanations); decision 0014. The decision is a person's; the rules only
say what keeps it from being recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tipcycle.assessment.may_place import seat_that_places, why_not_place
from tipcycle.assessment.split import SplitStanding
from tipcycle.config.find_country import find_country
from tipcycle.errors import ConfigError, StoreError
from tipcycle.model.keys import obligation_key
from tipcycle.model.placement import tier_name
from tipcycle.model.tier_decision import TierPlacement
from tipcycle.model.tier_forms import PlacementForm
from tipcycle.operations.acting import seats_of
from tipcycle.operations.approval import require_position
from tipcycle.operations.context import Context, context
from tipcycle.operations.obligation_life import fulfil
from tipcycle.operations.record_recommendations import TierReport
from tipcycle.operations.tier_findings import history_on
from tipcycle.operations.tier_state import counted_at, require_season, standings_in
from tipcycle.operations.unplaced_countries import unplaced_countries
from tipcycle.rules.placement_in_force import History
from tipcycle.rules.placement_is_allowed import Proposed, judge_placement
from tipcycle.store import Store

STEP = "tier-placement"


@dataclass(frozen=True)
class _Desk:
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
class _Judged:
    """A form with what stands against it, or the placement it becomes and what is told beside it."""

    iso3: str
    faults: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    placement: TierPlacement | None = None


def record_placements(
    report_year: int,
    *,
    position: str,
    placements: Sequence[PlacementForm] = (),
    as_recommended: bool = False,
    at: datetime,
    preview: bool,
) -> TierReport:
    """Place the countries of `placements`, or none of them: raises `StoreError` with every reason against each.

    With `as_recommended` also each further country for which both recommend one tier, with the office's rationale,
    which is the explanation too where the tier changes; what is left out is told with its reason.
    """
    cycle = context(report_year)
    require_position(cycle.config, position)
    if not placements and not as_recommended:
        raise StoreError("no placement is given; name a country, or place all as recommended")
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        desk = _desk(store, cycle, position, counted_at(store, at))
        if as_recommended and not set(desk.seats) & set(cycle.config.placing.agreed):
            allowed = " or ".join(cycle.config.placing.agreed)
            raise StoreError(f"{position} does not place what both recommend; {allowed} does")
        single = [_judge(desk, form) for form in placements]
        wrong = [f"{one.iso3}: {fault}" for one in single for fault in one.faults]
        named = [one.iso3 for one in single]
        wrong += [f"{iso3}: stands twice; keep one" for iso3 in sorted({one for one in named if named.count(one) > 1})]
        if wrong:
            raise StoreError("\n".join(wrong))
        agreed, left = _as_recommended(desk, without=named) if as_recommended else ([], [])
        placed = [one for one in (*single, *agreed) if one.placement]
        lines = [line for one in placed for line in _lines(one)] + left
        if not preview:
            _keep(store, desk, [one.placement for one in placed if one.placement], position)
        return TierReport(tuple(lines), len(placed), done=not preview)


def _desk(store: Store, cycle: Context, position: str, at: datetime) -> _Desk:
    year = cycle.config.report_year
    require_season(store, cycle)
    if store.obligations.get(obligation_key(year, STEP, None)).opened_at is None:
        before = cycle.config.calendar.step(STEP).opens_with
        raise StoreError(f"cycle {year}: {STEP} is not open yet; it opens with {before}")
    decisions: dict[str, list[TierPlacement]] = {}
    for one in store.tiers.decisions(year):
        decisions.setdefault(one.iso3, []).append(one)
    on = cycle.places.washington.local_date(at)
    return _Desk(
        cycle=cycle,
        seats=seats_of(store, cycle, position, at),
        standings=standings_in(store, cycle),
        decisions=decisions,
        reopened={(one.iso3, one.number) for one in store.tiers.reopened(year)},
        history=history_on(cycle, on),
        on=on,
        at=at,
    )


def _judge(desk: _Desk, form: PlacementForm) -> _Judged:
    config = desk.cycle.config
    try:
        iso3 = find_country(config, form.country).iso3
    except ConfigError as error:
        return _Judged(form.country, (str(error),))
    standing = desk.standings.get(iso3)
    if standing is None:
        return _Judged(iso3, (f"nothing was asked of it in cycle {config.report_year}, so it is not placed",))
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
        return _Judged(iso3, tuple(faults))
    warnings = tuple(one.because for one in findings)
    return _Judged(iso3, (), warnings, _placement(desk, form, iso3, standing))


def _conflict(desk: _Desk, iso3: str, replaces: int | None) -> str:
    """Why a placement that is there stands in the way: one wins, and whoever comes second says what it replaces."""
    before = desk.decisions.get(iso3)
    if not before:
        return f"there is no placement {replaces} to replace" if replaces else ""
    last = before[-1]
    if (iso3, last.number) in desk.reopened or replaces == last.number:
        return ""
    told = f"placed on {tier_name(last.tier)} by {last.decided_by} on {last.decided_at:%Y-%m-%d %H:%MZ}"
    if replaces:
        return f"placement {replaces} is not the latest; number {last.number}: {told}"
    return f"was {told} already (number {last.number}); to replace it say that it replaces {last.number}"


def _placement(desk: _Desk, form: PlacementForm, iso3: str, standing: SplitStanding) -> TierPlacement:
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


def _as_recommended(desk: _Desk, *, without: Sequence[str]) -> tuple[list[_Judged], list[str]]:
    """Every country whose recommendations agree and which nothing refuses, and a line for each other one."""
    judged, left = [], []
    for iso3, standing in desk.standings.items():
        placed = desk.decisions.get(iso3)
        if iso3 in without or (placed and (iso3, placed[-1].number) not in desk.reopened):
            continue
        if standing.standing != "agreed" or standing.office is None or standing.tier is None:
            left.append(f"{iso3}: left out, {standing.because}")
            continue
        office = standing.office
        changes = desk.history.tiers(iso3).get(desk.cycle.config.report_year - 1) not in (None, office.tier)
        form = PlacementForm(
            country=iso3,
            tier=office.tier,
            rationale=office.rationale,
            explanation=office.rationale if changes else "",
            standards=list(office.standards),
        )
        one = _judge(desk, form)
        if one.faults:
            left.append(f"{iso3}: left out, {'; '.join(one.faults)}")
        else:
            judged.append(one)
    return judged, left


def _lines(one: _Judged) -> list[str]:
    if one.placement is None:
        return []
    before = one.placement.before
    was = f", before {tier_name(before)}" if before and before != one.placement.tier else ""
    instead = f" (number {one.placement.number})" if one.placement.number > 1 else ""
    waived = ", the limit waived" if one.placement.waiver else ""
    head = f"{one.iso3}: {tier_name(one.placement.tier)}{was}{waived}{instead}"
    return [head, *(f"{one.iso3}: warning: {told}" for told in one.warnings)]


def _keep(store: Store, desk: _Desk, placed: list[TierPlacement], position: str) -> None:
    store.tiers.place(placed)
    for one in placed:
        store.acts.add(
            "place-country",
            f"tier:{one.report_year}:{one.iso3}",
            actor=position,
            at=desk.at,
            seat=one.decided_by,
            tier=one.tier,
            before=one.before,
            number=one.number,
            waived=bool(one.waiver),
        )
    year = desk.cycle.config.report_year
    step = store.obligations.get(obligation_key(year, STEP, None))
    if step.standing == "missing" and not unplaced_countries(store, year):
        fulfil(store, desk.cycle, step, standing="received", at=desk.at, approver=position, reason="all are placed")
        store.acts.add("record-step", step.key, actor=position, at=desk.at, note="every country asked is placed")
