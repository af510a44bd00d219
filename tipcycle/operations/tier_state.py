"""How do the countries of a cycle stand between office and bureau, and may anything be said about tiers now?"""

from __future__ import annotations

from datetime import datetime

from tipcycle.assessment.split import SplitStanding, standing_of
from tipcycle.errors import StoreError
from tipcycle.model.keys import document_key, obligation_key
from tipcycle.operations.context import Context
from tipcycle.store import Store


def require_season(store: Store, cycle: Context) -> None:
    """Raise `StoreError` before the drafts are open or after the Report is out (decision 0014)."""
    year = cycle.config.report_year
    store.cycles.get(year)
    draft = store.obligations.get(obligation_key(year, "full-draft", None))
    if draft.opened_at is None:
        before = cycle.config.calendar.step("full-draft").opens_with
        raise StoreError(f"cycle {year}: tiers are recommended once full-draft is open; it opens with {before}")
    if is_released(store, year):
        dated = "a tier is changed by a line with its day in config/placements/corrections.csv"
        raise StoreError(f"cycle {year}: the Report is out; from now on {dated}")


def is_released(store: Store, report_year: int) -> bool:
    """Whether the Report of the cycle went out."""
    step = store.obligations.by_key([obligation_key(report_year, "report-release", None)])
    done = any(one.standing == "received" for one in step.values())
    return done or bool(store.releases.of_document(document_key(report_year, "full-assessment", None)))


def asked_countries(store: Store, report_year: int) -> list[str]:
    """The countries of which a submission for the full assessment is owed, in order of iso3."""
    owed = store.obligations.of_cycle(report_year, step="annual-submission")
    return sorted(one.country for one in owed if one.country)


def has_bureau(cycle: Context, iso3: str) -> bool:
    """Whether a regional bureau covers the country."""
    return cycle.config.post_for(iso3).bureau is not None


def bureau_seat(cycle: Context, iso3: str) -> str:
    """`af.bureau`; "" where no regional bureau covers the country."""
    bureau = cycle.config.post_for(iso3).bureau
    return f"{bureau.lower()}.bureau" if bureau else ""


def standing_in(store: Store, cycle: Context, iso3: str) -> SplitStanding:
    """How one country stands."""
    year = cycle.config.report_year
    return standing_of(
        store.tiers.recommendations(year, iso3), store.tiers.levels(year, iso3), has_bureau=has_bureau(cycle, iso3)
    )


def standings_in(store: Store, cycle: Context) -> dict[str, SplitStanding]:
    """How every country asked stands, by iso3."""
    year = cycle.config.report_year
    said, levels = store.tiers.recommendations(year), store.tiers.levels(year)
    return {
        iso3: standing_of(
            [one for one in said if one.iso3 == iso3],
            [one for one in levels if one.iso3 == iso3],
            has_bureau=has_bureau(cycle, iso3),
        )
        for iso3 in asked_countries(store, year)
    }


def counted_at(store: Store, at: datetime) -> datetime:
    """`at`, or the last tick where that is later: as everywhere in the ledger."""
    return max(at, store.last_tick_at() or at)
