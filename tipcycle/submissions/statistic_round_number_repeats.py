"""Does the same round number stand for different things? Then it may be an estimate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

_ROUND = 10


def statistic_round_number_repeats(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """A multiple of ten that is the total of two categories or more; 0 is no round number."""
    said: dict[int, dict[str, int]] = defaultdict(dict)
    for number, one in enumerate(submission.statistics, 1):
        if one.total and one.total % _ROUND == 0:
            said[one.total].setdefault(one.category, number)
    for total, categories in said.items():
        if len(categories) > 1:
            yield SubmissionFinding(
                "statistic.round_number_repeated",
                "warning",
                f"statistics[{max(categories.values())}].total",
                f"{total} stands for {' and '.join(categories)}.",
                "Check that these were counted and not estimated.",
                "2015 Report, Global Law Enforcement Data (figures are estimates only); GAO-06-825",
            )
