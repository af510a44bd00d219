"""Does an annual submission say of all four categories which figures there are, or that there are none?

Source: 22 U.S.C. 7106(b)(1) (a government that gives no data is presumed not to prosecute vigorously).
"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.statistic import CATEGORIES
from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts, reports_on_standards, says_nothing


def statistics_are_given(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """A category without an entry is an error: silence is neither 0 nor "not provided"."""
    if not reports_on_standards(submission) or submission.nothing_to_report or says_nothing(submission):
        return
    given = {one.category for one in submission.statistics}
    for category in CATEGORIES:
        if category not in given:
            yield SubmissionFinding(
                "statistic.unanswered",
                "error",
                f"statistics {category}",
                f"Nothing is said of {category}.",
                'Give the figure; "not provided" is an answer, with could_provide.',
                "22 U.S.C. 7106(b)(1); seed para 5",
            )
