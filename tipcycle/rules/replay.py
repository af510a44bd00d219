"""Where did the two-year limit bite in published history, and what became of each country?

Source: 22 U.S.C. 7107(b)(2)(D). Looks back with every correction that is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tipcycle.model.finding import Finding, found
from tipcycle.model.law import Law
from tipcycle.model.placement import Tier, tier_name
from tipcycle.model.post import Territory
from tipcycle.rules.placement_in_force import History
from tipcycle.rules.two_year_limit import AS_IF, Run, may_bite, runs_before, two_year_limit
from tipcycle.rules.waiver import Room, waiver_finding, waiver_room
from tipcycle.rules.watch_list_after_downgrade import watch_list_after_downgrade

Outcome = Literal["waived", "downgraded_to_3", "moved_up", "not_ranked_or_special", "contradiction", "unknown"]
OUTCOME = "limit_outcome"


@dataclass(frozen=True)
class Bite:
    """One country in one Report for which the limit held, or may have; None where a missing Report leaves it open."""

    report_year: int
    iso3: str
    counted_reports_before: int | None
    waiver_allowed: int
    waiver_used_before: int | None
    exhausted: bool | None
    tier: Tier | None
    outcome: Outcome
    findings: tuple[Finding, ...] = ()


def replay(
    history: History, law: Law, *, territories: tuple[Territory, ...] = (), with_findings: bool = False
) -> list[Bite]:
    """Every bite from the first to the last Report with a row, in order of report year and iso3."""
    bites = [
        _bite(history, iso3, run, law, territories, with_findings=with_findings)
        for iso3 in history.placements
        for run in runs_before(history, iso3, law, until=history.last).values()
        if may_bite(run, law)
    ]
    return sorted(bites, key=lambda bite: (bite.report_year, bite.iso3))


def _bite(
    history: History, iso3: str, run: Run, law: Law, territories: tuple[Territory, ...], *, with_findings: bool
) -> Bite:
    room = waiver_room(run, law)
    placement = history.placement(iso3, run.report_year)
    tier = placement.tier if placement else None
    outcome = _outcome(run, tier, room, known=history.knows(iso3, run.report_year))
    findings: tuple[Finding, ...] = ()
    if with_findings:
        findings = (
            two_year_limit(run, law),
            waiver_finding(run, law),
            _told(run, iso3, tier, outcome, law=law, territories=territories),
            watch_list_after_downgrade(history, iso3, law, report_year=run.report_year),
        )
    return Bite(
        report_year=run.report_year,
        iso3=iso3,
        counted_reports_before=run.counted,
        waiver_allowed=room.allowed,
        waiver_used_before=room.used,
        exhausted=room.exhausted,
        tier=tier,
        outcome=outcome,
        findings=findings,
    )


def _outcome(run: Run, tier: Tier | None, room: Room, *, known: bool) -> Outcome:
    if run.counted is None or not known:
        return "unknown"
    match tier:
        case "2WL":
            return "contradiction" if room.exhausted else "waived"
        case "3":
            return "downgraded_to_3"
        case "1" | "2":
            return "moved_up"
        case _:
            return "not_ranked_or_special"


_MEANING: dict[Outcome, str] = {
    "waived": "it stayed on Tier 2 Watch List, which only a waiver allows",
    "downgraded_to_3": "it was placed on Tier 3",
    "moved_up": "it moved up",
    "not_ranked_or_special": "it was not placed on any list",
    "contradiction": "it stayed on Tier 2 Watch List though no waiver was left: this contradicts the law",
    "unknown": "what the law asked for, or what was done, is not known",
}


def _told(
    run: Run, iso3: str, tier: Tier | None, outcome: Outcome, *, law: Law, territories: tuple[Territory, ...]
) -> Finding:
    """The outcome as a finding; a contradiction with the law is an error."""
    where = tier_name(tier) if tier else "no placement"
    as_if = any(one.iso3 == iso3 and one.assessed_in(run.report_year) for one in territories)
    because = f"{run.report_year} Report, {where}: {_MEANING[outcome]}."
    if as_if:
        because += f" {AS_IF}"
    by = [
        value
        for value in (law.two_year_limit.for_report(run.report_year), law.waiver_length.for_report(run.report_year))
        if value
    ]
    return found(
        OUTCOME,
        outcome,
        because,
        by=by,
        inputs={"report_year": run.report_year, "iso3": iso3, "tier": tier, "territory": as_if},
        severity="error" if outcome == "contradiction" else "warning" if outcome == "unknown" else "info",
    )
