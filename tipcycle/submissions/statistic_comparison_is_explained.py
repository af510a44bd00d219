"""Can each figure be held against last year's, and if not, is it said why?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def statistic_comparison_is_explained(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """The special watch list asks for increasing efforts; a figure that cannot show them says why."""
    for number, statistic in enumerate(submission.statistics, 1):
        cannot = statistic.status == "not comparable" or statistic.comparable == "no"
        if cannot and not statistic.not_comparable_because.strip():
            yield SubmissionFinding(
                "statistic.not_comparable_unexplained",
                "warning",
                f"statistics[{number}].not_comparable_because",
                f"The figure on {statistic.category} is said not to be comparable, and not why.",
                "Say what changed since last year: the law, the office that counts, the days counted.",
                "seed para 8 (evidence of increasing efforts); GAO-06-825",
            )
