"""Is it said from whom each figure comes?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def statistic_has_source(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """A figure without its source is taken; it is harder to defend."""
    for number, statistic in enumerate(submission.statistics, 1):
        if statistic.has_number and not (statistic.source.strip() or statistic.authority.strip()):
            yield SubmissionFinding(
                "statistic.source_missing",
                "warning",
                f"statistics[{number}].source",
                "It is not said which office gave the figure.",
                "Name the office or publication in source.",
                "seed para 5; GAO-06-825 (reliability of country data)",
            )
