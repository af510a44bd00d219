"""Does "request received" keep a reminder back? For seven days, never past the deadline, and never an escalation.

A post that has said it is at work need not be told again tomorrow. What it has not done by the deadline is escalated
as ever: the pause ends there, so that no rung above ever waits for a paused one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tipcycle.model.answer import Answer
from tipcycle.model.moment import iso
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation

PAUSE = timedelta(days=7)


@dataclass(frozen=True)
class Pause:
    """Why a reminder waits, and the first moment at which it does not any more."""

    reason: str
    until: datetime


def pause_of(obligation: Obligation, answers: Sequence[Answer], *, at: datetime) -> Pause | None:
    """The pause in force at `at`, or None. `answers` are those about this obligation, in any order.

    It runs from the newest "request received" for seven days or to the deadline, whichever comes first; at the very
    end of it reminders go again.
    """
    told = [one for one in answers if one.answer == "received" and one.answered_at <= at]
    if not told:
        return None
    newest = max(told, key=lambda one: (one.answered_at, one.id))
    until = min(newest.answered_at + PAUSE, obligation.due_at)
    if at >= until:
        return None
    return Pause(f"paused: {newest.position} said on {iso(newest.answered_at)} that it has the request", until)


def pause_for(notice: Notice, obligation: Obligation, answers: Sequence[Answer], *, at: datetime) -> Pause | None:
    """Why this notice waits, or None if it may go: only courtesy reminders before the deadline ever wait.

    An alarm does not wait either: it says that somebody cannot be reached, which no answer mends.
    """
    if notice.days >= 0 or notice.kind == "statutory" or notice.alarm:
        return None
    return pause_of(obligation, answers, at=at)
