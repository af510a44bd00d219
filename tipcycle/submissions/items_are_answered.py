"""Is every high-priority item answered? If not, the report is taken as partial and the post is asked for the rest."""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts, expects_items, says_nothing


def items_are_answered(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """Each high-priority item without an answer is an error: the interim assessment is written from them."""
    if not expects_items(submission) or facts.plan is None or says_nothing(submission):
        return
    answered = {item.id for item in submission.items}
    for item in facts.plan.high_priority:
        if item.id not in answered:
            yield SubmissionFinding(
                "item.unanswered",
                "error",
                f"items {item.id}",
                f"The high-priority item {item.id} has no answer.",
                'Answer it; "not begun" is an answer.',
                "seed paras 3 and 4",
            )
