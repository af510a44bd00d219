"""Did a government give its law enforcement figures, and what is presumed of one that did not?

Source: 22 U.S.C. 7106(b)(1) and (7); 09 STATE 97909 para 5 (considered for Tier 1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law
from tipcycle.model.moment import long_day

RULE = "data_provision"
PART = "part of the period"
_GIVEN = ("provided", "not comparable")


def data_provision(
    statuses: Mapping[str, str], law: Law, *, report_year: int, requested_on: Sequence[date], has_capacity: bool | None
) -> Finding:
    """What follows from the figures given: `provided`, `presumed_not_vigorous`, `not_presumed` or `unknown`.

    `statuses` holds, by category, what the post reported (`provided`, `not provided`, `not comparable`), or `PART`
    where there is one for a part of the period only, which is not enough; a category that is not in it was not
    reported. `requested_on` are the days on which the Department asked, from the ledger. `has_capacity` is whether the
    government could give them; None is not known, and never read as yes.
    """
    duty = law.data_presumption.for_report(report_year)
    categories = law.statistic_categories.for_report(report_year)
    if duty is None or categories is None:
        return not_in_force(RULE, law.data_presumption, report_year)
    missing = [name for name in categories.value if statuses.get(name) not in _GIVEN]
    inputs: dict[str, Any] = {
        "report_year": report_year,
        "missing": missing,
        "requested_on": [day.isoformat() for day in requested_on],
        "has_capacity": has_capacity,
    }
    by = (duty, categories)
    if not missing:
        because = "Figures were given for every category that the Department asks for."
        return found(RULE, "provided", because, by=by, inputs=inputs)
    told = _told(missing, statuses)
    grace = law.data_grace_reports.for_report(report_year)
    if grace and report_year in grace.value:
        because = f"{told}; the {report_year} Report excused a government that could not give them."
        return found(RULE, "not_presumed", because, by=(*by, grace), inputs=inputs)
    if not requested_on:
        because = f"{told}, and the ledger shows no request: nothing is presumed without a reasonable one."
        return found(RULE, "not_presumed", because, by=by, inputs=inputs, severity="warning")
    asked = _asked(requested_on)
    if has_capacity is None:
        because = f"{told}, {asked}; whether the government can give them {duty.value} is not known."
        return found(RULE, "unknown", because, by=by, inputs=inputs, severity="warning")
    if not has_capacity:
        because = f"{told}, {asked}; the government cannot give them {duty.value}, so nothing is presumed."
        return found(RULE, "not_presumed", because, by=by, inputs=inputs)
    because = (
        f"{told}, {asked}, though the government could give them {duty.value}: it is presumed not to have acted "
        "vigorously, which weighs against Tier 1."
    )
    return found(RULE, "presumed_not_vigorous", because, by=by, inputs=inputs, severity="warning")


def _asked(days: Sequence[date]) -> str:
    if len(days) == 1:
        return f"asked for once, on {long_day(days[0])}"
    return f"asked for on {len(days)} days, last on {long_day(max(days))}"


def _told(missing: Sequence[str], statuses: Mapping[str, str]) -> str:
    partial = [name for name in missing if statuses.get(name) == PART]
    none = [name for name in missing if name not in partial]
    told = [f"no figures on {_listed(none)}"] if none else []
    told += [f"figures on {_listed(partial)} for a part of the period only"] if partial else []
    return f"{told[0][:1].upper()}{' and '.join(told)[1:]}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
