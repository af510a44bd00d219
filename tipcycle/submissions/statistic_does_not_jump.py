"""Is a figure far from last year's? Then it is asked about before it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

_TIMES, _AT_LEAST = 3, 10


def statistic_does_not_jump(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """More than three times last year's figure or less than a third of it, and at least 10 apart.

    Last year's is what the post gives as last_year, or else the total that it reported then. A figure that is said
    not to be comparable, with the reason, is not held against it.
    """
    for number, statistic in enumerate(submission.statistics, 1):
        before = facts.last_year.get(statistic.category) if statistic.last_year is None else statistic.last_year
        explained = statistic.not_comparable_because.strip()
        if statistic.total is None or before is None or explained:
            continue
        low, high = sorted((before, statistic.total))
        if high > low * _TIMES and high - low >= _AT_LEAST:
            yield SubmissionFinding(
                "statistic.jump",
                "warning",
                f"statistics[{number}].total",
                f"{statistic.total} {statistic.category} this year, {before} last year.",
                "Check both figures; if they are right, say in not_comparable_because or remarks what changed.",
                "seed para 8 (increase over the previous year)",
            )
