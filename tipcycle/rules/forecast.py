"""What would each possible placement of a country in its next Report mean by law?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law
from tipcycle.model.placement import Placement, Tier, tier_name
from tipcycle.parameters.statutory_days import report_due
from tipcycle.rules.action_plan_duty import action_plan_duty
from tipcycle.rules.placement_in_force import History
from tipcycle.rules.special_watch_list import group_of
from tipcycle.rules.statutory_due_days import determination_days, special_watch_list_days
from tipcycle.rules.tier_change_explanation import tier_change_explanation
from tipcycle.rules.two_year_limit import Run, earliest_effect, run_before, two_year_limit
from tipcycle.rules.waiver import waiver_asks, waiver_decider, waiver_finding, waiver_room
from tipcycle.rules.waiver_publication import waiver_publication_day
from tipcycle.rules.watch_list_after_downgrade import watch_list_after_downgrade
from tipcycle.rules.watch_list_grounds import watch_list_grounds

Choice = Literal["1", "2", "2WL", "3", "waived"]
CHOICES: tuple[Choice, ...] = ("1", "2", "2WL", "3", "waived")
RULE = "placement_allowed"


@dataclass(frozen=True)
class Forecast:
    """What follows from one choice: `allowed` is None where it is not known; findings in the order of their steps."""

    choice: Choice
    allowed: bool | None
    findings: tuple[Finding, ...]


def forecast(history: History, iso3: str, law: Law, *, report_year: int, choice: Choice) -> Forecast:
    """What the law makes of placing the country so in the Report of `report_year`, and of the Report after it."""
    run = run_before(history, iso3, law, report_year=report_year)
    before = history.tiers(iso3).get(report_year - 1)
    known = history.knows(iso3, report_year - 1)
    tier = cast(Tier, "2WL" if choice == "waived" else choice)
    allowed, permission = _permission(run, choice, law, movement=_movement(tier, before, known=known))
    findings = [permission]
    due = report_due(law, report_year)
    if choice == "waived" and allowed is not False and due:
        findings += [
            waiver_asks(run, law, on=due.last),
            waiver_decider(law, on=due.last),
            waiver_publication_day(law, notified_on=due.last),
        ]
    if tier == "2WL":
        findings += _grounds(law, report_year)
        findings.append(watch_list_after_downgrade(history, iso3, law, report_year=report_year))
    change = tier_change_explanation(before, tier, law, report_year=report_year, before_known=known)
    if change.outcome in ("missing", "unknown"):
        findings.append(change)
    if tier == "3" and due:
        findings.append(determination_days(law, report_on=due.last))
    if tier == "2WL" and (before == "3" or not known) and due:
        findings.append(action_plan_duty(before, tier, law, report_on=due.last, before_known=known))
    listed = _next_list(tier, before, law, report_year, before_known=known)
    findings.append(listed)
    if listed.outcome not in ("not_listed", "not_in_force") and due:
        findings.append(special_watch_list_days(law, report_on=due.last))
    findings.append(_next_run(history, iso3, tier, law, report_year))
    return Forecast(choice, allowed, tuple(findings))


def _permission(run: Run, choice: Choice, law: Law, *, movement: str) -> tuple[bool | None, Finding]:
    """Whether the law of that Report allows the choice; `movement` tells how it compares with the Report before."""
    limit = two_year_limit(run, law)
    if limit.outcome == "not_in_force":
        return _permission_before_the_limit(limit, run.report_year, choice, law, movement=movement)
    room = waiver_room(run, law)
    waiver = waiver_finding(run, law)
    by = [
        value
        for value in (law.two_year_limit.for_report(run.report_year), law.waiver_length.for_report(run.report_year))
        if value
    ]
    inputs = {"report_year": run.report_year, "choice": choice, "counted_reports_before": run.counted}

    def said(outcome: str, because: str, *, allowed: bool | None) -> tuple[bool | None, Finding]:
        severity: Literal["info", "error"] = "error" if allowed is False else "info"
        return allowed, found(RULE, outcome, because, by=by, inputs=inputs, severity=severity)

    if choice in ("1", "2"):
        return said(
            "allowed",
            f"{movement} The two-year limit, which is on Tier 2 Watch List alone, does not bear on it.",
            allowed=True,
        )
    if choice == "3" and limit.outcome == "must_be_tier_3":
        return said("allowed", f"{movement} That is what the limit asks for.", allowed=True)
    if choice == "3":
        return said("allowed", f"{movement} Tier 3 is open on the merits at any time.", allowed=True)
    if limit.outcome == "unknown":
        return said("unknown", limit.because, allowed=None)
    if limit.outcome == "does_not_apply":
        if choice == "waived":
            return said("not_needed", "There is nothing to waive: the limit does not hold for it.", allowed=False)
        because = f"{movement} The limit does not hold for it: Tier 2 Watch List needs no waiver."
        return said("allowed", because, allowed=True)
    if room.exhausted is None:
        return said("unknown", waiver.because, allowed=None)
    if room.exhausted:
        return said("refused", f"{waiver.because} It must be placed on Tier 3, or move up.", allowed=False)
    if choice == "2WL":
        return said("refused", "Tier 2 Watch List needs a waiver here, with every element of it.", allowed=False)
    return said("allowed", f"{waiver.because} A waiver needs every element.", allowed=True)


def _permission_before_the_limit(
    limit: Finding, report_year: int, choice: Choice, law: Law, *, movement: str
) -> tuple[bool | None, Finding]:
    """The same while there is no limit: what is no tier of that Report, or would waive nothing, is not allowed."""
    names = law.tier_names.for_report(report_year)
    if choice == "waived":
        return False, limit
    if names is None:
        return False, not_in_force(RULE, law.tier_names, report_year)
    inputs = {"report_year": report_year, "choice": choice}
    if choice not in names.value:
        since = next(value for value in law.tier_names.values if choice in value.value)
        because = f"There was no {tier_name(choice)} in the {report_year} Report; it is known since {since.start}."
        return False, found(RULE, "no_such_tier", because, by=(since,), inputs=inputs, severity="error")
    because = f"{movement} The {report_year} Report has no two-year limit."
    return True, found(RULE, "allowed", because, by=(names,), inputs=inputs)


_ORDER: tuple[Tier, ...] = ("3", "2WL", "2", "1")


def _movement(tier: Tier, before: Tier | None, *, known: bool) -> str:
    """`It moves up from Tier 2 to Tier 1.`, from the Report before."""
    now = tier_name(tier)
    if not known:
        return f"It is placed on {now}; the Report before is missing."
    if before is None or before == "special":
        return f"It is placed on {now}; the Report before placed it on no tier."
    if before == tier:
        return f"It stays on {now}."
    rises = _ORDER.index(tier) > _ORDER.index(before)
    return f"It {'moves up' if rises else 'falls'} from {tier_name(before)} to {now}."


def _grounds(law: Law, report_year: int) -> list[Finding]:
    """The grounds of Tier 2 Watch List that the law of that Report knows; which one holds is a person's judgment."""
    grounds = law.watch_list_grounds.for_report(report_year)
    return [watch_list_grounds(ground, law, report_year=report_year) for ground in grounds.value] if grounds else []


