"""Does each figure stand on one of the two legal bases, with what that basis needs?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def statistic_has_basis(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """An explicit offence is named; specific evidence is named with the authority that has it."""
    for number, statistic in enumerate(submission.statistics, 1):
        where = f"statistics[{number}]"
        if statistic.status != "provided":
            continue
        if statistic.basis is None:
            yield SubmissionFinding(
                "statistic.basis_missing",
                "blocker",
                f"{where}.basis",
                "The figure has no legal basis.",
                'Say "explicit offence" or "specific evidence".',
                "seed para 5 (1) and (2)",
            )
        elif statistic.basis == "explicit offence" and not statistic.offence.strip():
            yield SubmissionFinding(
                "statistic.basis_missing",
                "blocker",
                f"{where}.offence",
                "The offence that the law explicitly defines as trafficking is not named.",
                "Name the law and article.",
                "seed para 5 (1)",
            )
        elif statistic.basis == "specific evidence" and not (
            statistic.evidence.strip() and statistic.authority.strip()
        ):
            yield SubmissionFinding(
                "statistic.evidence_missing",
                "blocker",
                f"{where}.evidence",
                "The specific evidence, or the authority that has it, is not named.",
                "Name both in evidence and authority.",
                "seed para 5 (2)",
            )
