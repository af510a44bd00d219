"""Extend, shorten or put back the deadline of one obligation, with a preview first; also after the date has passed.

Source: DESIGN of the ledger: a changed deadline is a new plan version, and the first planned day stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tipcycle.calendar.obligations import due_on
from tipcycle.errors import StoreError
from tipcycle.ladder.compile_notices import CompiledNotices
from tipcycle.model.keys import deadline_key, obligation_key
from tipcycle.model.moment import day, local
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.model.signing_code import Deed, deed_of
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import Context, context
from tipcycle.operations.deadline_mail import deadline_mail
from tipcycle.operations.obligation_life import planned_anew, replan
from tipcycle.operations.require_code import deciding, require_code

ReasonClass = Literal["post asked", "host government", "emergency", "Department", "correction"]


@dataclass(frozen=True)
class DeadlineChange:
    """What changes, in lines a coordinator can read; `done` is False for a preview.

    `to_sign` is what a form needs a code for.
    """

    lines: tuple[str, ...]
    done: bool
    to_sign: Deed


def change_deadline(
    report_year: int,
    *,
    step: str,
    country: str | None,
    planned_on: date | None,
    reason_class: ReasonClass,
    reason: str,
    approver: str,
    at: datetime,
    preview: bool,
    code: str | None = None,
) -> DeadlineChange:
    """Plan one obligation anew for `planned_on` (None puts back its first planned day, decision 0011).

    `country` is None for a step of the Department. Pending notices are cancelled as `replanned`, and whoever owes
    and was asked is told the old and the new day by mail. Raises `StoreError` with the reason where it cannot be. A
    form gives the one-time `code` (decision 0019).
    """
    cycle = context(report_year)
    require_reason("a deadline is changed", reason)
    require_position(cycle.config, approver)
    with deciding(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        store.cycles.require_open(report_year)
        before = store.obligations.get(obligation_key(report_year, step, country))
        kind, new_day = _kind(cycle, before, planned_on, at)
        now, compiled = planned_anew(
            cycle, before, planned_on=new_day, reason=f"{reason_class}: {reason}", approver=approver, at=at
        )
        pending = [one for one in store.notices.of_obligations([before.key]) if one.state in ("owed", "queued")]
        lines = tuple(_lines(cycle, before, now, pending, compiled))
        to_sign = _to_sign(before, now, lines, kind=kind)
        if preview:
            return DeadlineChange(lines, done=False, to_sign=to_sign)
        signed = require_code(store, to_sign, code, at=at)
        replan(store, now, compiled, at=at)
        # A day that was changed on before it was told is never told as the one in force.
        for told in store.messages.keys_like(deadline_key(before.key, before.version)):  # also where it was passed on
            store.messages.withdraw(told, "the deadline was changed once more")
        if before.opened_at:
            store.messages.seal(deadline_mail(with_contacts(store, cycle, at), before, now, kind=kind, at=at))
        store.acts.add(
            "change-deadline",
            before.key,
            actor=approver,
            at=at,
            kind=kind,
            old=before.planned_on.isoformat(),
            new=now.planned_on.isoformat(),
            version=now.version,
            reason_class=reason_class,
            reason=reason,
            **signed,
        )
        return DeadlineChange(lines, done=True, to_sign=to_sign)


def _to_sign(before: Obligation, now: Obligation, lines: Sequence[str], *, kind: str) -> Deed:
    """The new day for the plan as it stands: once that was changed, another code is needed."""
    of = f" of {before.country}" if before.country else ""
    return deed_of(
        before.report_year,
        "extend",
        now.approver,
        what=f"give {before.step}{of} another day: {day(now.planned_on)}",
        lines=lines,
        reason=now.reason,
        decided=[before.key, before.version, kind, now.planned_on.isoformat(), now.reason],
    )


def _kind(cycle: Context, before: Obligation, planned_on: date | None, at: datetime) -> tuple[str, date]:
    """What the change is called, and the day it leads to; raises `StoreError` where there is nothing to change."""
    if before.standing != "missing":
        raise StoreError(f"{before.key}: stands as {before.standing}; there is nothing to wait for")
    if planned_on is None:
        if before.planned_on == before.original_on:
            raise StoreError(
                f"{before.key}: is planned for its first day, {day(before.original_on)}; nothing to put back"
            )
        return "put back to the first planned day", before.original_on
    if due_on(planned_on, before.post, cycle.places) <= at:
        raise StoreError(f"{day(planned_on)} is over already; name a day to come")
    if planned_on == before.planned_on:
        raise StoreError(f"{before.key}: is planned for {day(planned_on)} already")
    return ("extended" if planned_on > before.planned_on else "shortened"), planned_on


def _lines(
    cycle: Context, before: Obligation, now: Obligation, pending: list[Notice], compiled: CompiledNotices
) -> Iterator[str]:
    zone = cycle.places.of_owner(before.post).zone
    yield f"{before.key}: due {local(before.due_at, zone)} → {local(now.due_at, zone)}"
    for notice in pending:
        yield f"  cancelled  {notice.days:+4d} {notice.position:<28} due {local(notice.due_at, zone)}"
    for notice in compiled.notices:
        yield f"  planned    {notice.days:+4d} {notice.position:<28} due {local(notice.due_at, zone)}"
    for rung in compiled.skipped:
        yield f"  left out   {rung.days:+4d} {rung.position:<28} {rung.reason}"
    told = "is told the old and the new day" if before.opened_at else "is not told: it was not asked yet"
    yield f"{before.owner} {told}"
    yield f"reason: {now.reason}; approved by {now.approver}"
