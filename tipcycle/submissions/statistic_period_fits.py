"""Does each figure count the reporting period, or say why it counts other days?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.moment import long_day
from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts


def statistic_period_fits(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """A period that reaches outside the reporting period needs a reason, such as a court that counts calendar years."""
    if facts.period is None:
        return
    first, last = facts.period.start, facts.period.end
    for number, statistic in enumerate(submission.statistics, 1):
        inside = first <= statistic.period.start and statistic.period.end <= last
        if not inside and not statistic.period_reason.strip():
            yield SubmissionFinding(
                "statistic.period",
                "blocker",
                f"statistics[{number}].period",
                f"The figure counts {long_day(statistic.period.start)} to {long_day(statistic.period.end)}, and the "
                f"reporting period is {long_day(first)} to {long_day(last)}.",
                "Correct the dates, or say in period_reason why the figure counts other days.",
                "seed paras 3 and 5; 2010 Report, reporting period",
            )
