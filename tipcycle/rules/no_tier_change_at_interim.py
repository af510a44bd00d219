"""May a tier change at the interim assessment? Never. Source: 09 STATE 97909 paras 3 and 8; 22 U.S.C. 7107(b)(2)(C)."""

from __future__ import annotations

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law

RULE = "no_tier_change_at_interim"


def no_tier_change_at_interim(law: Law, *, report_year: int) -> Finding:
    """That the interim assessment of cycle `report_year` changes no tier."""
    open_until = law.interim_prejudges_no_tier.for_report(report_year)
    if open_until is None:
        return not_in_force(RULE, law.interim_prejudges_no_tier, report_year)
    because = f"No tier changes at the interim assessment; placement is decided in the {report_year} Report."
    return found(RULE, "no_change", because, by=(open_until,), inputs={"report_year": report_year})
