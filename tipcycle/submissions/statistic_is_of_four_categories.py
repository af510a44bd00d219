"""Is each figure one of the four that the Department can use?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import FOUR_CATEGORIES, Facts
from tipcycle.submissions.statistic_is_of_trafficking import only_related


def statistic_is_of_four_categories(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """Investigations, prosecutions, convictions or sentences, and nothing else."""
    law = facts.law.statistic_categories.for_report(submission.report_year)
    usable = law.value if law else ()
    for number, statistic in enumerate(submission.statistics, 1):
        if statistic.category not in usable and not only_related(statistic):
            yield SubmissionFinding(
                "statistic.category",
                "blocker",
                f"statistics[{number}].category",
                f'"{statistic.category}" is none of the four categories.',
                f"Give one of these as category, and the government's own word as host_term. {FOUR_CATEGORIES}.",
                "seed para 5",
            )
