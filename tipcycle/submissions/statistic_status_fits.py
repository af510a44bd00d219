"""Is an unknown said to be unknown? A figure that is not provided has no number, and above all not 0."""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def statistic_status_fits(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """`provided` has a total, `not provided` has none; a figure that is not comparable may have one."""
    for number, statistic in enumerate(submission.statistics, 1):
        where = f"statistics[{number}].total"
        if statistic.status == "provided" and statistic.total is None:
            yield SubmissionFinding(
                "statistic.total_missing",
                "blocker",
                where,
                "The figure is said to be provided and is not there.",
                'Give the total, or say "not provided".',
                "seed para 5",
            )
        numbers = (statistic.total, statistic.labour, statistic.sex)
        if statistic.status == "not provided" and any(one is not None for one in numbers):
            yield SubmissionFinding(
                "statistic.unknown_as_zero",
                "blocker",
                where,
                "The figure is said not to be provided and has a number.",
                'Take the number out (an unknown is not 0), or say "provided".',
                "seed para 5",
            )
