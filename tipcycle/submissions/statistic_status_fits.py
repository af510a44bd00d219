"""Is an unknown said to be unknown? A figure that is not provided has no number, and above all not 0."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tipcycle.model.statistic import Statistic
from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

_UNKNOWN = re.compile(
    r"\b(?:unknown|not known|no data|no figures?|no statistics|no information|not (?:available|provided|collected|kept|"
    r"released|shared)|n/a|did not (?:give|provide|share|release))(?:\b|$)",
    re.IGNORECASE,
)


def statistic_status_fits(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """`provided` has a total, `not provided` has none; a figure that is not comparable may have one.

    A 0 beside words that say nobody knows is an unknown that was written as 0.
    """
    for number, statistic in enumerate(submission.statistics, 1):
        where = f"statistics[{number}]"
        if statistic.status == "provided" and statistic.total is None:
            yield SubmissionFinding(
                "statistic.total_missing",
                "blocker",
                f"{where}.total",
                "The figure is said to be provided and is not there.",
                'Give the total, or say "not provided".',
                "seed para 5",
            )
        if statistic.status == "not provided" and (statistic.has_number or statistic.sentences):
            yield SubmissionFinding(
                "statistic.unknown_as_zero",
                "blocker",
                f"{where}.total",
                "The figure is said not to be provided and has a number.",
                'Take the number out (an unknown is not 0), or say "provided".',
                "seed para 5",
            )
        elif statistic.total == 0 and _unknown_in(statistic):
            yield SubmissionFinding(
                "statistic.unknown_as_zero",
                "blocker",
                f"{where}.total",
                f'The total is 0, and the text says "{_unknown_in(statistic)}".',
                'If nobody knows the figure, take the 0 out and say "not provided"; if it was 0, correct the text.',
                "seed para 5",
            )


def _unknown_in(statistic: Statistic) -> str:
    for said in (statistic.source, statistic.host_term, statistic.offence, statistic.evidence, statistic.authority):
        found = _UNKNOWN.search(said)
        if found:
            return found.group()
    return ""
