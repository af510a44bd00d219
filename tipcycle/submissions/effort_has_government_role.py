"""Does work by others show what the government did in it? Only then does it count."""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.rules.host_government_role import host_government_role
from tipcycle.submissions.rule import Facts


def effort_has_government_role(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """Work by NGOs, international organizations or posts without a government role does not count."""
    for number, item in enumerate(submission.items, 1):
        counts = host_government_role(item.by, item.government_role, facts.law, report_year=submission.report_year)
        if counts.outcome == "does_not_count":
            yield SubmissionFinding(
                "effort.no_government_role",
                "warning",
                f"items[{number}].government_role",
                f"{item.id} was done by others, and the government's own part in it is not described. Thank you for "
                "reporting it: it is kept, and does not count toward placement.",
                "If the government gave money, staff, a building, an order or anything else of its own, say so in a "
                "sentence; if it did not, nothing is to be mended.",
                "seed para 7",
            )
