"""What is known of one country for the full assessment, input by input? Answers, plan, placements, ledger and law.

Source: 22 U.S.C. 7107(b)(1); 22 U.S.C. 7106; 09 STATE 97909 paras 3, 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tipcycle.assessment.figures_given import could_provide, figures_given, given_in_part, newest_figures
from tipcycle.assessment.inputs import Inputs, by_name
from tipcycle.assessment.ledger_fact import how_received, requested_on
from tipcycle.assessment.submission_inputs import statistic_names, submission_inputs
from tipcycle.assessment.values import statistic_value
from tipcycle.calendar.working_time import WorkingTime
from tipcycle.model.chapter import Source
from tipcycle.model.finding import Finding, references
from tipcycle.model.law import Law
from tipcycle.model.moment import long_day
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.model.placement import Tier, tier_name
from tipcycle.model.plan import ActionPlan
from tipcycle.model.position import Position
from tipcycle.model.step import Period
from tipcycle.model.submission import Accepted, StandardAnswer
from tipcycle.model.tier_decision import TierPlacement
from tipcycle.rules.data_provision import PART, data_provision
from tipcycle.rules.forecast import Choice, Forecast

ANNUAL, PROGRESS, DEMARCHE = "annual-submission", "progress-report", "demarche"
_CHOICES: dict[Choice, str] = {
    "1": "Tier 1",
    "2": "Tier 2",
    "2WL": "Tier 2 Watch List",
    "3": "Tier 3",
    "waived": "Tier 2 Watch List by a waiver of the limit",
}
# What holds of every country alike, and is read in the law itself.
_GENERAL = ("watch_list_grounds", "special_watch_list_window")


@dataclass(frozen=True)
class Reported:
    """One obligation to report: None was never owed. `waived` tells which rule was waived, by a statistic's number."""

    obligation: Obligation | None
    accepted: Accepted | None = None
    notices: Sequence[Notice] = ()
    waived: Mapping[int, str] = field(default_factory=dict)

    @property
    def asked_at(self) -> datetime | None:
        """When it was really asked."""
        return self.obligation.opened_at if self.obligation else None

    @property
    def reminded(self) -> bool:
        """Whether anything was really sent after the request."""
        return any(notice.state == "sent" for notice in self.notices)


@dataclass(frozen=True)
class FullFacts:
    """Everything a chapter of the full assessment is made of.

    `history` holds the tier of each Report before, in order of year; `previous` is the Report before this one.
    `decided` is the placement of this Report once a person recorded it. `before` is the annual submission of a year
    ago, `covers` the reporting period. `forecasts` say what each placement would mean by law. `rehearsal`: the
    answers are made up.
    """

    iso3: str
    country: str
    report_year: int
    plan: ActionPlan | None
    annual: Reported
    progress: Reported
    delivery: Accepted | None
    before: Accepted | None
    history: Mapping[int, Tier]
    decided: TierPlacement | None
    decided_by: str
    working: WorkingTime
    washington: WorkingTime
    covers: Period
    limit: Finding
    forecasts: Sequence[Forecast]
    law: Law
    positions: Mapping[str, Position] = field(default_factory=dict)
    rehearsal: bool = False

    @property
    def previous(self) -> int:
        """The Report before."""
        return self.report_year - 1


def full_inputs(facts: FullFacts) -> Inputs:
    """The inputs of a chapter of the full assessment, in the order of its sections."""
    return by_name(
        (
            *_placements(facts),
            *_ledger(facts),
            *_plan(facts),
            *submission_inputs(facts.annual.accepted, step="annual-submission", waived=facts.annual.waived).values(),
            *_standards(facts.annual.accepted),
            *submission_inputs(facts.progress.accepted, step="progress-report", waived=facts.progress.waived).values(),
            *_added(facts.delivery),
            *_last_year(facts.before),
            *_rules(facts),
        )
    )


def standards_of(accepted: Accepted | None) -> dict[str, StandardAnswer]:
    """What was said of each standard by number; of two answers to one the last counts, as the gate warns."""
    return {one.id: one for one in accepted.submission.standards} if accepted else {}


def _placements(facts: FullFacts) -> Iterator[Source]:
    for year, tier in facts.history.items():
        yield Source(f"placement/{year}", tier_name(tier))
    if facts.previous not in facts.history:
        yield Source(f"placement/{facts.previous}", f"Not placed in the {facts.previous} Report.")
    if facts.decided and facts.decided.tier == "none":
        told = facts.decided.rationale.strip()
        yield Source(f"placement/{facts.report_year}", f"Not placed in the {facts.report_year} Report: {told}")
    elif facts.decided:
        on = long_day(facts.washington.local_date(facts.decided.decided_at))
        placed = f"Placed on {tier_name(facts.decided.tier)} in the {facts.report_year} Report"
        explained = facts.decided.explanation.strip() or facts.decided.rationale.strip()
        tied = f" Minimum standards: {', '.join(facts.decided.standards)}." if facts.decided.standards else ""
        yield Source(
            f"placement/{facts.report_year}", f"{placed} (decided on {on}; {facts.decided_by}). {explained}{tied}"
        )


