"""Open a placement again: it governs no more, and office and bureau may recommend anew."""

from __future__ import annotations

from datetime import datetime

from tipcycle.config.find_country import find_country
from tipcycle.errors import StoreError
from tipcycle.model.placement import tier_name
from tipcycle.model.tier_decision import ReopenedPlacement
from tipcycle.operations.acting import seats_of
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.assemble_full_assessment import draw_full_chapters, renew_placed_chapters
from tipcycle.operations.context import Context, context
from tipcycle.operations.tier_state import bureau_seat, counted_at, require_season, standing_in
from tipcycle.store import Store


def reopen_placement(report_year: int, *, country: str, position: str, reason: str, at: datetime) -> str:
    """Let the governing placement of a country govern no more; return a line to show.

    Raises `StoreError` where there is none, or for a position that neither decided it nor may decide otherwise.
    """
    cycle = context(report_year)
    iso3 = find_country(cycle.config, country).iso3
    require_position(cycle.config, position)
    require_reason("a placement is opened again", reason)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        at = counted_at(store, at)
        require_season(store, cycle)
        placed = store.tiers.placements(report_year).get(iso3)
        if placed is None:
            raise StoreError(f"{iso3}: has no placement that governs in cycle {report_year}")
        allowed = {placed.decided_by, *cycle.config.placing.otherwise}
        if not allowed & set(seats_of(store, cycle, position, at)):
            raise StoreError(f"{iso3}: only {' or '.join(sorted(allowed))} may open its placement again")
        store.tiers.reopen(ReopenedPlacement(report_year, iso3, placed.number, reason, position, at))
        store.acts.add(
            "reopen-placement",
            f"tier:{report_year}:{iso3}",
            actor=position,
            at=at,
            number=placed.number,
            reason=reason,
        )
        renew_placed_chapters(store, cycle, [iso3], at=at)
        goes_on = _who_goes_on(store, cycle, iso3)
    draw_full_chapters(report_year, [iso3], at)
    return f"{iso3}: placement {placed.number} ({tier_name(placed.tier)}) governs no more: {reason}; {goes_on}"


def _who_goes_on(store: Store, cycle: Context, iso3: str) -> str:
    """Both sides' recommendations, and the split between them, stand as they did before the placement."""
    placing = cycle.config.placing
    settled = standing_in(store, cycle, iso3).standing == "settled"
    may_place = " or ".join(placing.settled if settled else placing.agreed)
    sides = " and ".join(one for one in ("the office", bureau_seat(cycle, iso3)) if one)
    return f"{sides} may recommend anew (record-recommendation), {may_place} may place it (record-placement)"
