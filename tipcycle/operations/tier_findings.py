"""What do the rules of the law say of a country before it is placed, and of each tier that was recommended for it?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tipcycle.assessment.figures_given import could_provide, figures_given
from tipcycle.model.finding import Finding
from tipcycle.model.placement import Tier
from tipcycle.model.submission import Submission
from tipcycle.operations.context import Context
from tipcycle.rules.data_provision import data_provision
from tipcycle.rules.forecast import Choice, forecast
from tipcycle.rules.placement_in_force import History, history_of
from tipcycle.rules.two_year_limit import entered_as_territory, not_binding, run_before, two_year_limit
from tipcycle.rules.waiver import waiver_finding
from tipcycle.rules.watch_list_after_downgrade import watch_list_after_downgrade
from tipcycle.store import Store


def history_on(cycle: Context, on: date) -> History:
    """The placements as they stood on that day."""
    return history_of(cycle.config.placements, on=on)


def law_of(cycle: Context, iso3: str, history: History) -> tuple[Finding, ...]:
    """What the law says of the country as it enters the cycle's Report; rules not in force yet are left out."""
    config, year = cycle.config, cycle.config.report_year
    run = run_before(history, iso3, config.law, report_year=year)
    limit = two_year_limit(run, config.law)
    if entered_as_territory(iso3, config.territories, report_year=year):
        limit = not_binding(limit)
    findings = (
        limit,
        waiver_finding(run, config.law),
        watch_list_after_downgrade(history, iso3, config.law, report_year=year),
    )
    return tuple(one for one in findings if one.outcome != "not_in_force")


def figures_of(store: Store, cycle: Context, iso3: str) -> Finding:
    """Whether the government gave its figures, in what its post submitted for the full assessment."""
    config, year = cycle.config, cycle.config.report_year
    latest = store.submissions.latest_of_cycle(year, "annual-submission").values()
    said: Submission | None = next((one.submission for one in latest if one.submission.country == iso3), None)
    figures = said.statistics if said else ()
    asked = [
        one.opened_at
        for one in store.obligations.of_cycle(year, country=iso3)
        if one.step in ("progress-report", "annual-submission") and one.opened_at
    ]
    return data_provision(
        figures_given(figures),
        config.law,
        report_year=year,
        requested_on=sorted({cycle.places.washington.local_date(moment) for moment in asked}),
        has_capacity=could_provide(figures),
    )


def if_placed(cycle: Context, iso3: str, history: History, tiers: Iterable[Tier]) -> dict[Tier, Finding]:
    """Of each of these tiers, whether the law allows it and why; a special case, or no placement, is not judged."""
    choices: list[Choice] = [tier for tier in dict.fromkeys(tiers) if tier != "special" if tier != "none"]
    year = cycle.config.report_year
    return {
        choice: forecast(history, iso3, cycle.config.law, report_year=year, choice=choice).findings[0]
        for choice in choices
        if choice != "waived"
    }
