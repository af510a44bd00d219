"""What does every rule of the gate look like? A pure function from a submission and its facts to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from tipcycle.model.law import Law
from tipcycle.model.plan import ActionPlan
from tipcycle.model.statistic import CATEGORIES
from tipcycle.model.step import Period
from tipcycle.model.submission import Submission, SubmissionFinding

FOUR_CATEGORIES = "; ".join(f"{name}: {counts}" for name, counts in CATEGORIES.items())


@dataclass(frozen=True)
class Facts:
    """What is known about the obligation that a submission answers; `plan` is None where none was sent.

    `added` holds the ids of what post recommended on its own; None where the ledger was not asked. `received_on` is
    the day of receipt on the post's own calendar, None where nothing was received yet. `period` is the reporting
    period. `last_year` has the totals of the cycle before, by category, as far as they are known. `plan_answered` is
    the version of the plan that the form was made for; None where the form does not say.
    """

    plan: ActionPlan | None
    law: Law
    added: tuple[str, ...] | None = None
    received_on: date | None = None
    period: Period | None = None
    last_year: Mapping[str, int] = field(default_factory=dict)
    plan_answered: str | None = None


Rule = Callable[[Submission, Facts], Iterator[SubmissionFinding]]


def reports_on_standards(submission: Submission) -> bool:
    """Only an annual submission says how a government stands to the minimum standards."""
    return submission.step == "annual-submission"


def says_nothing(submission: Submission) -> bool:
    """An empty report, which is told once, by nil_is_attested; no rule lists all that it lacks."""
    answers = (submission.items, submission.statistics, submission.standards)
    return not submission.nothing_to_report and not any(answers)


def expects_items(submission: Submission) -> bool:
    """Only a progress report that is not nil must answer recommendations; an annual submission may."""
    return submission.step == "progress-report" and not submission.nothing_to_report
