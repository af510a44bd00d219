"""Is "nothing to report" said alone, and a report never empty? Unknown is never 0."""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def nil_is_attested(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """A nil report holds nothing else; a report that is not nil holds something."""
    holds = bool(submission.items or submission.statistics or submission.standards)
    if submission.nothing_to_report and (holds or submission.demarche):
        yield SubmissionFinding(
            "nil.not_empty",
            "blocker",
            "nothing_to_report",
            "The file says there is nothing to report, and reports something.",
            "Take out either the answers or nothing_to_report: true.",
            "seed para 4",
        )
    if submission.step == "demarche" and not submission.nothing_to_report and not submission.demarche:
        yield SubmissionFinding(
            "demarche.missing",
            "blocker",
            "demarche",
            "The delivery of the non-paper is not described.",
            "Add demarche with delivered_on, level and reaction.",
            "seed paras 2 to 4",
        )
    if submission.step != "demarche" and not submission.nothing_to_report and not holds:
        yield SubmissionFinding(
            "report.empty",
            "blocker",
            "items",
            "The report answers nothing.",
            f"Answer the {_asked(submission)}, or say nothing_to_report: true.",
            "seed para 4",
        )


def _asked(submission: Submission) -> str:
    return "minimum standards" if submission.step == "annual-submission" else "recommendations"
