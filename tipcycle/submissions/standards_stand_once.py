"""Is each minimum standard answered once? Of two answers to the same one nobody knows which counts."""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def standards_stand_once(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """The second answer is a blocker, as with recommendations."""
    seen: set[str] = set()
    for number, answer in enumerate(submission.standards, 1):
        if answer.id in seen:
            yield SubmissionFinding(
                "standard.twice",
                "blocker",
                f"standards[{number}].id",
                f'"{answer.id[:20]}" is answered twice.',
                "Keep one answer.",
                "22 U.S.C. 7106(a) and (b)",
            )
        seen.add(answer.id)
