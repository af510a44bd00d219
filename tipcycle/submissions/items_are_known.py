"""Does each answer name a recommendation that this country was really asked, once?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def items_are_known(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """A wrong id is a blocker: the answer would be counted for another recommendation, or for none."""
    asked = [item.id for item in facts.plan.recommendations] if facts.plan else []
    asked += _added(submission) if facts.added is None else facts.added
    seen: set[str] = set()
    for number, item in enumerate(submission.items, 1):
        where = f"items[{number}].id"
        if item.id not in asked:
            yield SubmissionFinding(
                "item.unknown",
                "blocker",
                where,
                f'"{item.id}" is not a recommendation of this plan.',
                f"Use one of {', '.join(asked)}." if asked else "This country was sent no recommendations.",
                "seed para 9",
            )
        elif item.id in seen:
            yield SubmissionFinding(
                "item.twice",
                "blocker",
                where,
                f'"{item.id}" is answered twice.',
                "Keep one answer.",
                "seed para 9",
            )
        seen.add(item.id)


def _added(submission: Submission) -> list[str]:
    """Without the ledger nobody knows what post recommended on its own; taking the file in asks it."""
    return [item.id for item in submission.items if item.id.startswith("POST")]
