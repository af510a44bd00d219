"""Once limit and waivers led to Tier 3, how long may a country be on Tier 2 Watch List again?

Source: 22 U.S.C. 7107(b)(2)(F), Pub. L. 115-427. How long the rule follows a country is not settled, so it warns and
never places (DOMAIN: published placements do not all fit a strict reading).
"""

from __future__ import annotations

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law
from tipcycle.rules.placement_in_force import History
from tipcycle.rules.two_year_limit import runs_before

RULE = "watch_list_after_downgrade"


def watch_list_after_downgrade(history: History, iso3: str, law: Law, *, report_year: int) -> Finding:
    """Whether Tier 2 Watch List in the Report of `report_year` would be one too many: `does_not_apply` or `warning`."""
    allowed = law.watch_list_after_downgrade.for_report(report_year)
    if allowed is None:
        return not_in_force(RULE, law.watch_list_after_downgrade, report_year)
    downgraded = _last_downgrade(history, iso3, law, before=report_year)
    inputs: dict[str, int | None] = {"report_year": report_year, "downgraded_in": downgraded}
    if downgraded is None:
        because = "It was not placed on Tier 3 after using up the limit."
        return found(RULE, "does_not_apply", because, by=(allowed,), inputs=inputs)
    tiers = history.tiers(iso3)
    again = 0
    while tiers.get(report_year - 1 - again) == "2WL":
        again += 1
    inputs["watch_list_reports_since"] = again
    told = f"After the limit it was placed on Tier 3 in {downgraded}; since then it may be on Tier 2 Watch List for"
    times = "no more than 1 Report in a row" if allowed.value == 1 else f"no more than {allowed.value} Reports in a row"
    if again < allowed.value:
        because = f"{told} {times}, and it was for {again} immediately before the {report_year} Report."
        return found(RULE, "does_not_apply", because, by=(allowed,), inputs=inputs)
    because = f"{told} {times}: the {report_year} Report would be number {again + 1}."
    return found(RULE, "warning", because, by=(allowed,), inputs=inputs, severity="warning")


def _last_downgrade(history: History, iso3: str, law: Law, *, before: int) -> int | None:
    """The latest Report before `before` that placed the country on Tier 3 with the limit reached."""
    limit = law.two_year_limit.values[0].value
    tiers = history.tiers(iso3)
    runs = runs_before(history, iso3, law, until=before - 1)
    years = [year for year, run in runs.items() if tiers.get(year) == "3" and run.least >= limit]
    return max(years, default=None)
