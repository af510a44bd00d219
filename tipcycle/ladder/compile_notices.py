"""Which notices does one obligation owe to whom, and when does each fall due?

Calendar × obligations × ladders: a notice falls due at 09:00 local on a working day of its recipient; reminders
roll back to one, escalations forward. No notice is due before its obligation was opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tipcycle.calendar.places import Places
from tipcycle.ladder.recipients import OFFICE, recipients
from tipcycle.model.keys import notice_key
from tipcycle.model.ladder import Ladder, Rung
from tipcycle.model.notice import Notice, SkippedRung
from tipcycle.model.obligation import Obligation
from tipcycle.model.position import Position
from tipcycle.model.post import Post


@dataclass(frozen=True)
class CompiledNotices:
    """Notices in order of due moment and key; rungs left out, each with its reason."""

    notices: tuple[Notice, ...]
    skipped: tuple[SkippedRung, ...]


def compile_notices(
    obligation: Obligation,
    ladder: Ladder,
    *,
    post: Post | None,
    positions: Mapping[str, Position],
    places: Places,
    opened_at: datetime,
    event: str = "it was asked",
) -> CompiledNotices:
    """The notices of the obligation's present plan, as of `opened_at` (UTC), the day it was really asked.

    `event` names what happened at that moment where it is not the asking, for the rungs that are left out.
    """
    told = dict.fromkeys(
        (number, recipient)
        for number, rung in enumerate(ladder.rungs)
        for name in rung.to
        for recipient in recipients(name, post=post, owner_unit=obligation.post or OFFICE, owner=obligation.owner)
    )
    due = [
        (rung, positions[recipient], _falls_due(rung, obligation, places, positions[recipient]))
        for number, recipient in told  # where there is no bureau its rung is the director's: told once
        for rung in (ladder.rungs[number],)
    ]
    notices: list[Notice] = []
    skipped: list[SkippedRung] = []
    for rung, position, due_at in _once_a_rung(due):
        if due_at < opened_at:
            reason = f"due {due_at:%Y-%m-%d %H:%MZ}, before {event} on {opened_at:%Y-%m-%d %H:%MZ}"
            skipped.append(SkippedRung(obligation.key, rung.days, position.id, due_at, reason))
            continue
        later = [moment for other, _, moment in due if other.days > rung.days and moment > due_at]
        notices.append(
            Notice(
                key=notice_key(
                    obligation.report_year,
                    obligation.step,
                    obligation.subject,
                    version=obligation.version,
                    days=rung.days,
                    position=position.id,
                ),
                obligation=obligation.key,
                report_year=obligation.report_year,
                step=obligation.step,
                post=obligation.post,
                country=obligation.country,
                version=obligation.version,
                days=rung.days,
                position=position.id,
                level=0 if position.id == obligation.owner else position.level,
                channel=rung.channel,
                kind=rung.kind,
                due_at=due_at,
                latest_by=obligation.due_at if rung.days < 0 else min(later, default=None),
            )
        )
    notices.sort(key=lambda notice: (notice.due_at, notice.key))
    return CompiledNotices(tuple(notices), tuple(skipped))


def _once_a_rung(due: list[tuple[Rung, Position, datetime]]) -> list[tuple[Rung, Position, datetime]]:
    """A rung that names one position twice, as owner and by its role, tells it once."""
    return list({(rung.days, position.id): (rung, position, due_at) for rung, position, due_at in due}.values())


def _falls_due(rung: Rung, obligation: Obligation, places: Places, position: Position) -> datetime:
    working = places.of(position)
    day = obligation.planned_on + timedelta(days=rung.days)
    rolled = working.last_working_day(day) if rung.days < 0 else working.next_working_day(day)
    return working.opening(rolled)
