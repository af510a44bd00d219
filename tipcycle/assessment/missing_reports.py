"""Which reports did not come, and when was each asked for, reminded of and escalated? The annexes of an assessment.

The days are the ledger's: of what was really sent, on the post's own calendar (DESIGN 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from tipcycle.calendar.places import Places
from tipcycle.calendar.working_time import WorkingTime
from tipcycle.model.assessment_paper import MissingReport, NotRequired
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.moment import long_day, long_days
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation


def missing_reports(
    obligations: Iterable[Obligation],
    notices: Mapping[str, Sequence[Notice]],
    *,
    config: CycleConfig,
    places: Places,
) -> tuple[MissingReport, ...]:
    """The reports that are missing, in order of the country's name; `notices` are by obligation."""
    missing = [one for one in obligations if one.standing == "missing" and one.country]
    return tuple(
        _missing(one, notices.get(one.key, ()), config, places.of_owner(one.post)) for one in _by_name(missing, config)
    )


def reports_not_required(
    obligations: Iterable[Obligation], *, config: CycleConfig, places: Places
) -> tuple[NotRequired, ...]:
    """The reports that were waived, or attested to have nothing in them, in order of the country's name."""
    settled = [one for one in obligations if one.standing in ("waived", "nil") and one.country]
    return tuple(
        NotRequired(
            config.countries[one.country or ""].name,
            _post(one, config),
            "not required" if one.standing == "waived" else "nothing to report",
            _because(one, places.of_owner(one.post), config),
        )
        for one in _by_name(settled, config)
    )


def days_sent(notices: Iterable[Notice], working: WorkingTime, *, escalated: bool) -> str:
    """`October 15 and 20, 2009`: when reminders (or escalations) really went out; "never" where none did."""
    days = {
        working.local_date(notice.decided_at)
        for notice in notices
        if notice.state == "sent" and notice.decided_at and (notice.level > 0) == escalated
    }
    return long_days(days) or "never"


def _missing(one: Obligation, notices: Sequence[Notice], config: CycleConfig, working: WorkingTime) -> MissingReport:
    return MissingReport(
        country=config.countries[one.country or ""].name,
        post=_post(one, config),
        due=long_day(one.planned_on),
        asked=_day(one.opened_at, working) or "never",
        reminded=days_sent(notices, working, escalated=False),
        escalated=days_sent(notices, working, escalated=True),
    )


def _because(one: Obligation, working: WorkingTime, config: CycleConfig) -> str:
    if one.standing == "nil":
        return f"attested by the post on {_day(one.answered_at, working)}"
    approver = config.positions.get(one.approver)
    by = f" (waived by: {approver.title if approver else one.approver})" if one.approver else ""
    return f"{one.reason.strip().rstrip('.')}{by}"


def _post(one: Obligation, config: CycleConfig) -> str:
    return config.posts[one.post].name if one.post else "Department"


def _day(at: datetime | None, working: WorkingTime) -> str:
    return long_day(working.local_date(at)) if at else ""


def _by_name(obligations: Iterable[Obligation], config: CycleConfig) -> list[Obligation]:
    return sorted(obligations, key=lambda one: (config.countries[one.country or ""].name.casefold(), one.key))
