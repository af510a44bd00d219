"""Do the dates of an answer fit its status and the reporting period?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.moment import long_day
from tipcycle.model.submission import ItemAnswer, Severity, Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

_SOURCE = "seed paras 3 and 4"


def items_have_dates_that_fit(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """What was done before it began, or is done and not begun, is an error; other days than the period's a warning."""
    for number, item in enumerate(submission.items, 1):
        where = f"items[{number}]"
        if item.since and item.done_on and item.done_on < item.since:
            told = f"{item.id} was done on {long_day(item.done_on)}, before it began on {long_day(item.since)}."
            yield _finding("item.dates", "error", f"{where}.done_on", told, "Correct one of the two dates.")
        elif item.done_on and item.status in ("begun", "not begun"):
            told = f'{item.id} has a day on which it was done, and is "{item.status}".'
            yield _finding("item.dates", "error", f"{where}.done_on", told, "Correct the status, or take the day out.")
        elif _outside(item, facts):
            told = f"{item.id} was done outside the reporting period."
            remedy = "Correct the date, or say in the narrative what was done within the period."
            yield _finding("item.outside_period", "warning", f"{where}.done_on", told, remedy)


def _outside(item: ItemAnswer, facts: Facts) -> bool:
    period = facts.period
    return bool(period and item.done_on and not period.start <= item.done_on <= period.end)


def _finding(code: str, severity: Severity, where: str, message: str, remedy: str) -> SubmissionFinding:
    return SubmissionFinding(code, severity, where, message, remedy, _SOURCE)
