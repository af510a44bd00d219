"""How many counted Reports in a row was a country on Tier 2 Watch List, and must the next place it on Tier 3?

Source: 22 U.S.C. 7107(b)(2)(D)(i); 09 STATE 97909 para 6. Reading: the limit is the Department's, on Tier 2 Watch List
alone and from the 2009 Report on (decision 0008). A Report of which nothing is known makes a run across it unknown
(decision 0009).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law
from tipcycle.model.parameter import DatedValue
from tipcycle.model.post import Territory
from tipcycle.rules.placement_in_force import History

RULE = "two_year_limit"
AS_IF = "It is a territory assessed as if it were a country; the law speaks of countries."


@dataclass(frozen=True)
class Run:
    """Counted consecutive watch-list Reports immediately before `report_year`: from `least` to `most` of them."""

    report_year: int
    least: int
    most: int

    @property
    def counted(self) -> int | None:
        """How many, or None where a Report of which nothing is known leaves it open."""
        return self.least if self.least == self.most else None


def runs_before(history: History, iso3: str, law: Law, *, until: int) -> dict[int, Run]:
    """The country's run before each Report from the first with a row to `until` (inclusive), by report year."""
    counts_from = law.limit_counts_from.values[0].value
    tiers = history.tiers(iso3)
    least, most = 0, max(0, history.first - counts_from)  # nothing is known of the Reports before the first
    runs = {}
    for year in range(history.first, until + 1):
        runs[year] = Run(year, least, most)
        if year < counts_from:
            continue
        if tiers.get(year) == "2WL":
            least, most = least + 1, most + 1
        elif not history.knows(iso3, year):
            least, most = 0, most + 1
        else:
            least = most = 0
    return runs


def run_before(history: History, iso3: str, law: Law, *, report_year: int) -> Run:
    """The country's run before one Report, which may lie beyond the last one known."""
    if report_year < history.first:
        return Run(report_year, 0, max(0, report_year - law.limit_counts_from.values[0].value))
    return runs_before(history, iso3, law, until=report_year)[report_year]


def may_bite(run: Run, law: Law) -> bool:
    """Whether the limit holds for that Report, or may hold as far as is known."""
    limit = law.two_year_limit.for_report(run.report_year)
    return limit is not None and run.most >= limit.value


def earliest_effect(run: Run, law: Law) -> int | None:
    """The first Report that would have to place the country on Tier 3 if it stayed on the watch list until then.

    None where the run is unknown, or where there is no limit yet.
    """
    limit = law.two_year_limit.values[0].value
    if run.counted is None or law.two_year_limit.for_report(run.report_year) is None:
        return None
    return run.report_year + max(0, limit - run.counted)


def two_year_limit(run: Run, law: Law, *, ahead: bool = False) -> Finding:
    """What the limit says of the Report after `run`: `must_be_tier_3`, `does_not_apply` or `unknown`.

    `ahead`: the run ends with a Report that is not out yet, and is told as what would be.
    """
    limit = law.two_year_limit.for_report(run.report_year)
    since = law.limit_counts_from.for_report(run.report_year)
    if limit is None or since is None:
        return not_in_force(RULE, law.two_year_limit, run.report_year)
    inputs = {"report_year": run.report_year, "counted_reports_before": run.counted, "counts_from": since.value}
    by: tuple[DatedValue[Any], ...] = (limit, since)
    if run.counted is None and run.most >= limit.value:
        because = (
            f"How many Reports in a row it was on Tier 2 Watch List before the {run.report_year} Report is not known: "
            f"between {run.least} and {run.most}, because a Report in between is missing."
        )
        return found(RULE, "unknown", because, by=by, inputs=inputs, severity="warning")
    told = (
        f"It would enter the {run.report_year} Report after {_reports(run)} on Tier 2 Watch List"
        if ahead
        else f"It was on Tier 2 Watch List in {_reports(run)} immediately before the {run.report_year} Report"
    )
    if run.least >= limit.value:
        length = law.waiver_length.for_report(run.report_year)
        used_up = length is not None and run.least - limit.value >= length.value
        unless = "unless it moves up; no waiver is left" if used_up else "unless the limit is waived or it moves up"
        because = f"{told}, and {limit.value} is the limit: that Report must place it on Tier 3, {unless}."
        by = (*by, length) if used_up and length else by
        return found(RULE, "must_be_tier_3", because, by=by, inputs=inputs, severity="warning")
    because = f"{told}, and the limit is {limit.value}."
    return found(RULE, "does_not_apply", because, by=by, inputs=inputs)


def entered_as_territory(iso3: str, territories: Iterable[Territory], *, report_year: int) -> bool:
    """Whether it enters that Report as a territory: the Report, or the one before, assesses it as if a country."""
    years = (report_year - 1, report_year)
    return any(one.iso3 == iso3 and one.assessed_in(year) for one in territories for year in years)


def not_binding(limit: Finding) -> Finding:
    """What the limit says of a territory: its Reports in a row are told, and nothing follows (`does_not_bind`)."""
    if limit.outcome == "not_in_force":
        return limit
    told = limit.because if limit.outcome == "does_not_apply" else ""
    because = f"{told} {AS_IF} The limit does not bind it.".strip()
    return replace(limit, outcome="does_not_bind", because=because, severity="info")


def _reports(run: Run) -> str:
    """`2 counted Reports in a row (2009, 2010)`."""
    if run.counted is None:
        return f"at most {run.most} counted Reports in a row"
    if run.counted == 0:
        return "no counted Report"
    years = ", ".join(str(year) for year in range(run.report_year - run.counted, run.report_year))
    return (
        "1 counted Report (" + years + ")" if run.counted == 1 else f"{run.counted} counted Reports in a row ({years})"
    )
