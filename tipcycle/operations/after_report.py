"""What is due after a cycle's Report, counted from the day on which it really went out, and what of it was done?

Source: 22 U.S.C. 7107(b)(2)(A), (b)(2)(E), (b)(4), (c) and (d).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tipcycle.assessment.follow_up import FollowUp, follow_ups
from tipcycle.model.keys import obligation_key
from tipcycle.operations.context import context
from tipcycle.operations.report_day import ReportDay, placed_in, report_day
from tipcycle.store import Store


@dataclass(frozen=True)
class AfterReport:
    """Everything due after one Report; `placements` says whether they come from the ledger or from config."""

    report_year: int
    report: ReportDay
    placements: str
    due: tuple[FollowUp, ...]


def after_report(report_year: int, at: datetime) -> AfterReport:
    """How everything that follows the Report of `report_year` stands at `at`. Writes nothing."""
    cycle = context(report_year)
    with Store.read(cycle.settings.ledger_url) as store:
        store.cycles.get(report_year)
        report = report_day(store, cycle)
        placed, source = placed_in(store, cycle, report.on)
        listed = store.obligations.by_key([obligation_key(report_year + 1, "special-watch-list", None)])
        answered = next((one.answered_at for one in listed.values() if one.standing == "received"), None)
        due = follow_ups(
            placed,
            cycle.config.law,
            report_on=report.on,
            list_recorded_on=cycle.places.washington.local_date(answered) if answered else None,
            determinations=store.tiers.determinations(report_year),
            on=cycle.places.washington.local_date(at),
        )
    return AfterReport(report_year, report, source, tuple(due))


def as_document(after: AfterReport) -> dict[str, Any]:
    """The same as plain JSON values."""
    return {
        "report_year": after.report_year,
        "report_on": after.report.on.isoformat(),
        "report_day_known": after.report.known,
        "placements": after.placements,
        "due": [
            {name: value.isoformat() if isinstance(value, date) else value for name, value in vars(one).items()}
            for one in after.due
        ],
    }
