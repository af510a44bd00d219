"""Must a country be given an action plan because it moved from Tier 3 to Tier 2 Watch List?

Source: 22 U.S.C. 7107(b)(4), in force in January 2023. In 2009 action plans were the Department's practice for all
Tier 2 Watch List countries (09 STATE 97909), which this rule does not touch.
"""

from __future__ import annotations

from datetime import date

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law
from tipcycle.model.placement import Tier
from tipcycle.parameters.statutory_days import action_plan_due

RULE = "action_plan_duty"


def action_plan_duty(
    before: Tier | None, now: Tier, law: Law, *, report_on: date, before_known: bool = True
) -> Finding:
    """Whether, and by when, a plan is owed after the Report of `report_on`: `owed`, `does_not_apply` or `unknown`.

    `before` None is a country that was not ranked; with `before_known` False the Report before is missing.
    """
    day = action_plan_due(law, report_on)
    if day is None:
        return not_in_force(RULE, law.action_plan_duty, report_on.year)
    inputs = {"report_on": report_on.isoformat(), "before": before, "now": now, "plan_by": day.last.isoformat()}
    if now == "2WL" and not before_known:
        because = (
            f"Whether it moved from Tier 3 is not known: the Report before is missing. If it did, an action plan is to "
            f"be prepared and presented to its government by {day.last}."
        )
        undated = because.replace(f"by {day.last}", f"within {day.by.value} days after this Report")
        return found(RULE, "unknown", because, by=(day.by,), inputs=inputs, severity="warning", undated=undated)
    if (before, now) != ("3", "2WL"):
        because = "It did not move from Tier 3 to Tier 2 Watch List."
        return found(RULE, "does_not_apply", because, by=(day.by,), inputs=inputs)
    because = (
        f"It moved from Tier 3 to Tier 2 Watch List in the Report of {report_on}: an action plan is to be prepared and "
        f"presented to its government by {day.last} ({day.by.value} days)."
    )
    undated = (
        "It moved from Tier 3 to Tier 2 Watch List: an action plan is to be prepared and presented to its government "
        f"within {day.by.value} days after the Report."
    )
    return found(RULE, "owed", because, by=(day.by,), inputs=inputs, undated=undated)
