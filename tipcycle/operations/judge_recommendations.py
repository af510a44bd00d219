"""May this position recommend these tiers, and what is wrong with each as it is given? All of it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tipcycle.config.find_country import find_country
from tipcycle.errors import ConfigError, StoreError
from tipcycle.ladder.recipients import OFFICE
from tipcycle.model.tier_decision import Side, TierRecommendation
from tipcycle.model.tier_forms import RecommendationForm
from tipcycle.operations.acting import seats_of
from tipcycle.operations.context import Context
from tipcycle.operations.tier_state import asked_countries, bureau_seat
from tipcycle.rules.placement_is_allowed import rationale_is_given, standards_are_known, tier_is_known
from tipcycle.store import Store

_OFFICE_ROLES = ("action-officer", "alternate", "director")


def judge_recommendations(
    store: Store, cycle: Context, position: str, forms: Sequence[RecommendationForm], at: datetime
) -> list[TierRecommendation]:
    """Each form as it will be kept (its number still 0); raises `StoreError` with all that is wrong."""
    seats = seats_of(store, cycle, position, at)
    asked = set(asked_countries(store, cycle.config.report_year))
    placed = store.tiers.placements(cycle.config.report_year)
    wrong, seen, judged = [], set(), []
    for form in forms:
        try:
            iso3 = find_country(cycle.config, form.country).iso3
        except ConfigError as error:
            wrong.append(str(error))
            continue
        side, seat = _side(cycle, seats, iso3)
        faults = list(_faults(cycle, form, iso3))
        if iso3 in seen:
            faults.append("stands twice; keep one")
        if iso3 not in asked:
            faults.append(f"nothing was asked of it in cycle {cycle.config.report_year}")
        elif not side:
            faults.append(_not_yours(cycle, position, iso3))
        if iso3 in placed:
            told = f"{placed[iso3].decided_by} on {placed[iso3].decided_at:%Y-%m-%d}"
            faults.append(
                f"was placed already, by {told}; to say more: form reopen-placement, or tipcycle place reopen {iso3}"
            )
        seen.add(iso3)
        wrong += [f"{iso3}: {fault}" for fault in faults]
        if side and not faults:
            judged.append(
                TierRecommendation(
                    number=0,
                    report_year=cycle.config.report_year,
                    iso3=iso3,
                    side=side,
                    position=seat,
                    tier=form.tier,
                    rationale=form.rationale.strip(),
                    standards=tuple(form.standards),
                    recorded_at=at,
                    acting=position if position != seat else "",
                )
            )
    if wrong:
        raise StoreError("\n".join(wrong))
    return judged


def _faults(cycle: Context, form: RecommendationForm, iso3: str) -> Iterator[str]:
    law, year = cycle.config.law, cycle.config.report_year
    findings = (
        tier_is_known(form.tier, law, report_year=year),
        rationale_is_given(form.rationale, law, report_year=year),
        standards_are_known(form.standards, law, report_year=year),
    )
    yield from (one.because for one in findings if one.severity == "error")
    if not form.standards and form.tier not in ("special", "none"):
        yield "A rationale is tied to the minimum standards; name at least one, such as 4.1."


def _side(cycle: Context, seats: Sequence[str], iso3: str) -> tuple[Side | None, str]:
    """The side for which the position speaks, and the seat in whose name; its own seat counts first."""
    office = {f"{OFFICE}.{role}" for role in _OFFICE_ROLES}
    for seat in seats:
        if seat in office:
            return "office", seat
        if seat == bureau_seat(cycle, iso3):
            return "bureau", seat
    return None, ""


def _not_yours(cycle: Context, position: str, iso3: str) -> str:
    bureau = bureau_seat(cycle, iso3)
    who = f"{OFFICE}.action-officer" + (f" or {bureau}" if bureau else ", as no bureau covers it")
    return f"{position} may not recommend a tier for it; that is for {who}"
