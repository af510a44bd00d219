"""When does a post with a week of its own keep a federal holiday?

Posts that work Sunday to Thursday keep a Monday holiday on Sunday and a Friday one on Thursday
(Embassy Baghdad's holiday schedule of 2011: Labor Day and Columbus Day on Sunday, Veterans' Day on Thursday).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tipcycle.model.post import WorkWeek

_MONDAY, _FRIDAY = 0, 4


def kept_on(holiday: date, week: WorkWeek) -> date:
    """The day on which a post with `week` keeps a federal holiday.

    Reading: the schedule is sourced for Sunday-Thursday weeks only, so other weeks keep the day itself.
    """
    if week.days != "Sun-Thu" or holiday.weekday() not in (_MONDAY, _FRIDAY):
        return holiday
    return holiday - timedelta(days=1)


def kept_by_post(federal: Mapping[date, str], host: Mapping[date, str], weeks: tuple[WorkWeek, ...]) -> dict[date, str]:
    """All days off of a post: its host's holidays, and the federal ones on the day it keeps them."""
    kept = dict(host)
    for day, name in federal.items():
        week = [week for week in weeks if week.since is None or week.since <= day][-1]
        kept.setdefault(kept_on(day, week), name)
    return kept
