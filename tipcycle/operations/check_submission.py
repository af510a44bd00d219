"""Would this file be accepted? The gate without the ledger: nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tipcycle.config.load import known_cycles
from tipcycle.intake.read_submission import read_submission
from tipcycle.model.submission import SubmissionFinding
from tipcycle.operations.context import context
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
    if submission.report_year not in known_cycles(now.config_dir):
        finding = SubmissionFinding(
            "obligation.unknown",
            "blocker",
            "report_year",
            f"There is no cycle {submission.report_year}.",
            "Check report_year.",
            "seed para 4",
        )
        verdict = Verdict((finding,))
    else:
        cycle = context(submission.report_year)
        post = next((one.id for one in cycle.config.posts.values() if submission.country in one.covers), None)
        facts = Facts(
            cycle.config.plans.get(submission.country),
            cycle.config.law,
            received_on=cycle.places.of_owner(post).local_date(at),
            period=cycle.config.calendar.reporting_period,
            plan_answered=read.plan_version,
        )
        verdict = Verdict(read.placed(judge(submission, facts).findings))
    return Checked(verdict.accepted, submission.country, submission.report_year, submission.step, verdict.findings)
