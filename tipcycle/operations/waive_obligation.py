"""Say that an obligation is not required, by a position and for a reason; it stands apart from missing and nil."""

from __future__ import annotations

from datetime import datetime

from tipcycle.errors import StoreError
from tipcycle.model.keys import obligation_key
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import context
from tipcycle.operations.obligation_life import fulfil
from tipcycle.store import Store


def waive_obligation(report_year: int, *, step: str, country: str, reason: str, approver: str, at: datetime) -> str:
    """Waive one obligation and its pending notices; return a line to show. Raises `StoreError` with the reason."""
    cycle = context(report_year)
    require_reason("an obligation is waived", reason)
    require_position(cycle.config, approver)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        store.cycles.require_open(report_year)
        obligation = store.obligations.get(obligation_key(report_year, step, country))
        if obligation.standing != "missing":
            raise StoreError(f"{obligation.key}: stands as {obligation.standing}; only what is missing is waived")
        fulfil(store, cycle, obligation, standing="waived", at=at, reason=reason, approver=approver)
        store.acts.add("waive-obligation", obligation.key, actor=approver, at=at, reason=reason)
    return f"{obligation.key}: waived by {approver}: {reason}"
