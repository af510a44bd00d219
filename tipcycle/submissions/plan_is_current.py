"""Was the form made for the recommendations as they stand now?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def plan_is_current(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """A workbook made before the plan changed may answer other words under the same id."""
    current = facts.plan.version if facts.plan else ""
    if facts.plan_answered is not None and facts.plan_answered != current:
        yield SubmissionFinding(
            "item.plan_changed",
            "warning",
            "items",
            "The recommendations changed after this form was made.",
            "Read the answers against the newest action request, and send a new form where they no longer fit.",
            "seed paras 4 and 9",
        )
