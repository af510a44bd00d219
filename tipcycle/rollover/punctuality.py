"""How punctual was a post for one country, and by how many days was each answer late? On its own calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tipcycle.calendar.working_time import WorkingTime
from tipcycle.model.obligation import Obligation


@dataclass(frozen=True)
class Punctuality:
    """What was asked = on time + late + waived + overdue + not due yet. `days_late` sums the days of late answers."""

    asked: int
    on_time: int
    late: int
    waived: int
    overdue: int
    not_due: int
    days_late: int


def punctuality(owed: Iterable[Obligation], working: WorkingTime, *, at: datetime) -> Punctuality:
    """Of those that were asked for by `at`."""
    asked = [one for one in owed if one.opened_at and one.opened_at <= at]
    answered = [one for one in asked if one.standing in ("received", "nil")]
    missing = [one for one in asked if one.standing == "missing"]
    late = [one for one in answered if one.late]
    return Punctuality(
        asked=len(asked),
        on_time=len(answered) - len(late),
        late=len(late),
        waived=sum(one.standing == "waived" for one in asked),
        overdue=sum(one.due_at < at for one in missing),
        not_due=sum(one.due_at >= at for one in missing),
        days_late=sum(days_late(one, working, at=at) for one in late),
    )


def days_late(owed: Obligation, working: WorkingTime, *, at: datetime) -> int:
    """Calendar days from the due day to the answer, or to `at` while it is missing; 0 in time and where it is waived.

    The due day is that of the plan in force: a post with more time was not late in it.
    """
    if owed.standing == "waived" or owed.opened_at is None:
        return 0
    until = owed.answered_at or at
    return max(0, (working.local_date(until) - working.local_date(owed.due_at)).days)
