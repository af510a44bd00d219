"""Must the Report explain a country's change of list, and does the explanation link to the minimum standards?

Source: 22 U.S.C. 7107(b)(1)(H), Pub. L. 115-427 sec. 6. GAO-17-56 found changes without a clear explanation.
"""

from __future__ import annotations

from collections.abc import Collection

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law
from tipcycle.model.placement import Tier

RULE = "tier_change_explanation"
# Reading: the Act's lists are three; Tier 2 and Tier 2 Watch List are one list, but the Department explains a move
# between them too, so every change of tier asks for an explanation here.


def tier_change_explanation(
    before: Tier | None,
    now: Tier,
    law: Law,
    *,
    report_year: int,
    before_known: bool = True,
    explanation: str = "",
    standards: Collection[str] = (),
) -> Finding:
    """Whether the change is explained: `not_required`, `explained`, `missing` naming what is, or `unknown`.

    `before` None is a country that was not ranked; with `before_known` False the Report before is missing.
    `standards` holds the numbers of the minimum standards that the explanation links to.
    """
    duty = law.tier_change_explanation.for_report(report_year)
    known = law.minimum_standards.for_report(report_year)
    if duty is None or known is None:
        return not_in_force(RULE, law.tier_change_explanation, report_year)
    inputs = {"report_year": report_year, "before": before, "now": now, "standards": sorted(standards)}
    if not before_known:
        because = (
            f"Whether its tier changes is not known: the Report of {report_year - 1} is missing. If it does, it must "
            f"be said {duty.value}."
        )
        return found(RULE, "unknown", because, by=(duty,), inputs=inputs, severity="warning")
    if before is None or before == now or {"special", "none"} & {before, now}:
        because = "Its list did not change between two Reports that placed it."
        return found(RULE, "not_required", because, by=(duty,), inputs=inputs)
    by = (duty, known)
    if not explanation.strip():
        because = f"Its tier changes, so the Report must say {duty.value}: no explanation is given."
        return found(RULE, "missing", because, by=by, inputs=inputs, severity="error")
    if not set(standards) & known.value.keys():
        because = "The explanation names no minimum standard; the law asks for a clear link to at least one."
        return found(RULE, "missing", because, by=by, inputs=inputs, severity="error")
    because = "The change is explained, with its link to the minimum standards."
    return found(RULE, "explained", because, by=by, inputs=inputs)
