"""Does each answer name a minimum standard or indicium that this Report is measured by?

Source: 22 U.S.C. 7106(a) and (b), as in force for the Report.
"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.rules.standards_in_force import asked_standards
from tipcycle.submissions.rule import Facts, reports_on_standards


def standards_are_known(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """A wrong number is a blocker: the numbers of another year mean other standards."""
    if not reports_on_standards(submission):
        return
    known = asked_standards(facts.law, report_year=submission.report_year)
    for number, answer in enumerate(submission.standards, 1):
        if answer.id not in known:
            yield SubmissionFinding(
                "standard.unknown",
                "blocker",
                f"standards[{number}].id",
                f'"{answer.id[:20]}" is no minimum standard or indicium of the {submission.report_year} Report.',
                f"Use one of {', '.join(known)}.",
                "22 U.S.C. 7106(a) and (b)",
            )
