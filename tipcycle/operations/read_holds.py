"""What does a hold keep back now? Loudest where the law's own day hangs on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tipcycle.model.hold import Hold
from tipcycle.model.moment import day, iso
from tipcycle.model.notice import Notice
from tipcycle.operations.context import Context, context
from tipcycle.operations.holds_in_force import held_in, holds_of
from tipcycle.reminders.hold import ends_at, in_force
from tipcycle.settings import settings
from tipcycle.store import Store


def statutory_held(store: Store, cycle: Context, at: datetime) -> tuple[str, ...]:
    """A line for each due rung of a statutory day that is kept back at `at`, in order of due moment."""
    held = held_in(store, cycle, at)
    if not held:
        return ()
    year = cycle.config.report_year
    owed = [one for one in store.notices.owed(at) if one.report_year == year and one.position in held]
    return tuple(
        f"statutory: {_what(one, cycle)} to {one.position} is {held[one.position].reason}"
        for one in owed
        if one.kind == "statutory"
    )


def held_back(store: Store, cycle: Context, at: datetime) -> dict[str, Any]:
    """The holds in force at `at`, how many notices and sealed messages wait for them, and the statutory ones."""
    year, held = cycle.config.report_year, held_in(store, cycle, at)
    notices = [one for one in store.notices.owed(at) if one.report_year == year and one.position in held]
    messages = [one for one in store.messages.in_states(year, ("sealed",)) if one.position in held] if held else []
    return {
        "holds": [_hold(one, at) for one in holds_of(store, year, at)],
        "notices": len(notices),
        "positions": len({one.position for one in notices}),
        "messages": len(messages),
        "statutory": list(statutory_held(store, cycle, at)),
    }


def read_holds(report_year: int, at: datetime) -> list[dict[str, Any]]:
    """Every hold of a cycle, also those that are over or were lifted, in order."""
    with Store.read(settings().ledger_url) as store:
        store.cycles.get(report_year)
        context(report_year)
        return [_hold(one, at) for one in store.holds.of_cycle(report_year)]


def _what(notice: Notice, cycle: Context) -> str:
    rung = f"{notice.step} {notice.country or ''} {notice.days:+d}".replace("  ", " ")
    law = getattr(cycle.config.owed(notice.step), "statutory_on", None)
    return f"{rung} (the law's day is {day(law)})" if law else rung


def _hold(hold: Hold, at: datetime) -> dict[str, Any]:
    return {
        "number": hold.number,
        "whom": hold.whom,
        "since": iso(hold.recorded_at),
        "until_on": hold.until_on.isoformat(),
        "ends_at": iso(ends_at(hold)),
        "reason": hold.reason,
        "approver": hold.approver,
        "in_force": in_force(hold, at),
        "lifted_at": iso(hold.lifted_at) if hold.lifted_at else None,
        "lifted_by": hold.lifted_by or None,
        "lifted_because": hold.lifted_because or None,
    }
