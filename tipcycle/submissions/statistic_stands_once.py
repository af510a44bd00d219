"""Is each figure given once? Of two for the same thing nobody knows which counts."""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def statistic_stands_once(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """The same category and period may stand twice only on different bases, offences or host terms."""
    seen: set[tuple[object, ...]] = set()
    for number, one in enumerate(submission.statistics, 1):
        same = (one.category, one.period.start, one.period.end, one.basis, one.offence, one.authority, one.host_term)
        if same in seen:
            yield SubmissionFinding(
                "statistic.twice",
                "blocker",
                f"statistics[{number}]",
                f"{one.category} for the same days and on the same basis stand twice.",
                "Keep one of them; if they count different things, say so in offence or host_term.",
                "seed para 5",
            )
        seen.add(same)