def _ledger(facts: FullFacts) -> Iterator[Source]:
    yield Source(f"ledger/{ANNUAL}", _received(facts, facts.annual, "annual submission"))
    if facts.progress.obligation:
        yield Source(f"ledger/{PROGRESS}", _received(facts, facts.progress, "progress report"))
    yield Source("ledger/action-request", _asked_of_it(facts))


def _asked_of_it(facts: FullFacts) -> str:
    made = facts.delivery.submission.demarche if facts.delivery else None
    if facts.plan is None:
        return "No action plan was made for it in this cycle."
    if made is None:
        return "An action plan was made for it in this cycle; that it was handed over was not reported."
    return f"Its government was given an action plan on {long_day(made.delivered_on)}."


def _received(facts: FullFacts, reported: Reported, what: str) -> str:
    if reported.obligation is None or (reported.asked_at is None and reported.accepted is None):
        return (
            f"Its post was never asked for an {what}." if what[0] == "a" else f"Its post was never asked for a {what}."
        )
    return how_received(
        reported.obligation,
        reported.accepted,
        notices=reported.notices,
        asked_at=reported.asked_at,
        working=facts.working,
        positions=facts.positions,
    )


def _plan(facts: FullFacts) -> Iterator[Source]:
    for item in facts.plan.recommendations if facts.plan else ():
        urgent = "high priority, " if item.high_priority else ""
        yield Source(f"plan/{item.id}", f"{urgent}{item.pillar}: {item.text}")


def _standards(accepted: Accepted | None) -> Iterator[Source]:
    for one in standards_of(accepted).values():
        said = "; ".join(filter(None, (one.met, " ".join(one.narrative.split()), one.evidence.strip())))
        yield Source(f"{ANNUAL}/standard/{one.id}", said, accepted.version if accepted else None)


def _added(delivery: Accepted | None) -> Iterator[Source]:
    made = delivery.submission.demarche if delivery else None
    for added in made.recommendations_added if made else ():
        yield Source(f"{DEMARCHE}/{added.id}", f"{added.pillar}: {added.text}", delivery.version if delivery else None)


def _last_year(before: Accepted | None) -> Iterator[Source]:
    figures = before.submission.statistics if before else ()
    for name, figure in zip(statistic_names(figures), figures, strict=True):
        yield Source(f"last-year/statistic/{name}", statistic_value(figure), before.version if before else None)


def _rules(facts: FullFacts) -> Iterator[Source]:
    annual, earlier = (
        one.accepted.submission.statistics if one.accepted else () for one in (facts.annual, facts.progress)
    )
    partial = given_in_part(annual, earlier, whole=facts.covers)
    figures = [one for one in newest_figures(annual, earlier) if one.category not in partial]
    days = {
        on
        for one in (facts.annual, facts.progress)
        for on in requested_on(one.notices, asked_at=one.asked_at, working=facts.working)
    }
    data = data_provision(
        figures_given(figures) | dict.fromkeys(partial, PART),
        facts.law,
        report_year=facts.report_year,
        requested_on=sorted(days),
        has_capacity=could_provide(figures),
    )
    for finding in (facts.limit, data):
        yield Source(f"rule/{finding.rule}", f"{finding.because} [{finding.source}]")
    for one in facts.forecasts:
        if one.findings[0].outcome == "not_needed":
            continue  # there is nothing to waive, and no such placement
        if facts.decided and one.choice != _decided(facts.decided):
            continue  # what another placement would have meant is of no more use
        yield Source(f"rule/placement-{one.choice}", f"{_CHOICES[one.choice]}: {_meant(one)}")


def _decided(placed: TierPlacement) -> str:
    return "waived" if placed.waiver else placed.tier


def _meant(one: Forecast) -> str:
    """Whether the law allows it and what follows for this country; each sentence once, the references at the end.

    The day of the Report is not known while its chapters are written, so no day that hangs on it is named.
    """
    findings = [one for one in one.findings if one.rule not in _GENERAL and one.outcome != "not_in_force"]
    told = dict.fromkeys(finding.undated or finding.because for finding in findings)
    return f"{' '.join(told)} [{references(one.source for one in findings)}]"
