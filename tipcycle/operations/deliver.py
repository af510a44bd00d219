"""Send sealed messages and record what came of it: claim (commit), send, receipts in groups (commit).

The one operation that is not a single transaction: while a receiver is talked to, nothing of ours is locked.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tipcycle.delivery.channel import Channel
from tipcycle.delivery.connections import send_over_connections
from tipcycle.delivery.delivery_log import log_deliveries
from tipcycle.delivery.journal import Journal
from tipcycle.delivery.route import open_channels
from tipcycle.model.message import Message, Receipt
from tipcycle.operations.carry_out import carry_out
from tipcycle.operations.fill_in_codes import with_codes
from tipcycle.operations.holds_in_force import without_held
from tipcycle.operations.leases import Lease, journal_path, keyed_channels
from tipcycle.settings import settings
from tipcycle.store import Store

GROUP = 50  # messages a claim, and receipts a commit
MOST_SECONDS = 300.0  # then no further group is begun; Prefect cuts deliver-batch off after twice as long


@dataclass
class DeliveryReport:
    """How many messages ended in which outcome; `problems` names each that was not accepted, and why.

    `left`: how many were not begun, because the receivers of those before them were slow; a problem too.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    left: int = 0

    def add(self, receipts: Iterable[Receipt]) -> None:
        """Count these receipts."""
        for receipt in receipts:
            self.outcomes[receipt.outcome] += 1
            if receipt.outcome != "accepted":
                self.problems.append(f"{receipt.key}: {receipt.outcome}: {receipt.detail}")

    def merge(self, other: DeliveryReport) -> None:
        """Count another report's receipts too."""
        self.outcomes += other.outcomes
        self.problems += other.problems


async def deliver(keys: Sequence[str], at: datetime, *, most_seconds: float = MOST_SECONDS) -> DeliveryReport:
    """Deliver those of `keys` that nobody else is delivering and no hold keeps back, in groups of `GROUP`.

    What slow receivers leave after `most_seconds` stays sealed. Stamps come from `at`, leases from the clock.
    """
    report, began = DeliveryReport(), time.monotonic()
    async with open_channels(settings()) as channels:
        for start in range(0, len(keys), GROUP):
            if time.monotonic() - began > most_seconds:
                report.left = len(keys) - start
                report.problems.append(f"receivers are slow: {report.left} of {len(keys)} messages are left for later")
                break
            report.add(await _deliver_group(keys[start : start + GROUP], at, channels))
    return report


async def _deliver_group(keys: Sequence[str], at: datetime, channels: Mapping[str, Channel]) -> list[Receipt]:
    url, lease = settings().ledger_url, Lease()
    with Journal(journal_path(lease.owner)) as journal:  # locked before the first claim: without it we would look dead
        with Store.begin(url) as store:
            claimed = store.messages.claim(
                without_held(store, keys, at),
                owner=lease.owner,
                until_clock=lease.until_clock,
                honours_key=keyed_channels(),
            )
            leaving = with_codes(store, claimed)
        if not claimed:
            return []
        receipts = await _send(leaving, channels, journal, lease)
        log_deliveries(settings().deliveries, receipts, at=at)
        with Store.begin(url) as store:
            record_receipts(store, claimed, receipts, owner=lease.owner, at=at)
    return receipts


def record_receipts(
    store: Store, claimed: Sequence[Message], receipts: Sequence[Receipt], *, owner: str, at: datetime
) -> None:
    """Acceptances of digests all at once, everything else one by one. A move; it does not commit."""
    messages = {message.key: message for message in claimed}
    plain = {one.key: one for one in receipts if one.outcome == "accepted" and messages[one.key].obligation is None}
    if plain:
        store.messages.record_accepted(list(plain.values()), owner=owner, at=at)
        store.notices.sent_with(list(plain), at=at)
    for receipt in receipts:
        if receipt.key in plain:
            continue
        state = store.messages.record(receipt, owner=owner, at=at)
        if state is not None:
            carry_out(store, messages[receipt.key], state, receipt, at=at)


async def _send(
    leaving: Sequence[Message], channels: Mapping[str, Channel], journal: Journal, lease: Lease
) -> list[Receipt]:
    """The receipts in the order of `leaving`, whichever was known first: the log of acts tells the same each time."""
    by_channel: dict[str, list[Message]] = defaultdict(list)
    for message in leaving:
        by_channel[message.channel].append(message)
    receipts: dict[str, Receipt] = {}

    def answered(receipt: Receipt) -> None:
        journal.answered(receipt)
        receipts[receipt.key] = receipt

    for name, messages in by_channel.items():
        # Begun, then still ours: a sender that slept in between finds that its message was decided as unknown.
        one_by_one = lease.while_held(journal.begin_each(messages))
        await send_over_connections(channels[name], one_by_one, answered, most=len(messages))
    return [receipts[message.key] for message in leaving if message.key in receipts]
