"""Give a position the one-time code for a deed: shown to whoever has the ledger at hand, or mailed to the position."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from tipcycle.errors import ConfigError, Fault, StoreError
from tipcycle.ladder.contact_book import positions_on
from tipcycle.model.keys import code_key
from tipcycle.model.message import Message
from tipcycle.model.moment import iso, local
from tipcycle.model.position import Position
from tipcycle.model.signing_code import Deed, SigningCode, issue, write_code
from tipcycle.operations.context import Context, context
from tipcycle.operations.event_mail import event_mail
from tipcycle.operations.fill_in_codes import PLACEHOLDER
from tipcycle.operations.require_code import code_clock
from tipcycle.rendering.templates import render
from tipcycle.store import Store

MOST_MAILED = 5  # that are out for one position at once
_MOST_LINES = 40  # of a preview, in a mail
_TEMPLATE = "signing_code_email.txt.j2"


@dataclass(frozen=True)
class ShownCode:
    """`code` is a secret: whoever has it signs that one deed until `expires_at`."""

    code: str
    expires_at: datetime


def show_code(deed: Deed, *, at: datetime) -> ShownCode:
    """A new code for the deed, to be printed once; the log keeps that, never the code."""
    cycle = context(deed.report_year)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        at = max(at, store.last_tick_at() or at)
        issued = _issue(store, deed, way="shown", at=at)
    return ShownCode(write_code(issued, cycle.settings.signing_secret), issued.expires_at)


def mail_code(deed: Deed, *, at: datetime) -> str:
    """Seal a mail to the position itself that brings a new code for the deed; return its key.

    The code is filled in when the mail leaves. Raises `StoreError` where the position has no address that takes mail,
    or has enough codes already.
    """
    cycle = context(deed.report_year)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        at = max(at, store.last_tick_at() or at)
        position = _own_address(store, cycle, deed, at)
        clock = code_clock(store, at)
        out = [one for one in store.signing_codes.of_position(deed.position) if one.is_open(clock)]
        if sum(one.way == "mailed" for one in out) >= MOST_MAILED:
            raise StoreError(
                f"{deed.position} was mailed {MOST_MAILED} codes within the hour and used none; use one, or wait"
            )
        issued = _issue(store, deed, way="mailed", at=at)
        mail = _mail(cycle, deed, issued, position, at)
        store.messages.seal(mail)
    return mail.key


def _issue(store: Store, deed: Deed, *, way: Literal["mailed", "shown"], at: datetime) -> SigningCode:
    issued = issue(deed, number=store.signing_codes.next_number(), way=way, at=code_clock(store, at))
    store.signing_codes.add(issued)
    store.acts.add(
        "issue-code",
        f"cycle:{deed.report_year}",
        actor=deed.position,
        at=at,
        channel="form" if way == "mailed" else "command",
        decision=deed.act,
        what=deed.what,
        number=issued.number,
        expires_at=iso(issued.expires_at),
    )
    return issued


def _own_address(store: Store, cycle: Context, deed: Deed, at: datetime) -> Position:
    """The position as it is reached itself; a code for its seat goes to nobody that stands in for it."""
    positions = cycle.config.positions
    changed = [one for one in store.contacts.all() if one.channel and one.position in positions]
    days = {one.position: cycle.places.of(positions[one.position]).local_date(at) for one in changed}
    position = positions_on(positions, changed, days=days)[deed.position]
    address = position.address("email")
    if not address or ("email", address) in store.addresses.refused():
        why = "its mail was refused" if address else "has no mail address"
        raise StoreError(f"{deed.position}: {why}, so no code can be mailed to it; see tipcycle sign")
    return position


def _mail(cycle: Context, deed: Deed, issued: SigningCode, position: Position, at: datetime) -> Message:
    config = cycle.config
    text = render(
        cycle.templates,
        _TEMPLATE,
        position=position,
        what=deed.what,
        lines=deed.lines[:_MOST_LINES],
        more=max(len(deed.lines) - _MOST_LINES, 0),
        until=local(issued.expires_at, cycle.places.of(position).zone),
        code=PLACEHOLDER,
        marking="SENSITIVE BUT UNCLASSIFIED" if deed.act == "place" else "UNCLASSIFIED",
        report_year=deed.report_year,
        ask=config.positions["gtip.action-officer"],
    )
    if text.count(PLACEHOLDER) != 1:
        raise ConfigError([Fault(f"config/templates/{_TEMPLATE}", "", "", "let {{ code }} stand in it exactly once")])
    mail = event_mail(cycle, code_key(deed.report_year, issued.number), position, text, at=at)
    return replace(mail, subject=f"{mail.subject} (number {issued.number})")
