"""Is a ground for Tier 2 Watch List one that the law of that Report knows?

Source: 22 U.S.C. 7107(b)(2)(A)(iii): three grounds since 2003, two since January 2019.
"""

from __future__ import annotations

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law

RULE = "watch_list_grounds"


def watch_list_grounds(ground: str, law: Law, *, report_year: int) -> Finding:
    """Whether `ground` (I, II, III) can place a country in the Report of that year: `valid` or `not_a_ground`."""
    grounds = law.watch_list_grounds.for_report(report_year)
    if grounds is None:
        return not_in_force(RULE, law.watch_list_grounds, report_year)
    inputs = {"report_year": report_year, "ground": ground, "grounds": list(grounds.value)}
    if ground not in grounds.value:
        because = f"The law of the {report_year} Report has no ground {ground}; it has {', '.join(grounds.value)}."
        return found(RULE, "not_a_ground", because, by=(grounds,), inputs=inputs, severity="error")
    because = f"Ground {ground}: {grounds.value[ground]}."
    return found(RULE, "valid", because, by=(grounds,), inputs=inputs)
