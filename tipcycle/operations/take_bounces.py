"""Take in mails that came back: mark the address, and owe what they carried to whoever stands in.

A mail that was accepted and came back later stays sent: it was. What it told is told again, to another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tipcycle.intake.inbox import move_aside, printable_name, waiting_files
from tipcycle.intake.read_bounce import Bounce, read_bounce
from tipcycle.model.message import Message
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import context
from tipcycle.operations.refusal_mail import pass_on_refusal
from tipcycle.operations.withdraw_stale import overtaken_by
from tipcycle.reminders.stand_in import hand_over
from tipcycle.settings import settings
from tipcycle.store import Store


@dataclass(frozen=True)
class TakenBounce:
    """What became of one file of the folder of bounces; `line` is for a log and holds no address."""

    line: str
    marked: bool


def bounces_to_take() -> list[Path]:
    """The files that wait in the folder of bounces."""
    now = settings()
    return waiting_files(now.bounces, settle_seconds=now.inbox_settle_seconds)


def take_bounces(paths: Sequence[Path], at: datetime) -> list[TakenBounce]:
    """Decide each file by itself and move it out of the folder."""
    return [_take(path, at) for path in paths]


def _take(path: Path, at: datetime) -> TakenBounce:
    now = settings()
    name = printable_name(path)
    bounce = read_bounce(path)
    if isinstance(bounce, str):
        move_aside(path, now.bounces / "not-used")
        return TakenBounce(f"{name}: not used: {bounce}", marked=False)
    with Store.begin(now.ledger_url) as store:
        store.require_possible(at)
        taken = _carry_out(store, name, bounce, at)
    move_aside(path, now.bounces / ("taken-in" if taken.marked else "not-used"))
    return taken


def _carry_out(store: Store, name: str, bounce: Bounce, at: datetime) -> TakenBounce:
    message = store.messages.by_message_id(bounce.message_id)
    if message is None:
        return TakenBounce(f"{name}: not used: no message of ours came back", marked=False)
    if not bounce.for_good:
        return TakenBounce(f"{name}: not used: {message.key} is only delayed ({bounce.status})", marked=False)
    if (message.channel, message.address) not in store.addresses.refused():
        reason = f"came back: {bounce.status}"
        store.addresses.mark(message.channel, message.address, reason=reason, at=at)
        store.acts.add("mail-came-back", message.key, actor="tipcycle", at=at, status=bounce.status)
        _tell_another(store, message, at)
    return TakenBounce(f"{name}: {message.key} came back ({bounce.status})", marked=True)


def _tell_another(store: Store, message: Message, at: datetime) -> None:
    """Owe to the stand-in what is still unanswered and planned so; what nobody can be told, the next tick finds."""
    cycle = with_contacts(store, context(message.report_year), at)
    if message.n == 0:
        pass_on_refusal(store, cycle, message, at=at)
    refused = store.addresses.refused()
    for notice in store.notices.of_message(message.key):
        if overtaken_by(notice, store.obligations.get(notice.obligation)):
            continue
        handed = hand_over(
            notice,
            post=cycle.config.posts[notice.post] if notice.post else None,
            positions=cycle.config.positions,
            refused=refused,
            known={other.key for other in store.notices.of_obligations([notice.obligation])},
        )
        if handed and handed.to:
            store.notices.add([handed.to])
