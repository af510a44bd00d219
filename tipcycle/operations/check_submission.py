"""Would this file be accepted? The gate without the ledger: nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tipcycle.config.load import known_cycles
from tipcycle.intake.read_submission import read_submission
from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.operations.context import context
from tipcycle.operations.who_answers import address_fault, not_asked, wrong_sender
from tipcycle.settings import settings
from tipcycle.submissions.gate import Verdict, judge
from tipcycle.submissions.rule import Facts


@dataclass(frozen=True)
class Checked:
    """The verdict on a file; country, year and step are None where it could not be read."""

    accepted: bool
    country: str | None
    report_year: int | None
    step: str | None
    findings: tuple[SubmissionFinding, ...]


def check_submission(path: Path, at: datetime) -> Checked:
    """Judge one file, as if it came at `at`, against the plan of its cycle's config."""
    now = settings()
    read = read_submission(path, max_bytes=now.max_submission_bytes, key=now.signing_secret)
    submission = read.submission
    if submission is None:
        return Checked(False, None, None, None, read.findings)
    verdict = Verdict(read.placed(_findings(submission, at, plan_answered=read.plan_version)))
    return Checked(verdict.accepted, submission.country, submission.report_year, submission.step, verdict.findings)


def _findings(submission: Submission, at: datetime, *, plan_answered: str | None) -> Sequence[SubmissionFinding]:
    """Whose answer it is comes first: the plan of another country would only add findings that mislead."""
    if submission.report_year not in known_cycles(settings().config_dir):
        told = f"There is no cycle {submission.report_year}."
        return [address_fault("obligation.unknown", "report_year", told)]
    cycle = context(submission.report_year)
    fault = not_asked(cycle.config, submission)
    if fault:
        return [fault]
    post = cycle.config.post_for(submission.country)
    fault = wrong_sender(cycle.config, post, submission)
    if fault:
        return [fault]
    facts = Facts(
        cycle.config.plans.get(submission.country),
        cycle.config.law,
        received_on=cycle.places.of_owner(post.id).local_date(at),
        period=cycle.config.calendar.reporting_period,
        plan_answered=plan_answered,
    )
    return judge(submission, facts).findings
