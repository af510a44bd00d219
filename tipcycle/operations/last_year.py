"""Which figures did the same post report a year ago? Those of its newest answer to the same step, if there is one."""

from __future__ import annotations

from tipcycle.model.keys import obligation_key
from tipcycle.model.submission import Submission
from tipcycle.store import Store


def figures_of_last_year(store: Store, submission: Submission) -> dict[str, int]:
    """The totals by category, added up over legal bases; a category that was not provided is not in it."""
    before = store.submissions.latest(obligation_key(submission.report_year - 1, submission.step, submission.country))
    totals: dict[str, int] = {}
    for one in before.submission.statistics if before else ():
        if one.status == "provided" and one.total is not None:
            totals[one.category] = totals.get(one.category, 0) + one.total
    return totals
