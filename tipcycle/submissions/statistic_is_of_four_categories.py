"""Is each figure one of the four that the Department can use?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

CATEGORIES = ("investigations", "prosecutions", "convictions", "sentences")
_RELATED = ("trafficking-related", "trafficking related", "prostitution", "smuggling")


def statistic_is_of_four_categories(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """Investigations, prosecutions, convictions or sentences; nothing "trafficking-related"."""
    for number, statistic in enumerate(submission.statistics, 1):
        where = f"statistics[{number}].category"
        said = f"{statistic.category} {statistic.offence}".lower()
        if any(word in said for word in _RELATED):
            yield SubmissionFinding(
                "statistic.trafficking_related",
                "blocker",
                where,
                f'"{statistic.category}" is a trafficking-related figure; its link to trafficking is not clear.',
                "Leave it out, or give the trafficking cases among it with their legal basis.",
                "seed para 5",
            )
        elif statistic.category not in CATEGORIES:
            yield SubmissionFinding(
                "statistic.category",
                "blocker",
                where,
                f'"{statistic.category}" is none of the four categories.',
                f"Read the host's term into one of {', '.join(CATEGORIES)}.",
                "seed para 5",
            )
