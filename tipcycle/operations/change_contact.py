"""Record who fills a position from a day on, or who stands in for it for a while, with a preview first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from tipcycle.errors import StoreError
from tipcycle.model.contact import Contact
from tipcycle.model.moment import day
from tipcycle.model.position import Channel, Position, is_mail_address
from tipcycle.model.signing_code import Deed, deed_of
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import Context, context
from tipcycle.operations.require_code import deciding, require_code
from tipcycle.store import Store

_LONGEST_DELEGATION = timedelta(days=366)


@dataclass(frozen=True)
class ContactChange:
    """What changes, in lines a coordinator can read; `done` is False for a preview.

    `to_sign` is what a form needs a code for: the contacts of the Department's positions, to which codes are mailed.
    """

    lines: tuple[str, ...]
    done: bool
    to_sign: Deed | None = None


def change_contact(
    report_year: int,
    *,
    position: str,
    channel: Channel = "email",
    address: str,
    from_on: date,
    reason: str,
    approver: str,
    at: datetime,
    preview: bool,
    code: str | None = None,
) -> ContactChange:
    """Give a position a new address from the day `from_on`; raises `StoreError` where that cannot be.

    For a position of the Department a form gives that position's own one-time `code` (decision 0019).
    """
    cycle = context(report_year)
    seat = _seat(cycle, position, reason, approver)
    if channel == "email" and not is_mail_address(address):
        raise StoreError(f'"{address}" is no mail address; write it as name@place.example')
    if not address.strip() or not address.isprintable():
        raise StoreError(f"{position}: an address is needed, on one line")
    with deciding(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        before = with_contacts(store, cycle, at).config.positions[position].address(channel)
        lines = (
            f"{position} ({seat.title}): {channel} {before or 'none'} → {address}, from {day(from_on)} on",
            f"reason: {reason}; approved by {approver}",
        )
        decided = [channel, address, from_on.isoformat(), reason]
        to_sign = _to_sign(report_year, seat, lines, what=f"let {position} be reached elsewhere", decided=decided)
        if preview:
            return ContactChange(lines, done=False, to_sign=to_sign)
        signed = require_code(store, to_sign, code, at=at) if to_sign else {}
        _add(
            store,
            signed,
            position=position,
            channel=channel,
            address=address,
            from_on=from_on,
            reason=reason,
            approver=approver,
            at=at,
        )
        return ContactChange(lines, done=True, to_sign=to_sign)


def delegate(
    report_year: int,
    *,
    position: str,
    to: str,
    from_on: date,
    until_on: date,
    reason: str,
    approver: str,
    at: datetime,
    preview: bool,
    code: str | None = None,
) -> ContactChange:
    """Let `to` get what `position` would get, from one day to another (both inclusive); it ends by itself.

    For a position of the Department a form gives that position's own one-time `code` (decision 0019).
    """
    cycle = context(report_year)
    seat = _seat(cycle, position, reason, approver)
    require_position(cycle.config, to)
    if to == position:
        raise StoreError(f"{position} cannot stand in for itself")
    if until_on < from_on:
        raise StoreError(f"a delegation ends after it begins; {day(until_on)} is before {day(from_on)}")
    if until_on - from_on > _LONGEST_DELEGATION:
        raise StoreError("a delegation lasts a year at most; change the contact instead")
    with deciding(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        stand_in = cycle.config.positions[to]
        lines = (
            f"{position} ({seat.title}): {to} ({stand_in.title}) stands in from {day(from_on)} to {day(until_on)}",
            f"reason: {reason}; approved by {approver}",
        )
        decided = [to, from_on.isoformat(), until_on.isoformat(), reason]
        to_sign = _to_sign(report_year, seat, lines, what=f"let {to} stand in for {position}", decided=decided)
        if preview:
            return ContactChange(lines, done=False, to_sign=to_sign)
        signed = require_code(store, to_sign, code, at=at) if to_sign else {}
        _add(
            store,
            signed,
            position=position,
            delegate=to,
            from_on=from_on,
            until_on=until_on,
            reason=reason,
            approver=approver,
            at=at,
        )
        return ContactChange(lines, done=True, to_sign=to_sign)


def _seat(cycle: Context, position: str, reason: str, approver: str) -> Position:
    require_reason("a contact is changed", reason)
    require_position(cycle.config, position)
    require_position(cycle.config, approver)
    return cycle.config.positions[position]


def _to_sign(report_year: int, seat: Position, lines: tuple[str, ...], *, what: str, decided: list[str]) -> Deed | None:
    """Who could change where codes go, or who decides in a seat, could sign in anybody's name. A post signs nothing."""
    if seat.post is not None:
        return None
    return deed_of(report_year, "contact", seat.id, what=what, lines=lines, decided=decided)


def _add(
    store: Store,
    signed: Mapping[str, Any],
    *,
    position: str,
    channel: Channel | None = None,
    address: str = "",
    delegate: str = "",
    from_on: date,
    until_on: date | None = None,
    reason: str,
    approver: str,
    at: datetime,
) -> None:
    recorded = store.contacts.all()
    number = max((one.number for one in recorded), default=0) + 1
    new = Contact(number, position, channel, address, delegate, from_on, until_on, reason, approver, recorded_at=at)
    last = next((one for one in reversed(recorded) if one.position == position), None)
    if last and replace(last, number=number, recorded_at=at) == new:
        raise StoreError(f"{position}: this was recorded already, on {day(last.recorded_at.date())}")
    store.contacts.add(new)
    # The log keeps that and why, never the address itself.
    store.acts.add(
        "delegate" if delegate else "change-contact",
        position,
        actor=approver,
        at=at,
        number=number,
        delegate=delegate,
        from_on=from_on.isoformat(),
        until_on=until_on.isoformat() if until_on else None,
        reason=reason,
        **signed,
    )
