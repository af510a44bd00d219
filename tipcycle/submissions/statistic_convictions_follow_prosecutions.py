"""Are there more convictions than prosecutions? It happens, and should be explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

_FOLLOWS = {
    "convictions": ("prosecutions", "statistic.convictions_above_prosecutions"),
    "sentences": ("convictions", "statistic.sentences_above_convictions"),
}


def statistic_convictions_follow_prosecutions(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """Over the same days; courts may finish last year's cases, so it is a warning."""
    totals: dict[tuple[date, date, str], int] = defaultdict(int)
    places: dict[tuple[date, date, str], int] = {}
    for number, one in enumerate(submission.statistics, 1):
        if one.total is not None:
            key = (one.period.start, one.period.end, one.category)
            totals[key] += one.total
            places[key] = number
    for (start, end, category), total in totals.items():
        before, code = _FOLLOWS.get(category, ("", ""))
        if (start, end, before) in totals and total > totals[start, end, before]:
            yield SubmissionFinding(
                code,
                "warning",
                f"statistics[{places[start, end, category]}].total",
                f"{total} {category} are more than the {totals[start, end, before]} {before} of the same days.",
                "Say in remarks how that is, such as cases from last year, or correct the figure.",
                "seed para 5 (figures must fit their categories)",
            )