def _next_list(tier: Tier, before: Tier | None, law: Law, report_year: int, *, before_known: bool) -> Finding:
    """Whether the country is on the special watch list that follows the Report."""
    groups = law.special_watch_list_groups.for_report(report_year)
    if groups is None:
        return not_in_force("special_watch_list", law.special_watch_list_groups, report_year)
    group = group_of(tier, before)
    inputs = {"report_year": report_year, "tier": tier, "before": before, "group": group}
    if not before_known and any(group_of(tier, one) != group for one in get_args(Tier)):
        because = (
            f"Whether it is on the special watch list after the {report_year} Report is not known: the Report of "
            f"{report_year - 1}, from which it may have moved up, is missing."
        )
        return found("special_watch_list", "unknown", because, by=(groups,), inputs=inputs, severity="warning")
    if group is None:
        because = f"It is not on the special watch list after the {report_year} Report."
        return found("special_watch_list", "not_listed", because, by=(groups,), inputs=inputs)
    clause = groups.value[group]
    because = (
        f"It is on the special watch list after the {report_year} Report, clause {clause.clause}, and gets an interim "
        f"assessment in cycle {report_year + 1}."
    )
    return found("special_watch_list", group, because, by=(groups,), inputs=inputs)


def _next_run(history: History, iso3: str, tier: Tier, law: Law, report_year: int) -> Finding:
    """How the country enters the Report after: with how many counted Reports, and when the limit can first bite."""
    placements = {code: dict(years) for code, years in history.placements.items() if code == iso3}
    placements.setdefault(iso3, {})[report_year] = Placement(report_year, iso3, tier, "assumed")
    assumed = History(placements, history.covered | {report_year})
    run = run_before(assumed, iso3, law, report_year=report_year + 1)
    limit = two_year_limit(run, law, ahead=True)
    first = earliest_effect(run, law)
    if limit.outcome != "does_not_apply" or first is None:
        return limit
    because = (
        f"{limit.because} With Tier 2 Watch List in every Report from then on, it could first hold for that of {first}."
    )
    return replace(limit, because=because, inputs={**limit.inputs, "earliest_effect": first})
