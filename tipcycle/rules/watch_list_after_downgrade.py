"""Once limit and waivers led to Tier 3, how long may a country be on Tier 2 Watch List again?

Source: 22 U.S.C. 7107(b)(2)(F), Pub. L. 115-427. How long the rule follows a country is not settled, so it warns and
never places (DOMAIN: published placements do not all fit a strict reading).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law
from tipcycle.rules.placement_in_force import History
from tipcycle.rules.two_year_limit import runs_before

RULE = "watch_list_after_downgrade"


def watch_list_after_downgrade(history: History, iso3: str, law: Law, *, report_year: int) -> Finding:
    """Whether Tier 2 Watch List in that Report would be one too many: `does_not_apply`, `warning` or `unknown`.

    It is unknown where a missing Report may hold the downgrade, or a Report on the list since then.
    """
    allowed = law.watch_list_after_downgrade.for_report(report_year)
    if allowed is None:
        return not_in_force(RULE, law.watch_list_after_downgrade, report_year)
    downgraded, may_have_been = _downgrades(history, iso3, law, before=report_year)
    missing = _missing(history, iso3, law, before=report_year)
    least, most = _listed_before(history, iso3, report_year)
    inputs: dict[str, Any] = {
        "report_year": report_year,
        "downgraded_in": downgraded,
        "watch_list_reports_before": least if least == most else None,
        "missing_reports": missing,
    }

    def said(outcome: str, because: str, *, warns: bool = True) -> Finding:
        severity: Literal["info", "warning"] = "warning" if warns else "info"
        return found(RULE, outcome, because, by=(allowed,), inputs=inputs, severity=severity)

    if downgraded is None and not may_have_been:
        return said("does_not_apply", "It was not placed on Tier 3 after using up the limit.", warns=False)
    reports = "1 Report" if allowed.value == 1 else f"{allowed.value} Reports"
    bound = f"may be on Tier 2 Watch List for no more than {reports} in a row"
    told = f"After the limit it was placed on Tier 3 in {downgraded}; since then it {bound}"
    if downgraded is None:
        told = (
            f"Whether it was ever placed on Tier 3 after the limit is not known ({_listed(missing)}); if it was, it "
            f"{bound}"
        )
    if most < allowed.value:
        because = f"{told}, and it was for {most} immediately before the {report_year} Report."
        return said("does_not_apply", because, warns=False)
    if downgraded is not None and least >= allowed.value:
        return said("warning", f"{told}: the {report_year} Report would be number {least + 1}.")
    if downgraded is not None:
        told += f"; for how many it was, immediately before the {report_year} Report, is not known ({_listed(missing)})"
    return said("unknown", f"{told}.")


def _downgrades(history: History, iso3: str, law: Law, *, before: int) -> tuple[int | None, bool]:
    """The latest Report before `before` known to have placed the country on Tier 3 with the limit reached.

    With it, whether any other Report may have done so, as far as is known.
    """
    limit = law.two_year_limit.values[0].value
    tiers = history.tiers(iso3)
    runs = runs_before(history, iso3, law, until=before - 1)
    known = [year for year, run in runs.items() if tiers.get(year) == "3" and run.least >= limit]
    maybe = any(
        run.most >= limit and (tiers.get(year) == "3" or not history.knows(iso3, year)) for year, run in runs.items()
    )
    # The Reports before the first in the file are missing too (decision 0009).
    maybe_before_the_first = min(before, history.first) > law.limit_counts_from.values[0].value + limit
    return max(known, default=None), maybe or maybe_before_the_first


def _missing(history: History, iso3: str, law: Law, *, before: int) -> list[int]:
    counts_from = law.limit_counts_from.values[0].value
    return [year for year in range(counts_from, before) if not history.knows(iso3, year)]


def _listed_before(history: History, iso3: str, report_year: int) -> tuple[int, int]:
    """The fewest and the most Reports in a row immediately before that it may have been on Tier 2 Watch List."""
    tiers = history.tiers(iso3)
    least = most = 0
    while tiers.get(report_year - 1 - least) == "2WL":
        least += 1
    while (year := report_year - 1 - most) >= history.first and (
        tiers.get(year) == "2WL" or not history.knows(iso3, year)
    ):
        most += 1
    return least, max(least, most)


def _listed(missing: Sequence[int]) -> str:
    """`3 Reports from 2011 to 2014 are missing`."""
    if not missing:
        return "no Report is missing"
    first, last = missing[0], missing[-1]
    if first == last:
        return f"the Report of {first} is missing"
    return f"{len(missing)} Reports from {first} to {last} are missing"
