"""Was the non-paper delivered already? A day to come reports an intention."""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def demarche_was_made(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """`delivered_on` is the day of receipt at the latest, on the post's own calendar."""
    made = submission.demarche
    if made and facts.received_on and made.delivered_on > facts.received_on:
        yield SubmissionFinding(
            "demarche.in_the_future",
            "error",
            "delivered_on",
            f"The non-paper was delivered on {made.delivered_on}, which is after the file came ({facts.received_on}).",
            "Correct the day, or send the report again once the non-paper is delivered.",
            "seed paras 2 to 4",
        )
