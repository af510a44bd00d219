"""Say that an obligation is not required, by a position and for a reason; it stands apart from missing and nil."""

from __future__ import annotations

from datetime import datetime

from tipcycle.errors import StoreError
from tipcycle.model.keys import obligation_key
from tipcycle.model.moment import local
from tipcycle.model.obligation import Obligation
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import Context, context
from tipcycle.operations.obligation_life import fulfil
from tipcycle.store import Store


def waive_obligation(report_year: int, *, step: str, country: str, reason: str, approver: str, at: datetime) -> str:
    """Waive one obligation and its pending notices; return a line to show. Raises `StoreError` with the reason."""
    cycle = _checked(report_year, reason=reason, approver=approver)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        obligation = _missing(store, report_year, step, country)
        fulfil(store, cycle, obligation, standing="waived", at=at, reason=reason, approver=approver)
        store.acts.add("waive-obligation", obligation.key, actor=approver, at=at, reason=reason)
    return f"{obligation.key}: waived by {approver}: {reason}"


def preview_waiver(report_year: int, *, step: str, country: str, reason: str, approver: str) -> list[str]:
    """What waiving it would end, in lines; nothing is written. Raises `StoreError` where it would be refused."""
    cycle = _checked(report_year, reason=reason, approver=approver)
    with Store.read(cycle.settings.ledger_url) as store:
        obligation = _missing(store, report_year, step, country)
        pending = [one for one in store.notices.of_obligations([obligation.key]) if one.state in ("owed", "queued")]
    zone = cycle.places.of_owner(obligation.post).zone
    return [
        f"{obligation.key}: due {local(obligation.due_at, zone)}, would be waived by {approver}: {reason}",
        *(f"  waived     {one.days:+4d} {one.position:<28} due {local(one.due_at, zone)}" for one in pending),
    ]


def _checked(report_year: int, *, reason: str, approver: str) -> Context:
    cycle = context(report_year)
    require_reason("an obligation is waived", reason)
    require_position(cycle.config, approver)
    return cycle


def _missing(store: Store, report_year: int, step: str, country: str) -> Obligation:
    store.cycles.require_open(report_year)
    obligation = store.obligations.get(obligation_key(report_year, step, country))
    if obligation.standing != "missing":
        raise StoreError(f"{obligation.key}: stands as {obligation.standing}; only what is missing is waived")
    return obligation
