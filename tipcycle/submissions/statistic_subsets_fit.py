"""Do the labour and sex figures fit into the total?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

_SOURCE = "2015 Report, Global Law Enforcement Data (labour as a subset of the total)"


def statistic_subsets_fit(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """labour + sex is at most the total; the rest is unspecified. Without a total there is nothing to be part of."""
    for number, statistic in enumerate(submission.statistics, 1):
        subsets = (statistic.labour or 0) + (statistic.sex or 0)
        if statistic.total is not None and subsets > statistic.total:
            yield SubmissionFinding(
                "statistic.subset_exceeds_total",
                "blocker",
                f"statistics[{number}].total",
                f"labour and sex make {subsets}, more than the total of {statistic.total}.",
                "Correct the total or the subsets; a case of both kinds is counted once.",
                _SOURCE,
            )
        if statistic.status == "not comparable" and statistic.total is None and statistic.has_number:
            yield SubmissionFinding(
                "statistic.total_missing",
                "blocker",
                f"statistics[{number}].total",
                "A part of the figure is given, and not the whole.",
                "Give the total that labour and sex are parts of, or take them out.",
                _SOURCE,
            )
