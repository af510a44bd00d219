"""Record which tier countries are placed on: by a position entitled to decide, single ones or all that are agreed upon.

Source: 22 U.S.C. 7107(b); GAO-17-56 (unclear explanations); decision 0014. The decision is a person's; the rules only
say what keeps it from being recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from operator import itemgetter
from typing import Any

from tipcycle.errors import StoreError
from tipcycle.model.counted import counted_of
from tipcycle.model.keys import obligation_key
from tipcycle.model.placement import tier_name
from tipcycle.model.signing_code import Deed, deed_of
from tipcycle.model.tier_decision import TierPlacement
from tipcycle.model.tier_forms import PlacementForm
from tipcycle.operations.approval import require_position
from tipcycle.operations.assemble_full_assessment import draw_full_chapters, renew_placed_chapters
from tipcycle.operations.context import context
from tipcycle.operations.judge_placement import STEP, Judged, PlacementDesk, judge, open_desk
from tipcycle.operations.obligation_life import fulfil
from tipcycle.operations.record_recommendations import TierReport
from tipcycle.operations.require_code import deciding, require_code
from tipcycle.operations.tier_state import counted_at
from tipcycle.operations.unplaced_countries import unplaced_countries
from tipcycle.store import Store

_FIRST = 10  # countries named of those left out for one reason


def record_placements(
    report_year: int,
    *,
    position: str,
    placements: Sequence[PlacementForm] = (),
    as_recommended: bool = False,
    at: datetime,
    preview: bool,
    code: str | None = None,
) -> TierReport:
    """Place the countries of `placements`, or none of them: raises `StoreError` with every reason against each.

    With `as_recommended` also each further country for which both recommend one tier, with the office's rationale,
    which is the explanation too where the tier changes; what is left out is told by reason. A form gives
    the one-time `code` (decision 0019).
    """
    cycle = context(report_year)
    require_position(cycle.config, position)
    if not placements and not as_recommended:
        raise StoreError("no placement is given; name a country, or place all as recommended")
    with deciding(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        desk = open_desk(store, cycle, position, counted_at(store, at))
        if as_recommended and not set(desk.seats) & set(cycle.config.placing.agreed):
            allowed = " or ".join(cycle.config.placing.agreed)
            raise StoreError(f"{position} does not place what both recommend; {allowed} does")
        single = [judge(desk, form) for form in placements]
        wrong = [f"{one.iso3}: {fault}" for one in single for fault in one.faults]
        named = [one.iso3 for one in single]
        wrong += [f"{iso3}: stands twice; keep one" for iso3 in sorted({one for one in named if named.count(one) > 1})]
        if wrong:
            raise StoreError("\n".join(wrong))
        agreed, left = _as_recommended(desk, without=named) if as_recommended else ([], [])
        placed = [one for one in (*single, *agreed) if one.placement]
        lines = [line for one in placed for line in _lines(one)] + left
        to_sign = _to_sign(report_year, position, placed) if placed else None
        if not preview:
            signed = require_code(store, to_sign, code, at=desk.at) if to_sign else {}
            _keep(store, desk, [one.placement for one in placed if one.placement], position, signed)
    if not preview:
        draw_full_chapters(report_year, [one.iso3 for one in placed], at)
    return TierReport(tuple(lines), len(placed), done=not preview, to_sign=to_sign)


def _to_sign(report_year: int, position: str, placed: Sequence[Judged]) -> Deed:
    """Every word of the placements; not when they were decided."""
    placements = [asdict(one.placement) for one in placed if one.placement]
    return deed_of(
        report_year,
        "place",
        position,
        what=f"place {counted_of(len(placed), 'country', 'countries')}",
        lines=[line for one in placed for line in _lines(one)],
        decided=sorted(([one["iso3"], one | {"decided_at": None}] for one in placements), key=itemgetter(0)),
    )


def _as_recommended(desk: PlacementDesk, *, without: Sequence[str]) -> tuple[list[Judged], list[str]]:
    """Every country whose recommendations agree and which nothing refuses, and a line for each reason of the others."""
    judged, left = [], defaultdict[str, list[str]](list)
    for iso3, standing in desk.standings.items():
        placed = desk.decisions.get(iso3)
        if iso3 in without or (placed and (iso3, placed[-1].number) not in desk.reopened):
            continue
        if standing.standing != "agreed" or standing.office is None or standing.tier is None:
            left[standing.because].append(iso3)
            continue
        office = standing.office
        changes = office.tier != "none" and desk.history.tiers(iso3).get(desk.cycle.config.report_year - 1) not in (
            None,
            office.tier,
        )
        form = PlacementForm(
            country=iso3,
            tier=office.tier,
            rationale=office.rationale,
            explanation=office.rationale if changes else "",
            standards=list(office.standards),
        )
        one = judge(desk, form)
        if one.faults:
            left["; ".join(one.faults)].append(iso3)
        else:
            judged.append(one)
    return judged, _left_out(left)


def _left_out(left: Mapping[str, Sequence[str]]) -> list[str]:
    """What stands alone first: nearly every country shares the last reason, and two hundred lines hide the others."""
    lines = []
    for because, countries in sorted(left.items(), key=lambda one: (len(one[1]), one[1])):
        more = f" and {len(countries) - _FIRST} more" if len(countries) > _FIRST else ""
        many = counted_of(len(countries), "country", "countries")
        lines.append(f"{many} left out, {because}: {', '.join(countries[:_FIRST])}{more}")
    return lines


def _lines(one: Judged) -> list[str]:
    if one.placement is None:
        return []
    before = one.placement.before
    was = f", before {tier_name(before)}" if before and before != one.placement.tier else ""
    instead = f" (number {one.placement.number})" if one.placement.number > 1 else ""
    waived = ", the limit waived" if one.placement.waiver else ""
    head = f"{one.iso3}: {tier_name(one.placement.tier)}{was}{waived}{instead}"
    return [head, *(f"{one.iso3}: warning: {told}" for told in one.warnings)]


def _keep(
    store: Store, desk: PlacementDesk, placed: list[TierPlacement], position: str, signed: Mapping[str, Any]
) -> None:
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
            **signed,
        )
    renew_placed_chapters(store, desk.cycle, [one.iso3 for one in placed], at=desk.at)
    year = desk.cycle.config.report_year
    step = store.obligations.get(obligation_key(year, STEP, None))
    if step.standing == "missing" and not unplaced_countries(store, desk.cycle):
        fulfil(store, desk.cycle, step, standing="received", at=desk.at, approver=position, reason="all are placed")
        store.acts.add("record-step", step.key, actor=position, at=desk.at, note="every country asked is placed")
