"""When did a cycle's Report really go out, and whom did it place where?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tipcycle.assessment.follow_up import Placed
from tipcycle.config.load import known_cycles, load_config
from tipcycle.model.keys import document_key, obligation_key
from tipcycle.operations.context import Context
from tipcycle.rules.placement_in_force import history_of
from tipcycle.store import Store


@dataclass(frozen=True)
class ReportDay:
    """The day from which everything is counted; `known` says how it is known."""

    on: date
    known: str


def report_day(store: Store, cycle: Context) -> ReportDay:
    """The actual day of the Report as far as it is known: its release, its step, the next calendar, our plan."""
    config, year = cycle.config, cycle.config.report_year
    local = cycle.places.washington.local_date
    released = store.releases.of_document(document_key(year, "full-assessment", None))
    if released:
        return ReportDay(local(released[0].released_at), "released")
    step = store.obligations.by_key([obligation_key(year, "report-release", None)])
    answered = next((one.answered_at for one in step.values() if one.answered_at), None)
    if answered:
        return ReportDay(local(answered), "recorded")
    if year + 1 in known_cycles(cycle.settings.config_dir):
        following = load_config(cycle.settings.config_dir, year + 1).calendar.previous_report_on
        return ReportDay(following, "calendar of the next cycle")
    return ReportDay(config.calendar.step("report-release").planned_on, "planned")


def placed_in(store: Store, cycle: Context, report_on: date) -> tuple[dict[str, Placed], str]:
    """The placements of the Report: those recorded in the ledger, or, where there are none, those of config.

    A country that it was decided not to place has none.
    """
    year = cycle.config.report_year
    recorded = store.tiers.placements(year)
    if recorded:
        made = {
            iso3: Placed(one.tier, one.before, bool(one.waiver)) for iso3, one in recorded.items() if one.tier != "none"
        }
        return made, "the ledger"
    history = history_of(cycle.config.placements, on=report_on)
    of_config = {
        iso3: Placed(rows[year].tier, rows[year - 1].tier if year - 1 in rows else None, waived=False)
        for iso3, rows in history.placements.items()
        if year in rows
    }
    return of_config, "config/placements"
