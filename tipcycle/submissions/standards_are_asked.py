"""Do minimum standards stand only where they are asked: in an annual submission?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts, reports_on_standards


def standards_are_asked(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """Elsewhere nothing reads them; the post is told before it believes to have reported."""
    if submission.standards and not reports_on_standards(submission):
        yield SubmissionFinding(
            "standard.not_asked",
            "error",
            "standards",
            f"A {submission.step} does not ask for the minimum standards, and they are not used here.",
            "Send them in the annual submission, and take them out here.",
            "22 U.S.C. 7107(b)(1); seed para 4",
        )
