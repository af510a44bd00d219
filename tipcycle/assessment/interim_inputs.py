"""What is known of one country at the interim, input by input? Answers, plan, placement, the ledger and the law.

Source: 09 STATE 97909 paras 3, 4, 5 and 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tipcycle.assessment.figures_given import could_provide, figures_given
from tipcycle.assessment.inputs import Inputs, by_name
from tipcycle.assessment.ledger_fact import how_received, requested_on
from tipcycle.assessment.submission_inputs import submission_inputs
from tipcycle.calendar.working_time import WorkingTime
from tipcycle.model.chapter import Source
from tipcycle.model.finding import Finding
from tipcycle.model.law import Law
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.model.placement import Listed
from tipcycle.model.plan import ActionPlan
from tipcycle.model.position import Position
from tipcycle.model.submission import Accepted
from tipcycle.rules.data_provision import data_provision
from tipcycle.rules.no_tier_change_at_interim import no_tier_change_at_interim

_GROUPS = {
    "tier_2_watch_list": "Tier 2 Watch List",
    "moved_up_to_1": "special watch list, moved up to Tier 1",
    "moved_up_from_3": "special watch list, moved up from Tier 3",
}


@dataclass(frozen=True)
class InterimFacts:
    """Everything a chapter of the interim assessment is made of; `notices` are those of the progress report.

    `limit` is how the country stands toward the two-year limit, `positions` give the titles of who answered or waived.
    `waived` tells, by the number of a statistic (from 1), which rule was waived for it. `rehearsal`: the answers are
    made up.
    """

    entry: Listed
    country: str
    plan: ActionPlan | None
    report: Obligation
    accepted: Accepted | None
    delivery: Accepted | None
    notices: Sequence[Notice]
    asked_at: datetime | None
    working: WorkingTime
    limit: Finding
    law: Law
    positions: Mapping[str, Position] = field(default_factory=dict)
    waived: Mapping[int, str] = field(default_factory=dict)
    rehearsal: bool = False

    @property
    def reminded(self) -> bool:
        """Whether anything was really sent after the request."""
        return any(notice.state == "sent" for notice in self.notices)


def interim_inputs(facts: InterimFacts) -> Inputs:
    """The inputs of a chapter of the interim assessment, in the order of its sections."""
    return by_name(
        (
            *_ledger(facts),
            *_plan(facts.plan),
            *submission_inputs(facts.accepted, step="progress-report", waived=facts.waived).values(),
            *submission_inputs(facts.delivery, step="demarche").values(),
            *_rules(facts),
        )
    )


def _ledger(facts: InterimFacts) -> Iterator[Source]:
    # For context only: the placement in the Report before, which no interim assessment changes.
    listed = f"{_GROUPS[facts.entry.group]}. {facts.entry.because}."
    yield Source(f"placement/{facts.report.report_year - 1}", listed)
    received = how_received(
        facts.report,
        facts.accepted,
        notices=facts.notices,
        asked_at=facts.asked_at,
        working=facts.working,
        positions=facts.positions,
    )
    yield Source("ledger/progress-report", received)
    if facts.delivery is None or facts.delivery.submission.demarche is None:
        yield Source("ledger/demarche", "No report on the delivery of the non-paper was received.")


def _plan(plan: ActionPlan | None) -> Iterator[Source]:
    for item in plan.recommendations if plan else ():
        urgent = "high priority, " if item.high_priority else ""
        yield Source(f"plan/{item.id}", f"{urgent}{item.pillar}: {item.text}")


def _rules(facts: InterimFacts) -> Iterator[Source]:
    figures = facts.accepted.submission.statistics if facts.accepted else ()
    year = facts.report.report_year
    data = data_provision(
        figures_given(figures),
        facts.law,
        report_year=year,
        requested_on=requested_on(facts.notices, asked_at=facts.asked_at, working=facts.working),
        has_capacity=could_provide(figures),
    )
    for finding in (facts.limit, data, no_tier_change_at_interim(facts.law, report_year=year)):
        yield Source(f"rule/{finding.rule}", f"{finding.because} [{finding.source}]")
