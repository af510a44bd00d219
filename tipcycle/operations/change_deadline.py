"""Extend or shorten the deadline of one obligation, with a preview first; also after the date has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tipcycle.calendar.obligations import due_on
from tipcycle.errors import StoreError
from tipcycle.model.keys import obligation_key
from tipcycle.model.moment import day, local
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import context
from tipcycle.operations.obligation_life import replan
from tipcycle.store import Store


@dataclass(frozen=True)
class DeadlineChange:
    """What changes, in lines a coordinator can read; `done` is False for a preview."""

    lines: tuple[str, ...]
    done: bool


def change_deadline(
    report_year: int,
    *,
    step: str,
    country: str,
    planned_on: date,
    reason: str,
    approver: str,
    at: datetime,
    preview: bool,
) -> DeadlineChange:
    """Plan one obligation anew for `planned_on`; raises `StoreError` with the reason where that cannot be.

    Its pending notices are cancelled as `replanned`; the first planned day stays for the statistics.
    """
    cycle = context(report_year)
    require_reason("a deadline is changed", reason)
    require_position(cycle.config, approver)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        obligation = store.obligations.get(obligation_key(report_year, step, country))
        if obligation.standing != "missing":
            raise StoreError(f"{obligation.key}: stands as {obligation.standing}; there is nothing to wait for")
        new_due = due_on(planned_on, obligation.post, cycle.places)
        if new_due <= at:
            raise StoreError(f"{day(planned_on)} is over already; name a day to come")
        if planned_on == obligation.planned_on:
            raise StoreError(f"{obligation.key}: is planned for {day(planned_on)} already")
        notices = store.notices.of_obligations([obligation.key])
        pending = sum(1 for notice in notices if notice.state in ("owed", "queued"))
        zone = cycle.places.of_owner(obligation.post).zone
        lines = (
            f"{obligation.key}: due {local(obligation.due_at, zone)} → {local(new_due, zone)}",
            f"{pending} pending notices are cancelled (replanned) and planned anew",
            f"reason: {reason}; approved by {approver}",
        )
        if preview:
            return DeadlineChange(lines, done=False)
        changed = replan(store, cycle, obligation, planned_on=planned_on, reason=reason, approver=approver, at=at)
        store.acts.add(
            "change-deadline",
            obligation.key,
            actor=approver,
            at=at,
            old=obligation.planned_on.isoformat(),
            new=planned_on.isoformat(),
            version=changed.version,
            reason=reason,
        )
        return DeadlineChange(lines, done=True)
