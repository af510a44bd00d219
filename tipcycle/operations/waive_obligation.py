"""Say that an obligation is not required, by a position and for a reason; it stands apart from missing and nil."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tipcycle.errors import StoreError
from tipcycle.model.keys import obligation_key
from tipcycle.model.moment import local
from tipcycle.model.obligation import Obligation
from tipcycle.model.signing_code import Deed, deed_of
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import Context, context
from tipcycle.operations.obligation_life import fulfil
from tipcycle.operations.require_code import deciding, require_code
from tipcycle.store import Store


@dataclass(frozen=True)
class WaiverPreview:
    """What a waiver would end, in lines a coordinator can read; `to_sign` is what a form needs a code for."""

    lines: tuple[str, ...]
    to_sign: Deed


def waive_obligation(
    report_year: int, *, step: str, country: str, reason: str, approver: str, at: datetime, code: str | None = None
) -> str:
    """Waive one obligation and its pending notices; return a line to show. Raises `StoreError` with the reason.

    A form gives the one-time `code` (decision 0019).
    """
    cycle = _checked(report_year, reason=reason, approver=approver)
    with deciding(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        obligation = _missing(store, report_year, step, country)
        to_sign = _to_sign(obligation, reason=reason, approver=approver)
        signed = require_code(store, to_sign, code, at=at)
        fulfil(store, cycle, obligation, standing="waived", at=at, reason=reason, approver=approver)
        store.acts.add("waive-obligation", obligation.key, actor=approver, at=at, reason=reason, **signed)
    return f"{obligation.key}: waived by {approver}: {reason}"


def preview_waiver(report_year: int, *, step: str, country: str, reason: str, approver: str) -> WaiverPreview:
    """What waiving it would end; nothing is written. Raises `StoreError` where it would be refused."""
    cycle = _checked(report_year, reason=reason, approver=approver)
    with Store.read(cycle.settings.ledger_url) as store:
        obligation = _missing(store, report_year, step, country)
        pending = [one for one in store.notices.of_obligations([obligation.key]) if one.state in ("owed", "queued")]
    zone = cycle.places.of_owner(obligation.post).zone
    lines = (
        f"{obligation.key}: due {local(obligation.due_at, zone)}, would be waived by {approver}: {reason}",
        *(f"  waived     {one.days:+4d} {one.position:<28} due {local(one.due_at, zone)}" for one in pending),
    )
    return WaiverPreview(lines, _to_sign(obligation, reason=reason, approver=approver, lines=lines))


def _to_sign(obligation: Obligation, *, reason: str, approver: str, lines: Sequence[str] = ()) -> Deed:
    return deed_of(
        obligation.report_year,
        "waive",
        approver,
        what=f"waive {obligation.step} of {obligation.country}",
        lines=lines,
        reason=reason,
        decided=[obligation.key, obligation.version, reason.strip()],
    )


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
