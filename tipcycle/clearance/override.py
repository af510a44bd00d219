"""May a person sign that a silent position is not waited for, and how is that told in the paper?

Nothing is approved by silence: somebody answers for going on. Source: practice; decision 0013.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from tipcycle.calendar.deadline import WASHINGTON
from tipcycle.clearance.chain import ChainStanding
from tipcycle.model.clearance import Override
from tipcycle.model.clearance_chain import ClearanceChain
from tipcycle.model.moment import day


def why_no_override(
    standing: ChainStanding,
    without: str,
    approver: str,
    *,
    chain: ClearanceChain,
    drafters: Collection[str],
    asked_at: datetime | None,
    due_at: datetime | None,
    at: datetime,
) -> str:
    """Why `approver` may not sign at `at` for going on without that position, or an empty text.

    `due_at` is when its answer upon this text was due, None if it was never asked; `asked_at` is when the first message
    that asks for it was accepted, None if none was.
    """
    if approver not in chain.overridden_by:
        return f"{approver} may not sign for it; {' or '.join(chain.overridden_by) or 'nobody'} may"
    if approver in drafters:
        return f"{approver} drafted or edited this text, and nobody signs for a draft of its own"
    if approver == without:
        return f"{approver} does not go on without itself; it clears the text or returns it"
    seat = next((one for one in standing.seats if one.seat.position == without), None)
    if seat is None:
        return f"{without} has no seat in its chain"
    if seat.state in ("returned", "retracted"):
        return f"{seat.because}; that is no silence, so nobody can go on without it"
    if seat.state != "silent" or without not in standing.waits_for:
        return seat.because
    if due_at is None:
        return f"{without} was never asked to clear this text"
    if asked_at is None:
        return f"{without} was never told: no message that asks it to clear this text was accepted"
    if at <= due_at:
        return f"{without} was asked on {asked_at:%Y-%m-%d} and has time until {due_at:%Y-%m-%d %H:%MZ}"
    return ""


def in_words(override: Override) -> str:
    """`released without concurrence of eur.bureau, asked on Mon 4 Jan 2010, reminded on …`, as the paper prints it."""
    asked = f"asked on {day(override.asked_at.astimezone(WASHINGTON).date())}" if override.asked_at else "never asked"
    days = [day(date.fromisoformat(one)) for one in override.reminded]
    reminded = f"reminded on {_listed(days)}" if days else "not reminded"
    return f"released without concurrence of {override.without}, {asked}, {reminded}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
