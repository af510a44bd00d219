"""Does each figure stand on one of the two legal bases, with what that basis needs?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.statistic import Statistic
from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def statistic_has_basis(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """An explicit offence is named; specific evidence is named with the authority that has it.

    A figure that is not comparable has a number too, and needs a basis as much as any other.
    """
    for number, statistic in enumerate(submission.statistics, 1):
        if statistic.status == "provided" or (statistic.status == "not comparable" and statistic.has_number):
            yield from _faults(statistic, f"statistics[{number}]")


def _faults(statistic: Statistic, where: str) -> Iterator[SubmissionFinding]:
    if statistic.basis is None:
        yield SubmissionFinding(
            "statistic.basis_missing",
            "blocker",
            f"{where}.basis",
            "The figure has no legal basis.",
            'Say "explicit offence" if the law defines the offence as trafficking, or "specific evidence" if an '
            "authority has evidence that the defendant was involved in trafficking.",
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
    elif statistic.basis == "specific evidence":
        for field in ("evidence", "authority"):
            if not getattr(statistic, field).strip():
                yield SubmissionFinding(
                    "statistic.evidence_missing",
                    "blocker",
                    f"{where}.{field}",
                    f"The specific evidence is not whole: its {field} is not named.",
                    "Name what the evidence is in evidence, and the police or judicial authority that has it in "
                    "authority.",
                    "seed para 5 (2)",
                )
